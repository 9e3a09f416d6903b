"""Telegram's command menus, per scope and language, published only where they differ from what Telegram has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.constants import BotCommandLimit

from adapters.telegram.sender import Sender
from bot.chat.text import T
from bot.command import Command, Menu
from bot.speech import Speech

MOST = {Menu.PRIVATE: 10, Menu.GROUP: 10, Menu.GROUP | Menu.ADMIN: 18}
"""How long a menu may be before nobody reads it; commands beyond it stay callable."""

ANY = Menu.PRIVATE | Menu.GROUP | Menu.ADMIN


@dataclass(frozen=True, slots=True)
class Listed:
    """One menu: where and in which language it is shown, and its (name, description) pairs."""

    scope: BotCommandScope
    language: str
    entries: tuple[tuple[str, str], ...]


def menus(commands: Iterable[Command], groups: Mapping[str, T], *, local_names: bool = True) -> tuple[Listed, ...]:
    """All menus. English is the fallback for every language; `local_names` gives the Indonesian menu Indonesian names.

    Telegram shows the narrowest scope alone, so the administrators' menu holds the group's as well.
    """
    shown = tuple(commands)
    scopes: tuple[tuple[BotCommandScope, Menu], ...] = (
        (BotCommandScopeAllPrivateChats(), Menu.PRIVATE),
        (BotCommandScopeAllGroupChats(), Menu.GROUP),
        (BotCommandScopeAllChatAdministrators(), Menu.GROUP | Menu.ADMIN),
    )
    return tuple(
        Listed(scope, language, _entries(shown, groups, where, language, local_names and language == "id"))
        for scope, where in scopes
        for language in ("", "id")
    )


async def publish(bot: Bot, sender: Sender, wanted: Iterable[Listed]) -> int:
    """Bring Telegram's menus in line; returns how many had to be changed. These calls are strongly limited."""
    changed = 0
    for menu in wanted:
        code = menu.language or None
        now = await sender.ask(lambda menu=menu, code=code: bot.get_my_commands(menu.scope, code))  # type: ignore[misc]
        if [(command.command, command.description) for command in now] != list(menu.entries):
            entries = [BotCommand(name, text) for name, text in menu.entries]
            await sender.ask(lambda menu=menu, code=code, all_=entries: bot.set_my_commands(all_, menu.scope, code))  # type: ignore[misc]
            changed += 1
    return changed


async def show(
    bot: Bot,
    sender: Sender,
    chat: int,
    commands: Sequence[Command],
    groups: Mapping[str, T],
    *,
    local_names: bool = True,
) -> None:
    """Let one group see these commands alone, whatever menu they stand in; with none it sees the usual ones again."""
    scope = BotCommandScopeChat(chat)
    for language in ("", "id"):
        entries = _entries(commands, groups, ANY, language, local_names and language == "id")
        listed = [BotCommand(name, text) for name, text in entries]
        code = language or None
        if listed:
            await sender.ask(lambda code=code, listed=listed: bot.set_my_commands(listed, scope, code))  # type: ignore[misc]
        else:
            await sender.ask(lambda code=code: bot.delete_my_commands(scope, code))  # type: ignore[misc]


def _entries(
    commands: Iterable[Command], groups: Mapping[str, T], where: Menu, language: str, local: bool
) -> tuple[tuple[str, str], ...]:
    speech = Speech(language or "en")
    found: dict[str, str] = {}
    for command in commands:
        if not command.menu & where:
            continue
        first, _, more = command.path.partition(" ")
        name = (command.menu_name if local and command.menu_name else command.path).partition(" ")[0]
        summary = groups.get(first, command.summary) if more else command.summary
        found.setdefault(name.replace("-", "_").lower(), speech.words(summary)[: BotCommandLimit.MAX_DESCRIPTION])
    return tuple(found.items())[: MOST.get(where)]
