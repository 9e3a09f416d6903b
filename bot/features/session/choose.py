"""Which session somebody means, and buttons for those that they may mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.errors import Refusal
from bot.chat.text import Name, T, bold, code
from bot.context import Context
from bot.domain.agenda import Occurrence, Series
from bot.domain.dated import read_name, subject
from bot.features.session.dates import coming, moment
from bot.features.session.entry import known, series_of, upcoming
from bot.param import Arg, Choice

AHEAD = timedelta(days=100)
"""As far ahead dates are offered."""

MOST_OFFERED = 4
"""With the row below them as many rows as Discord shows."""

MOST_TYPED = 25
"""Suggestions while somebody types (Discord)."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A series, and the date of it that was named, None where none was."""

    series: Series
    one: Occurrence | None


def check(text: str) -> None:
    """Refuse what is no name of a session."""
    if not read_name(text)[0]:
        raise Refusal(T("I know no such session. {command} shows what comes.", command=code("/sessions")))


async def chosen(ctx: Context, text: str) -> Chosen:
    """The session of that name; refuses where there is none."""
    number, day = read_name(text)
    series = await series_of(ctx, number)
    if series is None:
        raise Refusal(T("I know no such session. {command} shows what comes.", command=code("/sessions")))
    one = await known(ctx, subject(number, day)) if day and series.repeats else None
    return Chosen(series, one)


async def date_of(ctx: Context, text: str) -> Occurrence:
    """The date of that name, or the next one of a series that takes place; refuses where it is over."""
    found = await chosen(ctx, text)
    one = found.one
    if one is None:
        changes = await ctx.unit.sessions.changes(found.series.community, found.series.id)
        ahead = coming(found.series, changes, ctx.now, 50)
        one = next((each for each in ahead if each.on), ahead[0] if ahead else None)
    if one is None or one.ends <= ctx.now:
        raise Refusal(T("This session is over. {command} shows what comes.", command=code("/sessions")))
    return one


async def series(ctx: Context, text: str) -> tuple[Choice, ...]:
    """The series whose name or title contains what was typed."""
    found = [each for each in await ctx.unit.sessions.running(ctx.community.id) if _fits(text, each.name, each.title)]
    return tuple(Choice(each.name.lower(), T("{name} · {title}", name=each.name, title=Name(each.title)))
                 for each in found[: MOST_TYPED if text else MOST_OFFERED])  # fmt: skip


async def dates(ctx: Context, text: str) -> tuple[Choice, ...]:
    """The dates ahead that take place, of the series whose name or title contains what was typed."""
    ahead = [one for one in await upcoming(ctx, ctx.now, ctx.now + AHEAD) if one.on]
    return _choices([one for one in ahead if _fits(text, one.name, one.title)], text)


async def changed(ctx: Context, text: str) -> tuple[Choice, ...]:
    """The dates ahead that rest or were changed, alike."""
    ahead = [one for one in await upcoming(ctx, ctx.now, ctx.now + AHEAD) if not one.on or one.change.revision]
    return _choices([one for one in ahead if _fits(text, one.name, one.title)], text)


def _choices(found: Sequence[Occurrence], text: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(one.name.lower().replace(".", "-"), label(one)) for one in found[: MOST_TYPED if text else MOST_OFFERED]
    )


def label(one: Occurrence) -> T:
    """A date among others."""
    return T("{name} · {title} · {when}", name=one.series.name, title=bold(one.title), when=moment(one))


def _fits(text: str, name: str, title: str) -> bool:
    return text.casefold().replace("-", ".", 1) in f"{name} {title}".casefold()


SERIES = Arg(
    help=T("Which session, like S7, or one date of it"),
    ask=T("Which session?"),
    most=40,
    complete=series,
    suggests=True,
    check=check,
)
DATE = Arg(
    help=T("Which date: S7 is the next one, or S7.2026-12-14"),
    ask=T("Which date?"),
    most=40,
    complete=dates,
    suggests=True,
    check=check,
)
CHANGED = Arg(
    help=T("Which date, like S7.2026-12-14; S7 is a series that was cancelled"),
    ask=T("Which date should be as it was?"),
    most=40,
    complete=changed,
    suggests=True,
    check=check,
)
