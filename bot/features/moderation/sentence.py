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

MOST_LOOKED_AT = 50
"""Sanctions of one person, the newest first, among which those are that a new one replaced."""

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


async def standing(ctx: Context, person: int, kind: Kind) -> list[Sanction]:
    """Their sanctions of that kind that hold, all of them held, the oldest first so that nobody waits in a circle."""
    active = await ctx.unit.sanctions.active(ctx.community.id, person, kind, ctx.now)
    found = [await find(ctx, number, held=True) for number in sorted(each.id for each in active)]
    return [each for each in found if each.holds(ctx.now)]


async def replace_by(ctx: Context, sanction: Sanction, new: Sanction) -> None:
    """End a mute in whose place that one comes, without letting the person write in between."""
    await ctx.unit.sanctions.save(replace(sanction, state=State.REPLACED, instead=new.id))
    await note(ctx, Deed.REPLACE, person=sanction.person, subject=sanction.id)


async def replaced_by(ctx: Context, sanction: Sanction) -> list[Sanction]:
    """The mutes in whose place that one came and of which some time is left, all of them held."""
    theirs = await ctx.unit.sanctions.of(sanction.community, sanction.person, MOST_LOOKED_AT)
    found = [await find(ctx, each.id, held=True) for each in reversed(theirs) if each.instead == sanction.id]
    left = [each for each in found if each.until is None or each.until > ctx.now]
    return [each for each in left if each.state is State.REPLACED and await _has_cause(ctx, each)]


async def _has_cause(ctx: Context, mute: Sanction) -> bool:
    """Whether nobody took back the warning from which it followed."""
    warning = await ctx.unit.sanctions.get(mute.community, mute.cause) if mute.cause else None
    return warning is None or warning.state is State.ACTIVE


async def restore(ctx: Context, sanction: Sanction) -> None:
    """Let a replaced mute hold again, for the rest of its time; the end of the other one tells the platforms."""
    await ctx.unit.sanctions.save(replace(sanction, state=State.ACTIVE, instead=0))
    await note(ctx, Deed.RESTORE, person=sanction.person, subject=sanction.id, why=sanction.reason)
    await ctx.tell(sanction.person, news.told, sanction.id)


async def find(ctx: Context, number: int, *, held: bool = False) -> Sanction:
    """The sanction of that number, held if it is to be changed; refuses where there is none."""
    sanctions = ctx.unit.sanctions
    found = await (sanctions.hold if held else sanctions.get)(ctx.community.id, number)
    if found is None:
        raise Refusal(T("There is no case {name} here.", name=code(f"K{number}")))
    return found


async def end(ctx: Context, sanction: Sanction, state: State, deed: Deed, why: str = "") -> Sanction:
    """Let it hold no longer, and with it the mutes that followed from it; refuses where it has ended before.

    Of the end of a mute that followed the person hears here, of that of the sanction itself from whoever ends it.
    """
    if not sanction.holds(ctx.now):
        raise Refusal(T("{name} no longer holds.", name=code(sanction.name)))
    is_warning = sanction.kind is Kind.WARNING
    mutes = await standing(ctx, sanction.person, Kind.MUTE) if is_warning else []
    followers = [each for each in mutes if each.cause == sanction.id]
    over = replace(sanction, state=state)
    for each in (over, *(replace(mute, state=state) for mute in followers)):
        await ctx.unit.sanctions.save(each)
        await note(ctx, deed, person=each.person, subject=each.id, why=why)
        if each.kind is not Kind.WARNING:
            await act.take_back(ctx, each)
    for each in followers:
        await ctx.tell(each.person, news.over, each.id)
    return over
