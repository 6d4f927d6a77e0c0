"""How the bot shows itself: getMe, commands, name, descriptions, menu button."""

import re
from typing import Final

from bot.sandbox import errors
from bot.sandbox.methods import access
from bot.sandbox.methods.request import Handler, Request
from bot.sandbox.world.users import Json

COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE: Final = re.compile(r"[a-z]{2}")
MOST_COMMANDS: Final = 100
WIDE_SCOPES: Final = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
NARROW_SCOPES: Final = ("chat", "chat_administrators", "chat_member")


def get_me(request: Request) -> Json:
    """Return the bot's own User."""
    settings = request.world.settings
    return {
        **request.world.bot.as_json(),
        "can_join_groups": True,
        "can_read_all_group_messages": not settings.privacy_mode,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _scope(request: Request) -> str:
    """Return the scope as a key. Raises ApiError."""
    given = request.params.json("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(given, dict):
        raise errors.ApiError(errors.SCOPE_INVALID, reason="BotCommandScope must be an Object")
    kind = given.get("type")
    if kind in WIDE_SCOPES:
        return str(kind)
    if kind not in NARROW_SCOPES:
        raise errors.ApiError(errors.SCOPE_INVALID, reason="Unsupported type specified")
    try:
        chat = request.world.chats.get(int(given.get("chat_id", 0)))
    except (TypeError, ValueError):
        chat = None
    if chat is None:
        raise errors.ApiError(errors.CHAT_NOT_FOUND)
    if chat.is_private and kind != "chat":
        raise errors.ApiError(errors.SCOPE_IN_PRIVATE)
    return f"{kind}:{chat.id}:{given.get('user_id', '')}"


def _language(request: Request) -> str:
    language = request.params.text("language_code")
    if language and not LANGUAGE.fullmatch(language):
        raise errors.ApiError(errors.LANGUAGE_INVALID)
    return language


def _command(given: object) -> Json:
    """Return a BotCommand as Telegram keeps it (BotCommand.cpp:170-206). Raises ApiError."""
    if not isinstance(given, dict):
        raise errors.ApiError(errors.COMMAND_OBJECT, reason="expected an Object")
    for name in ("command", "description"):
        if not isinstance(given.get(name), str):
            raise errors.ApiError(errors.COMMAND_OBJECT, reason=f'can\'t find field "{name}"')
    command, description = given["command"].strip().removeprefix("/"), given["description"].strip()
    for broken, refusal in (
        (not command, errors.COMMAND_EMPTY),
        (len(command) > 32, errors.COMMAND_LONG),
        (not description, errors.COMMAND_TEXT_EMPTY),
        (len(description) > 256, errors.COMMAND_TEXT_LONG),
        (not COMMAND.fullmatch(command), errors.COMMAND_INVALID),
    ):
        if broken:
            raise errors.ApiError(refusal)
    return {"command": command, "description": description}


def set_my_commands(request: Request) -> bool:
    """Set the list of commands of a scope and language. Raises ApiError."""
    given = request.params.json("commands", "commands") or []
    if not isinstance(given, list):
        raise errors.ApiError(errors.ARRAY_EXPECTED, what="BotCommand")
    key = ("commands", _scope(request), _language(request))
    commands = [_command(one) for one in given]
    if len(commands) > MOST_COMMANDS:
        raise errors.ApiError(errors.COMMANDS_TOO_MANY)
    request.world.commands[key] = commands
    return True


def get_my_commands(request: Request) -> list[Json]:
    """Return the list of commands of a scope and language. Raises ApiError."""
    return request.world.commands.get(("commands", _scope(request), _language(request)), [])


def delete_my_commands(request: Request) -> bool:
    """Delete the list of commands of a scope and language. Raises ApiError."""
    request.world.commands.pop(("commands", _scope(request), _language(request)), None)
    return True


def _words(name: str, limit: int, refusal: errors.Refusal) -> tuple[Handler, Handler]:
    def setter(request: Request) -> bool:
        words = request.params.text(name)
        if len(words) > limit:
            raise errors.ApiError(refusal)
        request.world.profile[name, _language(request)] = words
        return True

    def getter(request: Request) -> Json:
        profile = request.world.profile
        return {name: profile.get((name, _language(request)), profile.get((name, ""), ""))}

    return setter, getter


set_name, get_name = _words("name", 64, errors.NAME_LONG)
set_description, get_description = _words("description", 512, errors.DESCRIPTION_LONG)
set_about, get_about = _words("short_description", 120, errors.ABOUT_LONG)


def set_menu_button(request: Request) -> bool:
    """Set the menu button, of one private chat or of all. Raises ApiError."""
    button = request.params.json("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in {"default", "commands", "web_app"}:
        raise errors.ApiError(errors.MENU_BUTTON, reason="MenuButton has unsupported type")
    app = button.get("web_app")
    url = str(app.get("url", "")) if isinstance(app, dict) else ""
    if button["type"] == "web_app" and not url.startswith("https://"):
        raise errors.ApiError(errors.MENU_BUTTON, reason="Only HTTPS links are allowed")
    request.world.profile["menu_button", _menu_chat(request)] = button
    return True


def get_menu_button(request: Request) -> Json:
    """Return the menu button, of one private chat or of all. Raises ApiError."""
    button: Json = request.world.profile.get(("menu_button", _menu_chat(request)), {"type": "commands"})
    return button


def _menu_chat(request: Request) -> str:
    if not request.params.text("chat_id"):
        return ""
    chat = access.chat(request, "read")
    if not chat.is_private:
        raise errors.ApiError(errors.CHAT_NOT_FOUND)
    return str(chat.id)


METHODS: dict[str, Handler] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": set_name,
    "getMyName": get_name,
    "setMyDescription": set_description,
    "getMyDescription": get_description,
    "setMyShortDescription": set_about,
    "getMyShortDescription": get_about,
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
}
