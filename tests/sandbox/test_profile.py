"""Commands, names, descriptions, the menu button."""

from typing import Any

import pytest
from telegram import Bot, BotCommand, BotCommandScopeChat, MenuButtonCommands

from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import GROUP, LI, Raw

COMMANDS = [BotCommand("report", "报告隐患"), BotCommand("duty", "值班")]


async def test_commands_are_kept_by_scope_and_language(ptb: Bot) -> None:
    await ptb.set_my_commands(COMMANDS)
    await ptb.set_my_commands(COMMANDS[:1], scope=BotCommandScopeChat(GROUP), language_code="zh")

    kept = [
        await ptb.get_my_commands(),
        await ptb.get_my_commands(language_code="zh"),
        await ptb.get_my_commands(scope=BotCommandScopeChat(GROUP), language_code="zh"),
    ]

    assert kept == [tuple(COMMANDS), (), tuple(COMMANDS[:1])]
    await ptb.delete_my_commands()
    assert await ptb.get_my_commands() == ()


def command(command: str = "report", description: str = "报告") -> list[dict[str, str]]:
    return [{"command": command, "description": description}]


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"commands": command("Report")}, "BOT_COMMAND_INVALID"),
    ({"commands": command("报告")}, "BOT_COMMAND_INVALID"),
    ({"commands": command("")}, "command must be non-empty"),
    ({"commands": command("a" * 33)}, "command length must not exceed 32"),
    ({"commands": command(description="")}, "command description must be non-empty"),
    ({"commands": command(description="火" * 257)}, "command description length must not exceed 256"),
    ({"commands": command() * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ({"commands": {}, "language_code": "zho"}, "LANG_CODE_INVALID"),
    ({"commands": {"a": 1}}, "expected an Array of BotCommand"),
    ({"commands": [1]}, "can't parse BotCommand: expected an Object"),
    ({"commands": [{"command": "a"}]}, "can't parse BotCommand: can't find field \"description\""),
    ({"commands": command(), "scope": {"type": "moon"}}, "can't parse BotCommandScope: Unsupported type specified"),
    ({"commands": command(), "scope": {"type": "chat", "chat_id": 404}}, "chat not found"),
    (
        {"commands": command(), "scope": {"type": "chat_administrators", "chat_id": LI}},
        "can't use specified scope in private chats",
    ),
]


@pytest.mark.parametrize(("values", "text"), REFUSED)
async def test_commands_are_refused(sandbox: Sandbox, raw: Raw, values: dict[str, Any], text: str) -> None:
    sandbox.expect_refusal(text)

    answer = await raw("setMyCommands", **values)

    assert answer.description == f"Bad Request: {text}"


@pytest.mark.parametrize(("name", "limit"), [("name", 64), ("description", 512), ("short_description", 120)])
async def test_names_and_descriptions_have_limits(sandbox: Sandbox, raw: Raw, name: str, limit: int) -> None:
    sandbox.expect_refusal("length must not exceed")
    method = "SetMy" + name.title().replace("_", "")

    kept = await raw(method, **{name: "平" * limit})
    refused = await raw(method, **{name: "平" * (limit + 1)})

    assert kept.result is True
    assert refused.status == 400
    assert (await raw(method.replace("Set", "get"), language_code="zh")).result == {name: "平" * limit}


async def test_the_menu_button_is_kept_per_chat(ptb: Bot, raw: Raw, sandbox: Sandbox) -> None:
    sandbox.expect_refusal("menu button")
    await ptb.set_chat_menu_button(LI, MenuButtonCommands())

    refused = await raw("setChatMenuButton", menu_button={"type": "tea"})

    assert (await ptb.get_chat_menu_button(LI)).type == "commands"
    assert refused.description == "Bad Request: can't parse menu button: MenuButton has unsupported type"
