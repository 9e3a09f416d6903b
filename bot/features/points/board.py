"""Who contributed most, by kind: private unless a moderator shares it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import Line, Name, T
from bot.command import Example, action, command, job
from bot.context import Context
from bot.domain.points import ALL_TIME, Reason, Standing, season_before, season_of
from bot.domain.quiz import local_date
from bot.features import sheet
from bot.features.points.kind import KINDS
from bot.features.recognition import follow
from bot.glyph import drawable
from bot.param import Arg, Choice
from bot.picture import draw_board
from bot.speech import Speech

TOP = 5

MONTH, LAST, EVER = "month", "last", "all"

_LABELS = {MONTH: T("This month"), LAST: T("Last month"), EVER: T("All time")}
_TITLES = {
    MONTH: T("Contributors this month"),
    LAST: T("Contributors last month"),
    EVER: T("Contributors of all time"),
}
_PAST = 10_000_000
"""Added to the day of a shared board where it shows the month before; more than any day's ordinal."""


@command(
    "leaderboard",
    right=Role.MEMBER,
    aliases=("peringkat", "top"),
    summary=T("Who contributed most, by kind"),
    examples=(
        Example("/leaderboard", T("The leaders of this month")),
        Example("/leaderboard last", T("The leaders of last month")),
        Example("/leaderboard all", T("The leaders of all time")),
    ),
    role_aware=True,
)
async def leaderboard(
    ctx: Context,
    period: Annotated[
        str,
        Arg(
            help=T("This month, last month or all time"),
            choices=(
                Choice(MONTH, T("this month")),
                Choice(LAST, T("last month")),
                Choice(EVER, T("all time")),
            ),
        ),
    ] = MONTH,
) -> Outcome:
    """The board, for the asker alone."""
    return Reply(await _private(ctx, period))


@action("board", right=Role.MEMBER, role_aware=True)
async def switch(ctx: Context, period: str) -> Outcome:
    """Another period, in place."""
    return Reply(await _private(ctx, period), replaces=True)


@action("board-picture", right=Role.MEMBER)
async def picture(ctx: Context, period: str) -> Outcome:
    """The same board as a picture, with names in any script."""
    shown = period if period in _LABELS else MONTH
    found = await leaders(ctx, _season(shown, local_date(ctx.now, ctx.community.zone)))
    if not found:
        return say(T("Nobody has points here yet. The daily quiz gives the first."))
    speech = Speech(ctx.language, ctx.community.zone, ctx.community.register)
    columns = [(speech.words(label), [_drawn(each) for each in standings]) for label, standings in found]
    title = speech.words(_TITLES[shown])
    return Reply(say(_TITLES[shown]), personal=True, attach=partial(draw_board, "leaderboard", title, columns))


@action("board-me", right=Role.MEMBER, role_aware=True)
async def rank_me(ctx: Context, period: str) -> Outcome:
    """Stand on the board, or no longer."""
    held = await ctx.unit.people.member(ctx.community.id, ctx.person.id) or ctx.member
    member = replace(held, ranked=not held.ranked)
    await ctx.unit.people.save_member(member)
    await follow(ctx, ctx.person.id)
    return Reply(await _private(replace(ctx, seat=member), period), replaces=True)


@action("board-share", right=Role.MODERATOR)
async def share(ctx: Context, period: str) -> Outcome:
    """Post the board in the group."""
    today = local_date(ctx.now, ctx.community.zone).toordinal()
    subject = {MONTH: today, LAST: _PAST + today, EVER: -today}.get(period)
    if subject is None:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    await ctx.post(show_board, subject)
    return say(T("Shared with the group."))


@job("board-card")
async def show_board(ctx: Context, subject: int) -> Message | None:
    """The shared board; `subject` is the day (an ordinal), negative for all time, with `_PAST` for the month before.

    Sharing it twice a day is one post, and an edit later shows the same month.
    """
    period = EVER if subject < 0 else LAST if subject > _PAST else MONTH
    return await _board(ctx, period, date.fromordinal(abs(subject) % _PAST))


async def leaders(ctx: Context, month: int) -> Sequence[tuple[T, Sequence[Standing]]]:
    """The leaders by kind; first contributions, of which everybody has one, make no leader."""
    kinds = [kind for kind in KINDS if kind is not Reason.FIRST]
    found = [(KINDS[kind], await ctx.unit.ledger.top(ctx.community.id, month, kind, TOP)) for kind in kinds]
    return [(label, standings) for label, standings in found if standings]


async def _private(ctx: Context, period: str) -> Message:
    shown = period if period in _LABELS else MONTH
    board = await _board(ctx, shown, local_date(ctx.now, ctx.community.zone))
    return replace(board, rows=_rows(ctx, shown, is_empty=not board.card))


async def _board(ctx: Context, period: str, day: date) -> Message:
    blocks: list[Block] = []
    for label, standings in await leaders(ctx, _season(period, day)):
        blocks += (Paragraph((label,)), sheet.stack(_place(*ranked) for ranked in enumerate(standings, 1)))
    if not blocks:
        return say(T("Nobody has points here yet. The daily quiz gives the first."))
    return card(_TITLES[period], *blocks)


def _season(period: str, day: date) -> int:
    month = season_of(day)
    return {MONTH: month, LAST: season_before(month), EVER: ALL_TIME}[period]


def _drawn(leader: Standing) -> tuple[str, int]:
    """A name as far as our fonts have letters for it, else the person's number."""
    return leader.name if drawable(leader.name) else f"#{leader.person}", leader.points


def _place(place: int, leader: Standing) -> Line:
    return (f"{place}. ", Name(leader.name, f"#{leader.person}"), f" · {leader.points}")


def _rows(ctx: Context, shown: str, *, is_empty: bool) -> tuple[Row, ...]:
    scope = ctx.community.id
    others = tuple(Button(label, switch(scope, period)) for period, label in _LABELS.items() if period != shown)
    hide = T("Hide me") if ctx.member.ranked else T("Show me")
    below: Row = () if is_empty else (Button(T("As a picture"), picture(scope, shown)),)
    if ctx.role >= Role.MODERATOR:
        below = (Button(T("Share with the group"), share(scope, shown)), *below)
    rows: tuple[Row, ...] = ((*others, Button(hide, rank_me(scope, shown, owner=ctx.person.id))),)
    return (*rows, below) if below else rows
