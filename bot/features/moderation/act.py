"""What a sanction means on the platforms: carried out by the outbox after the commit, told if it was refused."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.chat.act import Act, Ban, Mute, Remove, Together, Unban, Unmute
from bot.chat.errors import PlatformError
from bot.chat.message import Message, card
from bot.chat.places import Account
from bot.chat.text import Name, T, code
from bot.command import job
from bot.context import Context, Named
from bot.domain import jobs
from bot.domain.jobs import Job
from bot.domain.moderation import Deed, Kind, Sanction, end_of
from bot.features.moderation.check import named
from bot.features.record import note

RENEW = timedelta(days=27)
"""A longer mute is asked for again after this long: Discord takes at most 28 days."""


async def carry_out(ctx: Context, sanction: Sanction) -> None:
    """Have it done in every place of the group."""
    await _everywhere(ctx, muting if sanction.kind is Kind.MUTE else banning, sanction)


async def take_back(ctx: Context, sanction: Sanction) -> None:
    """Have it undone in every place of the group."""
    await _everywhere(ctx, unmuting if sanction.kind is Kind.MUTE else unbanning, sanction)


async def remove(ctx: Context, sanction: Sanction) -> None:
    """Have the message deleted that it is about."""
    if sanction.evidence.at:
        await ctx.post_in(sanction.evidence.at.place, removing, sanction.id)


async def _went(ctx: Context, subject: int, error: PlatformError | None, _gave: str) -> None:
    """Note what a platform refused, and tell whoever decided it; a long mute is renewed in time."""
    sanction = await ctx.unit.sanctions.hold(ctx.community.id, subject)
    if sanction is None:
        return
    if error:
        await ctx.unit.sanctions.save(replace(sanction, failure=ctx.place.platform))
        await note(ctx, Deed.FAIL, person=sanction.person, subject=sanction.id, why=ctx.place.platform)
        if sanction.actor:
            await ctx.tell(sanction.actor, refused, sanction.id)
    elif sanction.kind is Kind.MUTE and sanction.until and sanction.until > ctx.now + RENEW:
        key = f"{muting.name}:{sanction.id}:again:{ctx.place.platform}:{ctx.place.chat}"
        await ctx.unit.jobs.put(Job(sanction.community, key, muting.name, sanction.id, ctx.now + RENEW, ctx.place))


@job("sanction-mute", after=_went)
async def muting(ctx: Context, subject: int) -> Together | jobs.State:
    """Let the person write nothing, as long as the sanction holds."""
    sanction, accounts = await _concerned(ctx, subject)
    if sanction is None or not sanction.holds(ctx.now):
        return jobs.State.DROPPED
    until = end_of(await _active(ctx, sanction))
    return _all(Mute(account, until) for account in accounts if _here(ctx, account))


@job("sanction-unmute", after=_went)
async def unmuting(ctx: Context, subject: int) -> Together | jobs.State:
    """Let the person write again, or not before the end of whatever other mute there is."""
    sanction, accounts = await _concerned(ctx, subject)
    if sanction is None:
        return jobs.State.DROPPED
    others, here = await _active(ctx, sanction), [account for account in accounts if _here(ctx, account)]
    return _all(Mute(account, end_of(others)) if others else Unmute(account) for account in here)


@job("sanction-ban", after=_went)
async def banning(ctx: Context, subject: int) -> Together | jobs.State:
    """Put the person out."""
    sanction, accounts = await _concerned(ctx, subject)
    holds = sanction is not None and sanction.holds(ctx.now)
    return _all(map(Ban, accounts)) if holds else jobs.State.DROPPED


@job("sanction-unban", after=_went)
async def unbanning(ctx: Context, subject: int) -> Together | jobs.State:
    """Let the person come back, unless another ban forbids it."""
    sanction, accounts = await _concerned(ctx, subject)
    if sanction is None or await _active(ctx, sanction):
        return jobs.State.DROPPED
    return _all(map(Unban, accounts))


@job("sanction-remove", after=_went)
async def removing(ctx: Context, subject: int) -> Act | jobs.State:
    """Delete the message that it is about."""
    sanction = await ctx.unit.sanctions.get(ctx.community.id, subject)
    return Remove(sanction.evidence.at) if sanction and sanction.evidence.at else jobs.State.DROPPED


@job("sanction-refused")
async def refused(ctx: Context, subject: int) -> Message | jobs.State:
    """What a moderator hears whose decision a platform did not carry out."""
    sanction = await ctx.unit.sanctions.get(ctx.community.id, subject)
    if sanction is None:
        return jobs.State.DROPPED
    text = T(
        "{platform} did not carry out case {name} about {person}. It stands in the record, but nothing happened there.",
        platform=Name(sanction.failure.title()),
        name=code(sanction.name),
        person=await named(ctx, sanction.person),
    )
    return card(T("Not carried out"), text, T("Check my rights there, and whether the person stands above me."))


async def _everywhere(ctx: Context, kind: Named, sanction: Sanction) -> None:
    platforms = {account.platform for account in await ctx.unit.people.accounts(sanction.person)}
    for venue in await ctx.unit.communities.venues(sanction.community):
        if venue.place.platform in platforms and not venue.paused:
            await ctx.post_in(venue.place, kind, sanction.id)


def _here(ctx: Context, account: Account) -> bool:
    """Whether they are in the group now: on Telegram a change of somebody's rights may let in whoever was banned."""
    return ctx.power(ctx.place, account).here


async def _concerned(ctx: Context, subject: int) -> tuple[Sanction | None, list[Account]]:
    """The sanction, and the accounts of the person on the platform where it is to be carried out."""
    sanction = await ctx.unit.sanctions.get(ctx.community.id, subject)
    accounts = await ctx.unit.people.accounts(sanction.person) if sanction else ()
    return sanction, [each for each in accounts if each.platform == ctx.place.platform]


async def _active(ctx: Context, sanction: Sanction) -> Sequence[Sanction]:
    """All of that kind that the person is under now."""
    return await ctx.unit.sanctions.active(sanction.community, sanction.person, sanction.kind, ctx.now)


def _all(acts: Iterable[Act]) -> Together | jobs.State:
    """All of these, if there is any."""
    return Together(found) if (found := tuple(acts)) else jobs.State.DROPPED
