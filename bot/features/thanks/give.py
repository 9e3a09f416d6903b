"""Which thanks count: the same guards on every way, one entry for each person and message, and the way back."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.places import Ref
from bot.context import Context
from bot.domain.library import is_new
from bot.domain.moderation import Kind
from bot.domain.points import Entry, Reason, award
from bot.domain.quiz import local_date
from bot.domain.thanks import ONE_DATE, RETURN, Denial, Thanks, Way, cause, is_returned, limit
from bot.features.points.reward import day_began, give, take_back
from bot.features.question import target


async def thank(ctx: Context, receiver: int, way: Way, message: Ref | None = None, note: str = "") -> Denial | None:
    """Count the thanks of whoever acts for that person, and for their `message` if it is one; why not, if it is not.

    However often and in whatever way somebody thanks for a message, it counts once, until all of it was taken back.
    """
    giver = ctx.person.id
    if receiver == giver:
        return Denial.SELF
    # Before anybody is held: who is new here may just have been made a member, and is held already.
    if is_new(ctx.member, ctx.community, ctx.now):
        return Denial.NEW
    if await ctx.unit.sanctions.active(ctx.community.id, giver, Kind.MUTE, ctx.now):
        return Denial.MUTED
    if not await _hold(ctx, giver, receiver):
        return Denial.STRANGER
    said = await ctx.unit.gratitude.of(ctx.community.id, giver, message) if message else None
    if said and said.cause:
        await ctx.unit.gratitude.put(replace(said, ways=said.ways | way))
        return Denial.AGAIN
    given = await ctx.unit.ledger.given(ctx.community.id, Reason.THANKS, giver, ctx.now - ONE_DATE)
    day = local_date(ctx.now, ctx.community.zone).toordinal()
    entry = award(
        ctx.community, receiver, Reason.THANKS, cause(giver, day, given), 0, ctx.now, by=giver, note=note.strip()
    )
    today = [each for each in given if each.at >= day_began(ctx)]
    if denial := await _denial(ctx, entry, today, message):
        return denial
    if not await give(ctx, entry):
        return Denial.AGAIN
    if message:
        ways = said.ways | way if said else way
        await ctx.unit.gratitude.put(Thanks(ctx.community.id, giver, receiver, message, ctx.now, ways, entry.cause))
    return None


async def unthank(ctx: Context, message: Ref, way: Way) -> None:
    """Whoever acts takes back their thanks for a message in that way; with the last one the entry goes."""
    if ctx.who is None:
        return
    said = await ctx.unit.gratitude.of(ctx.community.id, ctx.who.id, message)
    if said and way in said.ways:
        await _hold(ctx, said.giver, said.receiver)
        said = await ctx.unit.gratitude.of(ctx.community.id, ctx.who.id, message) or said
        await _leave(ctx, said, said.ways & ~way, by=said.giver)


async def forget(ctx: Context, message: Ref) -> None:
    """A message is gone, and with it whatever counted for it."""
    found = await ctx.unit.gratitude.about(ctx.community.id, message)
    if found:
        await _hold(ctx, *(person for each in found for person in (each.giver, each.receiver)))
        for each in await ctx.unit.gratitude.about(ctx.community.id, message):
            await _leave(ctx, each, Way.NONE)


async def author(ctx: Context, message: Ref) -> int:
    """Who wrote the question or the answer that this message is or has the card of; 0 for nobody who may be known."""
    number, nth = await target.at(ctx, message)
    if nth:
        answer = await ctx.unit.questions.answer(ctx.community.id, number, nth)
        return 0 if answer is None or answer.withdrawn else answer.author
    question = await ctx.unit.questions.get(ctx.community.id, number) if number else None
    return question.author if question else 0


async def _denial(ctx: Context, entry: Entry, given: Sequence[Entry], message: Ref | None) -> Denial | None:
    if not entry.amount:
        return Denial.OFF
    received = await ctx.unit.ledger.received(entry.community, Reason.THANKS, entry.person, day_began(ctx))
    if broken := limit(ctx.community.points, entry.person, given, received, entry.amount):
        return broken
    back = await ctx.unit.ledger.given(entry.community, Reason.THANKS, entry.person, ctx.now - RETURN)
    if is_returned(back, entry.by) and not (message and (await target.at(ctx, message))[0]):
        return Denial.RETURNED
    return None


async def _leave(ctx: Context, said: Thanks, ways: Way, by: int = 0) -> None:
    """Let these ways stand; without any, what counted is taken back, once."""
    if not ways and said.cause:
        await take_back(ctx, said.cause, by=by)
    await ctx.unit.gratitude.put(replace(said, ways=ways, cause=said.cause if ways else ""))


async def _hold(ctx: Context, *people: int) -> bool:
    """Hold these memberships, the smaller number first, so that nobody waits in a circle; False where one is none."""
    seats = [await ctx.unit.people.member(ctx.community.id, person) for person in sorted(set(people))]
    return all(seats)
