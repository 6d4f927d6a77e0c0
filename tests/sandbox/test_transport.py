"""How calls come in and how refusals go out."""

import asyncio

import aiohttp
import orjson
import pytest
from telegram import Bot
from telegram.error import EndPointNotFound

from bot.sandbox import spec
from bot.sandbox.errors import ApiError
from bot.sandbox.methods import METHODS
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import GROUP, LI, Raw, Start, raw_for


@pytest.mark.parametrize(
    "request_of",
    [
        {"data": {"chat_id": str(LI), "text": "好"}},
        {"json": {"chat_id": LI, "text": "好"}},
        {"params": {"chat_id": str(LI), "text": "好"}},
        {"params": {"chat_id": str(LI)}, "json": {"text": "好"}},
    ],
    ids=["form", "json", "query", "query and json"],
)
async def test_parameters_come_in_every_way_telegram_takes(raw: Raw, request_of: dict[str, object]) -> None:
    answer = await raw.send("POST", f"/bot{raw.token}/sendMessage", **request_of)

    assert answer.result["text"] == "好"


async def test_parameters_come_as_multipart(raw: Raw) -> None:
    with aiohttp.MultipartWriter("form-data") as form:
        for name, value in (("chat_id", str(LI)), ("text", "好")):
            form.append(value).set_content_disposition("form-data", name=name)

    answer = await raw.send("POST", f"/bot{raw.token}/sendMessage", data=form)

    assert answer.result["text"] == "好"


@pytest.mark.parametrize("method", ["getMe", "getme", "GETME"])
@pytest.mark.parametrize("verb", ["GET", "POST"])
async def test_methods_are_named_in_any_case(raw: Raw, verb: str, method: str) -> None:
    answer = await raw.send(verb, f"/bot{raw.token}/{method}")

    assert answer.result["is_bot"] is True


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("/bot1:sandbox/sendTea", 404, "Not Found: method not found"),
        ("/bot1:sandbox", 404, "Not Found"),
        ("/bot1:sandbox/", 404, "Not Found"),
        ("/bot1:sandbox/getMe/x", 404, "Not Found"),
        ("/bot1:other/getMe", 401, "Unauthorized"),
        ("/botnonsense/getMe", 401, "Unauthorized: invalid token specified"),
        ("/bot1:sandbox/sendGift", 404, "Not Found: the sandbox has no method sendGift"),
    ],
)
async def test_the_status_is_the_error_code(
    sandbox: Sandbox, raw: Raw, path: str, status: int, description: str
) -> None:
    sandbox.expect_refusal("")

    answer = await raw.send("POST", path)

    assert answer.status == status
    assert answer.body == {"ok": False, "error_code": status, "description": description}


@pytest.mark.parametrize(
    ("body", "kind"), [(b"[1]", "application/json"), (b"{", "application/json"), (b"\xff=1", "text/plain")]
)
async def test_a_broken_body_is_refused(sandbox: Sandbox, raw: Raw, body: bytes, kind: str) -> None:
    sandbox.expect_refusal("can't parse request body")

    answer = await raw.send("POST", f"/bot{raw.token}/getMe", data=body, headers={"Content-Type": kind})

    assert answer.status == 400


async def test_a_body_that_is_too_large_is_refused_unread(sandbox: Sandbox) -> None:
    sandbox.expect_refusal("Request Entity Too Large")
    reader, writer = await asyncio.open_connection("127.0.0.1", int(sandbox.url.rpartition(":")[2]))

    writer.write(b"POST /bot1:sandbox/sendDocument HTTP/1.1\r\nHost: x\r\nContent-Length: 60000000\r\n\r\n")
    status = await reader.readline()
    writer.close()

    assert status.startswith(b"HTTP/1.1 413 "), "the words after the number are another in Python 3.13"


async def test_a_flood_refusal_tells_the_wait_twice(start: Start, session: aiohttp.ClientSession) -> None:
    sandbox = await start(flood="strict", private_burst=1)
    sandbox.expect_refusal("retry after")
    raw = raw_for(sandbox, session)
    await raw("sendMessage", chat_id=LI, text="一")

    answer = await raw("sendMessage", chat_id=LI, text="二")

    assert (answer.status, answer.description) == (429, "Too Many Requests: retry after 1")
    assert answer.body["parameters"] == {"retry_after": 1}
    assert answer.headers["Retry-After"] == "1"


async def test_a_parameter_that_no_method_has_is_a_strict_violation(sandbox: Sandbox, raw: Raw) -> None:
    answer = await raw("sendMessage", chat_id=LI, text="好", colour="red")

    violation = sandbox.unexpected_refusals()[0]
    sandbox.expect_refusal("has no parameter")
    assert answer.description == 'Bad Request: SANDBOX: method sendMessage has no parameter "colour"'
    assert violation.strict
    assert sandbox.world.chats[LI].messages == {}


async def test_legacy_parameters_are_taken_still(raw: Raw) -> None:
    answer = await raw(
        "sendMessage",
        chat_id=LI,
        text="好",
        reply_to_message_id=99,
        allow_sending_without_reply=True,
        disable_web_page_preview=True,
    )

    assert answer.result["link_preview_options"] == {"is_disabled": True}


async def test_every_call_is_on_record_with_its_answer(sandbox: Sandbox, raw: Raw) -> None:
    await raw("sendmessage", chat_id=GROUP, text="好")
    await raw("getMe")

    call = sandbox.world.calls.find("sendMessage", GROUP)[0]
    assert (call.n, call.method, call.ok) == (1, "sendMessage", True)
    assert call.params == {"chat_id": str(GROUP), "text": "好"}
    assert call.result["text"] == "好"
    assert [one.method for one in sandbox.world.calls.find(since=1)] == ["getMe"]


async def test_after_log_out_every_call_is_refused(sandbox: Sandbox, raw: Raw) -> None:
    sandbox.expect_refusal("Logged out")
    assert (await raw("logOut")).result is True

    assert (await raw("getMe")).description == "Bad Request: Logged out"


async def test_close_is_answered(raw: Raw) -> None:
    assert (await raw("close")).result is True


async def test_ptb_knows_a_missing_method(sandbox: Sandbox, ptb: Bot) -> None:
    sandbox.expect_refusal("method not found")

    with pytest.raises(EndPointNotFound):
        await ptb.do_api_request("sendTea")


def test_every_method_built_is_one_of_the_specification() -> None:
    assert set(METHODS) <= set(spec.SPEC)


@pytest.mark.parametrize(
    ("method", "description"),
    [
        ("sendMessage", "Bad Request: chat_id is empty"),
        ("sendLocation", "Bad Request: chat_id is empty"),
        ("answerCallbackQuery", "Bad Request: query is too old and response timeout expired or query ID is invalid"),
        ("getFile", 'Bad Request: parameter "file_id" is required'),
        ("pinChatMessage", "Bad Request: chat_id is empty"),
    ],
)
def test_a_missing_parameter_is_told_in_telegrams_words(method: str, description: str) -> None:
    with pytest.raises(ApiError) as refused:
        spec.check_required(method, [])

    assert refused.value.description == description


async def test_nested_values_may_be_json_text_or_json(raw: Raw) -> None:
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}

    as_text = await raw("sendMessage", chat_id=LI, text="好", reply_markup=orjson.dumps(markup).decode())
    as_json = await raw.send(
        "POST", f"/bot{raw.token}/sendMessage", json={"chat_id": LI, "text": "好", "reply_markup": markup}
    )

    assert as_text.result["reply_markup"] == as_json.result["reply_markup"] == markup


NONSENSE = [
    *(
        "",
        "x",
        "-1",
        "0",
        "7",
        "[]",
        "{}",
        "null",
        "[1]",
        "[[1]]",
        '["a"]',
        "9" * 30,
        "1e400",
        "nan",
        "@x",
        "火",
        "[{}]",
    ),
    '{"a":1}',
    '{"message_id":"x"}',
    '{"type":"web_app","web_app":"x"}',
    '{"type":"chat","chat_id":[]}',
    '{"type":"photo","media":[1],"caption":7,"caption_entities":{}}',
    '[{"type":"photo","media":"x","parse_mode":[]}]',
    '[{"type":"emoji","emoji":1}]',
    '[{"type":"text_link","offset":0,"length":1,"url":[]}]',
    '{"inline_keyboard":[[{"text":"a","callback_data":1}]]}',
    '{"inline_keyboard":[[{"text":"a","url":{"b":1}}]]}',
    '{"inline_keyboard":[[{"text":"a","url":"http://[x"}]]}',
    '{"keyboard":[[{"text":"a","request_poll":1}]],"selective":1}',
]
LEFT_OUT = {"getUpdates": {"timeout"}}


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"logOut"}))
async def test_nonsense_is_refused_and_breaks_nothing(sandbox: Sandbox, raw: Raw, method: str) -> None:
    sandbox.expect_refusal("")
    said = sandbox.world.say(LI, LI, text="好")["message_id"]
    sent = (await raw("sendMessage", chat_id=LI, text="好")).result["message_id"]
    good = {"chat_id": str(LI), "from_chat_id": str(LI), "message_id": str(sent), "user_id": str(LI), "text": "a"}
    names = set(spec.SPEC[method]) - LEFT_OUT.get(method, set())

    for value in NONSENSE:
        all_nonsense = dict.fromkeys(names, value)
        some_good = {name: good.get(name, value) for name in names}
        for values in (
            all_nonsense,
            some_good,
            {**some_good, "message_id": str(said)} if "message_id" in names else {},
        ):
            answer = await raw(method, **values)
            assert answer.status in {200, 400, 401, 403, 404, 409, 429}
