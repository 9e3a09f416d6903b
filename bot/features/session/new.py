"""Planning a session: the time in one's own words, then its title; nothing counts before it was seen and confirmed."""

from dataclasses import replace
from typing import Annotated

from bot.chat.message import Outcome, Reply
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, command
from bot.context import Context
from bot.domain.agenda import LONGEST_TITLE, Series
from bot.domain.amendment import Amendment
from bot.domain.when import Read, Unclear
from bot.features.session import draft, field
from bot.features.session.page import shown
from bot.features.session.when import check, takes, understood
from bot.param import Arg

ROOM = 400
"""More than is read of a time, so that whoever writes the whole plan into it is refused kindly."""

WHEN = Arg(
    help=T("When, like Senin 19.00 or every Monday 7pm"),
    ask=T(
        "When does it meet? Like {one}, {other}, or {again}.",
        one=code("besok 19.30"),
        other=code("30/11 19-20.30"),
        again=code("tiap Senin 19.00"),
    ),
    most=ROOM,
    judge=check,
    takes=takes,
)


@command(
    "session new",
    right=Role.ORGANISER,
    aliases=("sesi baru", "session baru", "sesi new"),
    summary=T("Plan a study session, once or every week"),
    examples=(
        Example("/session new Monday 7pm Algebra", T("Shows it to you first; a tap plans it")),
        Example("/sesi baru tiap Selasa dan Kamis 19.00-20.30 Fisika dasar", T("Twice a week, with its end")),
        Example("/session new", T("Asks for the time and the title")),
    ),
)
async def new(
    ctx: Context,
    when: Annotated[str, WHEN],
    title: Annotated[
        str, Arg(help=T("What it is called"), ask=T("What is it called?"), most=LONGEST_TITLE, check=field.title)
    ],
) -> Outcome:
    """Show what was understood, or ask which of several times is meant."""
    zone = ctx.community.zone
    reading = understood(ctx, when, zone)

    def make(read: Read) -> Amendment:
        zoned = read.zoned and read.rule.zone != zone
        return Amendment((replace(blank, rule=read.rule, zoned=zoned),))

    first = reading.options[0] if isinstance(reading, Unclear) else reading
    blank = Series(ctx.community.id, 0, first.rule, field.title(title), ctx.person.id, ctx.now)
    if isinstance(reading, Unclear):
        return Reply(await draft.asked_back(ctx, reading, blank, make), personal=True)
    amendment = make(reading)
    return Reply(await shown(ctx, await draft.put(ctx, amendment), amendment), personal=True)
