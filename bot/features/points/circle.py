"""Pairs of people who thank hardly anybody else: for organisers alone, and without a judgement."""

from collections.abc import Sequence

from bot.chat.message import Block, Bullets, Message, Outcome, Paragraph, Reply, card
from bot.chat.places import Role
from bot.chat.text import Line, Listing, Name, T
from bot.command import action
from bot.context import Context
from bot.domain.points import Entry, Reason
from bot.domain.swarm import only_quiz, swarm
from bot.domain.thanks import SPAN, circles

MOST_SHOWN = 10
MOST_LOOKED_AT = 100


@action("thanks-circles", right=Role.ORGANISER)
async def show(ctx: Context) -> Outcome:
    """The pairs of the last days."""
    return Reply(await _card(ctx), personal=True)


async def _card(ctx: Context) -> Message:
    entries = await ctx.unit.ledger.since(ctx.community.id, ctx.now - SPAN)
    found = circles(each for each in entries if each.reason is Reason.THANKS)[:MOST_SHOWN]
    title = T("Thanks between the same two · the last {n} days", n=SPAN.days)
    crowd = await _crowd(ctx, entries)
    if not found:
        return card(title, T("No pair stands out: people thank one another all around."), *crowd)
    names = await ctx.unit.people.names(sorted({person for each in found for person in each.people}))
    lines: tuple[Line, ...] = tuple(
        (
            T(
                "{name} and {other}: {count} of their {all} thanks",
                name=Name(names.get(each.people[0], ""), f"#{each.people[0]}"),
                other=Name(names.get(each.people[1], ""), f"#{each.people[1]}"),
                count=each.between,
                all=each.all,
            ),
        )
        for each in found
    )
    calm = T("They may simply learn together. Nobody is told, and no points are taken away.")
    return card(title, Bullets(lines), calm, *crowd)


async def _crowd(ctx: Context, entries: Sequence[Entry]) -> tuple[Block, ...]:
    """Accounts that joined on one day and only ever finish the daily quiz, if there are remarkably many."""
    idle = sorted(only_quiz(entries))[:MOST_LOOKED_AT]
    seats = [await ctx.unit.people.seat(ctx.community.id, person) for person in idle]
    together = swarm(seat for seat in seats if seat)
    if not together:
        return ()
    names = await ctx.unit.people.names(together)
    shown = Listing(tuple(Name(names.get(each, ""), f"#{each}") for each in together[:MOST_SHOWN]))
    text = T(
        "{n} account joined within one day and only finishes the daily quiz: {names}.",
        "{n} accounts joined within one day and only finish the daily quiz: {names}.",
        n=len(together),
        names=shown,
    )
    return (Paragraph((text,)),)
