"""The watch: messages that come too fast or too often, call too many or lead away wait until a moderator has looked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.chat.act import Act, Remove
from bot.chat.errors import Gone, PlatformError
from bot.chat.events import Typed
from bot.chat.message import Outcome, Silence
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import Feature, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.caution import listed_site, listed_word
from bot.domain.held import AGAIN, KEPT, MOST_URLS, MOST_WORDS, MUTE, RAID, RAID_SPAN, Held, State, floods_again
from bot.domain.jobs import Job
from bot.domain.moderation import MOST_EVIDENCE, Deed, Evidence, Kind, WatchRule
from bot.domain.watch import MOST_READ, Sign, begin, is_command
from bot.features.moderation import alarm, check, sentence, waiting
from bot.features.moderation.pace import soon
from bot.features.record import note
from bot.followup import Listening

CALM = timedelta(minutes=30)
"""How long organisers hear of no further raid."""

_REASON = T("Too many messages or mentions at once")


async def hear(ctx: Context, event: Typed, found: frozenset[Sign]) -> Outcome:
    """Hold the message if the group wants that; what waits is heard by nobody else."""
    if event.own is None or ctx.seat is None or _stands_out(ctx, event):
        return None
    fresh = await _is_new(ctx)
    signs = _wanted(ctx.community.watch, found) + _link(ctx, event, found, fresh=fresh)
    if not signs:
        return None
    urls = tuple(url[:MOST_WORDS] for url in event.urls[:MOST_URLS])
    wanted = Held(ctx.community.id, 0, event.own, ctx.person.id, ctx.now, signs, event.text[:MOST_WORDS], urls)
    asked = await _is_asked(ctx, event)
    if asked and await _may_stand(ctx, wanted):
        return None
    held = await ctx.unit.holds.add(replace(wanted, file=event.file is not None, fresh=fresh, asked=asked))
    await ctx.post_in(event.own.place, removing, held.id)
    await ctx.unit.jobs.put(Job(held.community, f"{alarm.EXPIRY}:{held.id}", alarm.EXPIRY, held.id, ctx.now + KEPT))
    if fresh and await ctx.unit.holds.newcomers(held.community, ctx.now - RAID_SPAN) > RAID:
        await soon(ctx, alarm.RAID, CALM)
    return Silence()


async def _is_asked(ctx: Context, event: Typed) -> bool:
    """Whether something would come of it: a command of ours, or an answer to a question that is open."""
    if event.aside or is_command(event) or ctx.account is None:
        return is_command(event)
    waiting = await ctx.unit.pendings.get(event.place, ctx.account)
    return waiting is not None and waiting.expires_at >= ctx.now


async def _may_stand(ctx: Context, wanted: Held) -> bool:
    """Whether a moderator let the same stand lately: then it is said once more so that something comes of it."""
    before = await ctx.unit.holds.of(wanted.community, wanted.author, ctx.now - KEPT)
    same = [each for each in before if (each.words, each.urls) == (wanted.words, wanted.urls)]
    return any(each.state is State.STANDS for each in same)


def _stands_out(ctx: Context, event: Typed) -> bool:
    """Whether somebody is known to be trusted or more; whom we don't know to be is asked about before the removal."""
    known = (event.sender.role or Role.GUEST, ctx.member.role, ctx.member.stood)
    return max(known) >= Role.TRUSTED


def _wanted(rule: WatchRule, found: frozenset[Sign]) -> tuple[Sign, ...]:
    on: Mapping[Sign, bool] = {Sign.FLOOD: rule.flood, Sign.REPEAT: rule.repeats, Sign.MENTIONS: rule.mentions}
    return tuple(sign for sign in on if sign in found and on[sign])


def _link(ctx: Context, event: Typed, found: frozenset[Sign], *, fresh: bool) -> tuple[Sign, ...]:
    """A link of whoever is new, and one of the group's list whoever it is of."""
    if Sign.LINK not in found or not ctx.community.watch.links:
        return ()
    rule, urls = ctx.community.library, " ".join(event.urls)[:MOST_READ]
    listed = listed_site(f"{event.text} {urls}", rule.sites) or listed_word(urls, rule.words)
    return (Sign.LINK,) if fresh or listed else ()


async def _is_new(ctx: Context) -> bool:
    """Whether whoever acts came lately: in a group that has just begun with us, only if we saw them come."""
    since, fresh = ctx.member.since, timedelta(days=ctx.community.watch.fresh)
    if since is None or ctx.now - since >= fresh:
        return False
    if since - ctx.community.created_at >= fresh:
        return True
    return await ctx.unit.newcomers.get(ctx.community.id, ctx.person.id) is not None


async def _removed(ctx: Context, subject: int, error: PlatformError | None, _gave: str) -> None:
    """It waits, out of sight where we may do that; its author hears why, and moderators that there is something."""
    held = await ctx.unit.holds.hold(ctx.community.id, subject)
    if held is None:
        return
    hidden = error is None or isinstance(error, Gone)
    if hidden:
        held = replace(held, hidden=True)
        await ctx.unit.holds.save(held)
    if held.state is State.STANDS and hidden:
        await ctx.post_in(held.at.place, waiting.again, subject)  # let stand while it was being removed
    if held.state is not State.OPEN:
        return
    await note(ctx, Deed.HOLD, person=held.author, subject=subject, why=sentence.plain(ctx, waiting.WHY[held.signs[0]]))
    if hidden:
        await waiting.tell_author(ctx, held)
    await soon(ctx, alarm.NEWS)


@job("held-remove", after=_removed)
async def removing(ctx: Context, subject: int) -> Act | jobs.State:
    """Take the message away; never one of somebody whom the group trusts, as the platforms say at this moment."""
    held = await ctx.unit.holds.get(ctx.community.id, subject)
    if held is None or held.state is not State.OPEN:
        return jobs.State.DROPPED
    if await _is_trusted(ctx, held.author):
        held = await ctx.unit.holds.hold(held.community, subject) or held
        if held.state is State.OPEN:
            await ctx.unit.holds.save(replace(held, state=State.EXEMPT, words="", urls=()))
            if held.asked:
                await ctx.tell(held.author, waiting.judged, subject)
        return jobs.State.DROPPED
    await _mute(ctx, held)
    return Remove(held.at)


async def _is_trusted(ctx: Context, person: int) -> bool:
    """Whether nobody looks over their shoulder; that is remembered, so that their next message is not held at all."""
    powers = [there.power for there in await check.whereabouts(ctx, person)]
    seat = await ctx.unit.people.seat(ctx.community.id, person)
    stands = max((power.role for power in powers), default=Role.GUEST)
    if seat and stands > seat.stood:
        await ctx.unit.people.note_standing(seat, stands)
    granted = seat.role if seat else Role.GUEST
    return max(stands, granted) >= Role.TRUSTED or any(power.owner or power.bot for power in powers)


async def _mute(ctx: Context, held: Held) -> None:
    """Who floods again is muted for a short while; tried a second time it happens once."""
    if not floods_again(held, await ctx.unit.holds.of(held.community, held.author, held.since - AGAIN)):
        return
    if await ctx.unit.sanctions.active(held.community, held.author, Kind.MUTE, ctx.now):
        return
    about = Evidence(held.words[:MOST_EVIDENCE], held.at)
    why = sentence.plain(ctx, _REASON)
    await sentence.impose(ctx, Kind.MUTE, held.author, why, length=MUTE, about=about, actor=0)


_HEARD = Listening(begin, hear, guards=True, spares=frozenset({"report"}))
"""What somebody reports is heard whatever it says."""

FEATURE = Feature(listenings=(_HEARD,), jobs=(removing,))
"""It hears of every message before anybody else does."""
