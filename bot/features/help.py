"""Help: made from the commands' own declarations, for the standing of the one who asks."""

from collections.abc import Iterable, Sequence
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Bullets, Button, Message, Outcome, Row, card
from bot.chat.places import Role
from bot.chat.text import Line, T, code
from bot.command import Command, Example, Feature, Menu, command
from bot.context import Context
from bot.dialogue import go
from bot.index import Index
from bot.param import Arg

FIRST = ("daily", "quiz", "ask", "resources", "points", "settings")
"""The six lines that everybody sees first."""

EVERYTHING = "all"

_WHO = {
    Role.GUEST: T("for everybody"),
    Role.MEMBER: T("for members"),
    Role.TRUSTED: T("for trusted members"),
    Role.MODERATOR: T("for moderators"),
    Role.ORGANISER: T("for organisers"),
}


def help_feature(others: Iterable[Feature]) -> Feature:
    """The help about these features and itself."""
    others = tuple(others)

    @command(
        "help",
        right=Role.GUEST,
        aliases=("bantuan",),
        summary=T("What you can do here"),
        examples=(
            Example("/help", T("The first six commands")),
            Example("/help daily", T("One command with examples")),
        ),
        menu=Menu.PRIVATE | Menu.GROUP,
        anywhere=True,
        role_aware=True,
    )
    async def help_(
        ctx: Context,
        topic: Annotated[str, Arg(help=T("A command, or all"), most=40)] = "",
    ) -> Outcome:
        """The first lines, everything, a group of commands, or one command."""
        wanted = (topic or "").casefold().lstrip("/")
        if not wanted:
            return _first(ctx, index.commands)
        if wanted == EVERYTHING:
            return _list(T("Everything you can do"), _allowed(ctx, index.commands))
        if found := index.find(wanted):
            return _one(found.command)
        if group := index.group(wanted):
            return _list(T("The commands of {group}", group=code(f"/{group}")), index.members(group))
        raise Refusal(T("I know no command of that name. {help} lists them.", help=code("/help all")))

    feature = Feature(commands=(help_,))
    index = Index((*others, feature))
    return feature


def _first(ctx: Context, known: Sequence[Command]) -> Message:
    commands = [each for path in FIRST for each in known if each.path == path]
    rows: list[Row] = [(Button(T("All commands"), go("help", EVERYTHING)),)]
    if ctx.role >= Role.ORGANISER and ctx.found:
        rows.append((Button(T("Set up the group"), go("setup")),))
    return _list(T("What you can do here"), commands, tuple(rows))


def _list(title: T, commands: Iterable[Command], rows: tuple[Row, ...] = ()) -> Message:
    lines: tuple[Line, ...] = tuple((code(f"/{each.path}"), " ", each.summary) for each in commands)
    return card(title, Bullets(lines), rows=rows)


def _one(found: Command) -> Message:
    examples: tuple[Line, ...] = tuple((code(example.line), " ", example.note) for example in found.examples)
    spellings = ", ".join(f"/{alias}" for alias in found.aliases)
    who = T("Who: {who}.", who=_WHO[found.right])
    more = (T("Also: {aliases}", aliases=code(spellings)),) if spellings else ()
    return card(code(f"/{found.path}"), found.summary, Bullets(examples), who, *more)


def _allowed(ctx: Context, known: Sequence[Command]) -> list[Command]:
    return [each for each in known if each.right <= max(ctx.role, Role.MEMBER)]
