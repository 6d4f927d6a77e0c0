import orjson
import pytest

from bot.telegram import (
    Gone,
    Later,
    Lost,
    Moved,
    Otherwise,
    Rejected,
    Removed,
    Reply,
    Sent,
    Shut,
    Unknown,
    read_reply,
)


def refused(status: int, words: str, **parameters: int) -> Reply:
    body = {"ok": False, "error_code": status, "description": words} | (
        {"parameters": parameters} if parameters else {}
    )
    return read_reply(status, orjson.dumps(body))


def test_an_accepted_message_gives_its_id() -> None:
    reply = read_reply(200, orjson.dumps({"ok": True, "result": {"message_id": 7}}))
    assert isinstance(reply, Sent)
    assert reply.message == 7


def test_an_accepted_album_gives_the_id_of_its_first_picture() -> None:
    reply = read_reply(200, orjson.dumps({"ok": True, "result": [{"message_id": 7}, {"message_id": 8}]}))
    assert isinstance(reply, Sent)
    assert reply.message == 7


@pytest.mark.parametrize(
    ("status", "words", "kind"),
    [
        (400, "Bad Request: message is not modified: specified new message content and reply markup…", Sent),
        (400, "Bad Request: message to edit not found", Lost),
        (400, "Bad Request: message can't be edited", Lost),
        (400, "Bad Request: there is no text in the message to edit", Lost),
        (400, "Bad Request: MESSAGE_ID_INVALID", Lost),
        (400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0', Otherwise),
        (400, "Bad Request: chat not found", Gone),
        (400, "Bad Request: not enough rights to send text messages to the chat", Gone),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", Gone),
        (400, "Bad Request: TOPIC_CLOSED", Otherwise),
        (403, "Forbidden: bot was blocked by the user", Gone),
        (403, "Forbidden: bot was kicked from the supergroup chat", Gone),
        (403, "Forbidden: user is deactivated", Gone),
        (400, "Bad Request: message is too long", Otherwise),
        (400, "Bad Request: BUTTON_DATA_INVALID", Otherwise),
        (400, "Bad Request: query is too old and response timeout expired or query ID is invalid", Rejected),
        (413, "Request Entity Too Large", Rejected),
        (401, "Unauthorized", Shut),
        (500, "Internal Server Error: request aborted", Unknown),
        (500, "Internal Server Error: sent message was immediately deleted and can't be returned", Removed),
        (502, "Bad Gateway", Later),
    ],
)
def test_each_refusal_is_taken_for_what_it_means(status: int, words: str, kind: type[Reply]) -> None:
    assert isinstance(refused(status, words), kind)


def test_a_flood_says_how_long_to_wait_in_a_number_and_not_in_a_text() -> None:
    reply = refused(429, "Too Many Requests: retry after 999", retry_after=7)
    assert reply == Later(seconds=7, flood=True, why="Too Many Requests: retry after 999")


def test_a_migrated_group_gives_its_new_id() -> None:
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    assert refused(400, words, migrate_to_chat_id=-1002) == Moved(chat=-1002)


@pytest.mark.parametrize(("status", "kind"), [(502, Later), (503, Later), (504, Unknown), (200, Unknown)])
def test_an_answer_in_html_is_no_answer_of_the_bot_api(status: int, kind: type[Reply]) -> None:
    assert isinstance(read_reply(status, b"<html><h1>Bad Gateway</h1></html>"), kind)
