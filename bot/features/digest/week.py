"""The lines of a digest: what was answered and by whom, who was thanked, then the rest."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from bot.chat.message import Bullets, Message, card
from bot.chat.text import Day, Line, Listing, Name, T
from bot.context import Context
from bot.domain.quiz import local_date
from bot.features.question import week as questions

WEEK = timedelta(days=7)

MOST_LINES = 12
"""What a busy reader still reads; the title is one of them."""

MOST_HELPERS = 8
MOST_THANKED = 20

Part = Callable[[Context, timedelta], Awaitable[Sequence[Line]]]


async def composed(ctx: Context, parts: Sequence[Part]) -> Message | None:
    """The week; None for one in which nothing happened, however much still waits."""
    first = await _contributions(ctx)
    rest = [line for part in parts for line in await part(ctx, WEEK)]
    if not (first or rest):
        return None
    lines = (*first, *await questions.waiting(ctx), *rest)
    today = local_date(ctx.now, ctx.community.zone)
    title = T("Our week, {first} to {last}", first=Day(today - WEEK), last=Day(today))
    return card(title, Bullets(lines[: MOST_LINES - 1]))


async def _contributions(ctx: Context) -> Sequence[Line]:
    """The share of answered questions, who answered them, and who else was thanked: each once, if they wish."""
    scope = ctx.community.id
    found = await questions.solved(ctx, WEEK)
    thanked = await ctx.unit.participations.thanked(scope, ctx.now - WEEK)
    names = await ctx.unit.people.ranked(scope, (*found.helpers, *thanked))
    helpers = [person for person in found.helpers if person in names][:MOST_HELPERS]
    others = [person for person in thanked if person in names and person not in helpers][:MOST_THANKED]
    lines: list[Line] = [(questions.share(found),)] if found.asked else []
    if helpers:
        lines.append((T("Thanks to {names}", names=Listing(tuple(Name(names[each]) for each in helpers))),))
    if others:
        lines.append((T("Thanked by others: {names}", names=Listing(tuple(Name(names[each]) for each in others))),))
    return lines
