"""A lock from its beginning to its end: carried out, said in its place in one neutral line, and opened again."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.act import Act, Lock, Unlock
from bot.chat.errors import Gone, PlatformError
from bot.chat.message import Message, say
from bot.chat.places import Place
from bot.chat.text import Moment, Shape, T, code
from bot.command import job
from bot.context import Context
from bot.domain import jobs
from bot.domain import lock as rule
from bot.domain.jobs import Job
from bot.domain.lock import State
from bot.domain.moderation import Deed
from bot.features.moderation.tell import reads, tell_moderators
from bot.features.record import note

WATCH = "lock-watch"
"""The work that opens a place when its time is over."""

WHOLE = "all"
"""What the record says of a whole group."""


async def begin(ctx: Context, place: Place, lasts: timedelta | None, *, whole: bool, by: int = 0) -> rule.Lock:
    """Lock a place from the commit on; one that is locked keeps that lock with another end."""
    until = ctx.now + lasts if lasts else None
    actor = by or ctx.person.id
    await ctx.held()  # of two who lock it at once the second must not take it as locked for how it was before
    standing = await ctx.unit.locks.at(ctx.community.id, place, whole=whole)
    if standing:
        made = replace(standing, until=until, by=actor, state=_again(standing.state))
        await ctx.unit.locks.save(made)
        await ctx.renew(told, made.id)
    else:
        made = await ctx.unit.locks.add(rule.Lock(ctx.community.id, 0, place, actor, ctx.now, whole=whole, until=until))
    if made.state is State.ASKED:
        await ctx.post_in(place, locking, made.id)
    await _watch(ctx, made.id, until)
    await note(ctx, Deed.LOCK, subject=made.id, why=WHOLE if whole else "", actor=actor)
    return made


def _again(state: State) -> State:
    """What becomes of a lock that is wanted once more: while it is being opened it is asked for anew."""
    return State.ASKED if state is State.OPENING else state


async def _watch(ctx: Context, number: int, until: datetime | None) -> None:
    if until:
        await ctx.unit.jobs.put(Job(ctx.community.id, f"{WATCH}:{number}", WATCH, number, until))


async def end(ctx: Context, standing: rule.Lock) -> None:
    """Have it opened after the commit; who acts is whoever the scene is of, or Bareng itself."""
    await ctx.unit.locks.save(replace(standing, state=State.OPENING))
    await ctx.post_in(standing.place, unlocking, standing.id)
    await note(ctx, Deed.UNLOCK, subject=standing.id, why=WHOLE if standing.whole else "")


async def _went(ctx: Context, subject: int, error: PlatformError | None, gave: str) -> None:
    """It holds, and the place is told; or it does not, and whoever wanted it hears so."""
    made = await ctx.unit.locks.hold(ctx.community.id, subject)
    if made is None or made.state is State.OVER:
        return
    if error:
        await ctx.unit.locks.save(replace(made, state=State.OVER))
        await note(ctx, Deed.FAIL, subject=subject)
        await ctx.tell(made.by, refused, subject)
        return
    # Done a second time because a reply was lost, it gives nothing: what the first one gave must stay.
    held = replace(made, before=gave or made.before, state=State.HOLDS if made.state is State.ASKED else made.state)
    await ctx.unit.locks.save(held)
    if held.state is State.HOLDS:
        await ctx.post_in(held.place, told, subject)


async def _opened(ctx: Context, subject: int, error: PlatformError | None, _gave: str) -> None:
    """Everybody may write again; or the platform refused, and moderators hear that they must do it by hand."""
    made = await ctx.unit.locks.hold(ctx.community.id, subject)
    if made is None or made.state is not State.OPENING:
        return
    if error and not isinstance(error, Gone):
        await ctx.unit.locks.save(replace(made, state=State.HOLDS, until=None))
        await note(ctx, Deed.FAIL, subject=subject)
        await tell_moderators(ctx, stuck, subject)
        return
    await ctx.unit.locks.save(replace(made, state=State.OVER))
    await ctx.renew(told, subject)


@job("lock-put", after=_went)
async def locking(ctx: Context, subject: int) -> Act | jobs.State:
    """Lock it, also where it is to be opened at once: only so is it known how it was before."""
    made = await ctx.unit.locks.hold(ctx.community.id, subject)
    wanted = made is not None and made.state in (State.ASKED, State.OPENING)
    return Lock(made.whole) if made and wanted else jobs.State.DROPPED


@job("lock-take", after=_opened)
async def unlocking(ctx: Context, subject: int) -> Act | jobs.State:
    """Open it."""
    made = await ctx.unit.locks.hold(ctx.community.id, subject)
    opening = made is not None and made.state is State.OPENING
    return Unlock(made.whole, made.before) if made and opening else jobs.State.DROPPED


@job(WATCH)
async def expire(ctx: Context, subject: int) -> None:
    """Open it when its time is over, however late that is."""
    made = await ctx.unit.locks.hold(ctx.community.id, subject)
    holds = made is not None and made.state in (State.ASKED, State.HOLDS)
    if made and holds and made.until and made.until <= ctx.now:
        await end(ctx, made)


@job("lock-card")
async def told(ctx: Context, subject: int) -> Message | jobs.State:
    """The one line in the place, which is changed when it opens."""
    made = await ctx.unit.locks.hold(ctx.community.id, subject)
    if made is None:
        return jobs.State.DROPPED
    if made.state is State.OVER:
        return say(T("Open again: everybody can write here."))
    return say(_locked(made))


def promise(made: rule.Lock) -> T:
    """What whoever locks it reads."""
    if made.until is None:
        return T("It is locked in a moment, until somebody opens it: {command}", command=code("/unlock"))
    return T("It is locked in a moment, until {when}.", when=Moment(made.until))


def _locked(made: rule.Lock) -> T:
    """What everybody there reads."""
    if made.until is None:
        return T("Locked by a moderator: for now only moderators can write here.")
    return T(
        "Locked by a moderator until {when}: only moderators can write here.", when=Moment(made.until, Shape.SHORT)
    )


@job("lock-refused")
async def refused(_ctx: Context, _subject: int) -> Message:
    """What a moderator hears whose lock the platform did not take."""
    text = T("I could not lock it: the platform did not let me. Everybody can still write there.")
    return say(text, T("My rights there must cover locking; an administrator can grant them."))


@job("lock-stuck", insists=True)
async def stuck(ctx: Context, subject: int) -> Message | jobs.State:
    """What moderators hear where a place stays locked that should be open."""
    made = await ctx.unit.locks.hold(ctx.community.id, subject)
    if made is None or made.state is not State.HOLDS or not await reads(ctx):
        return jobs.State.DROPPED
    text = T("I could not open what was locked: the platform did not let me. Please open it by hand.")
    return say(text, T("{command} lets me try again.", command=code("/unlock all" if made.whole else "/unlock")))
