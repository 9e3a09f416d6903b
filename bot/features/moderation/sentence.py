"""A sanction from its beginning to its end: stored, carried out, told, and taken back."""

from dataclasses import replace
from datetime import timedelta

from bot.chat.errors import Refusal
from bot.chat.text import T, code
from bot.context import Context
from bot.domain.moderation import (
    MOST_EVIDENCE,
    MOST_REASON,
    UNDO,
    Deed,
    Evidence,
    Kind,
    Sanction,
    State,
)
from bot.features.moderation import act, news
from bot.features.record import note
from bot.speech import Speech

_DEEDS = {Kind.WARNING: Deed.WARN, Kind.MUTE: Deed.MUTE, Kind.BAN: Deed.BAN}


def evidence(ctx: Context) -> Evidence:
    """The message that the command is about, as it was seen."""
    words = ctx.quoted.text if ctx.quoted else ""
    return Evidence(words[:MOST_EVIDENCE], ctx.reply)


async def impose(
    ctx: Context,
    kind: Kind,
    person: int,
    reason: str,
    *,
    length: timedelta | None = None,
    points: int = 0,
    about: Evidence | None = None,
    cause: int = 0,
    actor: int | None = None,
    second: int = 0,
) -> Sanction:
    """Decide it: from the commit on it holds, is carried out where the platforms have it, and the person hears of it.

    Who acts is whoever the scene is of, 0 for Bareng itself; `second` is who agreed. A warning is told when it can no
    longer be undone.
    """
    by = ctx.person.id if actor is None else actor
    wanted = Sanction(
        ctx.community.id,
        0,
        kind,
        person,
        by,
        ctx.now,
        reason.strip()[:MOST_REASON],
        points=points,
        until=ctx.now + length if length else None,
        cause=cause,
        evidence=about or Evidence(),
        second=second,
    )
    decided = await ctx.unit.sanctions.add(wanted)
    await note(ctx, _DEEDS[kind], person=person, subject=decided.id, why=decided.reason, actor=by)
    if kind is not Kind.WARNING:
        await act.carry_out(ctx, decided)
    await ctx.tell(person, news.told, decided.id, ctx.now + UNDO if kind is Kind.WARNING and by else None)
    return decided


def plain(ctx: Context, text: T) -> str:
    """A sentence of ours as words that are stored, in the group's language."""
    return Speech(ctx.community.language, register=ctx.community.register).words(text)


async def replace_by_new(ctx: Context, sanction: Sanction) -> None:
    """End a mute in whose place a new one comes, without letting the person write in between."""
    held = await find(ctx, sanction.id, held=True)
    await ctx.unit.sanctions.save(replace(held, state=State.PARDONED))


async def find(ctx: Context, number: int, *, held: bool = False) -> Sanction:
    """The sanction of that number, held if it is to be changed; refuses where there is none."""
    sanctions = ctx.unit.sanctions
    found = await (sanctions.hold if held else sanctions.get)(ctx.community.id, number)
    if found is None:
        raise Refusal(T("There is no case {name} here.", name=code(f"K{number}")))
    return found


async def end(ctx: Context, sanction: Sanction, state: State, deed: Deed, why: str = "") -> Sanction:
    """Let it hold no longer, and with it the mute that followed from it; refuses where it has ended before."""
    if not sanction.holds(ctx.now):
        raise Refusal(T("{name} no longer holds.", name=code(sanction.name)))
    over = replace(sanction, state=state)
    await ctx.unit.sanctions.save(over)
    await note(ctx, deed, person=sanction.person, subject=sanction.id, why=why)
    if sanction.kind is not Kind.WARNING:
        await act.take_back(ctx, over)
    for follower in await ctx.unit.sanctions.active(sanction.community, sanction.person, Kind.MUTE, ctx.now):
        if follower.cause == sanction.id:
            await ctx.unit.sanctions.save(replace(follower, state=state))
            await act.take_back(ctx, follower)
    return over
