"""A word beside the names of those who helped most last month: off until organisers switch it on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.chat.act import Act, Tag
from bot.chat.errors import PlatformError, Refusal, Refused
from bot.chat.message import Button, Message, Outcome, Reply, Row, card
from bot.chat.places import Role
from bot.chat.text import Listing, Moment, Name, T
from bot.command import Example, Feature, action, command, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.community import Community
from bot.domain.jobs import Job
from bot.domain.points import Reason, season, season_before
from bot.domain.quiz import instant, local_date
from bot.domain.thanks import Recognition
from bot.speech import Speech

MOST = 3
"""People who are recognised at one time."""

LOOKED_AT = 50
"""Leaders of either kind among whom they are found."""

HELP = (Reason.ANSWER, Reason.THANKS)
"""Whose points say how much somebody helped others."""

AT = time(9)
"""The hour on the first day of a month, on the group's clock."""

LONGEST_TAG = 16
"""Characters (Telegram's member tags)."""

ON, OFF = "on", "off"
_MONTH = "recognition-month"


@command(
    "recognition",
    right=Role.ORGANISER,
    aliases=("pengakuan", "group recognition", "grup pengakuan"),
    summary=T("A word beside the names of those who helped most"),
    examples=(Example("/recognition", T("Who has it now, and the switch for it")),),
    slash="group recognition",
)
async def recognition(ctx: Context) -> Outcome:
    """How it stands, with the switch."""
    return Reply(await _card(ctx, ctx.community), personal=True)


@action("recognition", right=Role.ORGANISER)
async def switch(ctx: Context, wanted: str) -> Outcome:
    """Switch it on, from last month's helpers on, or off."""
    if wanted not in (ON, OFF):
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    held = await ctx.held()
    community = replace(held, points=replace(held.points, tags=wanted == ON))
    await ctx.unit.communities.save(community)
    await ctx.unit.jobs.cancel(community.id, _MONTH)
    month = season_before(season(ctx.now, community.zone))
    await _recognise(ctx, month, await _helpers(ctx, month) if wanted == ON else ())
    if wanted == ON:
        await _plan(ctx, community)
    return Reply(await _card(ctx, community), replaces=True, personal=True)


@job(_MONTH)
async def turn(ctx: Context, _subject: int) -> None:
    """A month is over: others are recognised from now on."""
    community = await ctx.held()
    if community.points.tags:
        month = season_before(season(ctx.now, community.zone))
        await _recognise(ctx, month, await _helpers(ctx, month))
        await _plan(ctx, community)


async def _went(ctx: Context, subject: int, error: PlatformError | None, _gave: str) -> None:
    """A platform did not allow it: organisers hear so, once for each month."""
    if not isinstance(error, Refused):
        return
    await ctx.held()
    found = await ctx.unit.recognitions.all(ctx.community.id)
    mine = next((each for each in found if each.person == subject), None)
    if mine is None:
        return
    if not any(each.refused for each in found):
        for person in await ctx.unit.people.standing(ctx.community.id, Role.ORGANISER):
            await ctx.tell(person, refused, mine.month)
    await ctx.unit.recognitions.put(replace(mine, refused=True))


@job("recognition-tag", after=_went)
async def tag(ctx: Context, subject: int) -> Act | jobs.State:
    """Show the word beside somebody's name, or take it away, as it is right now."""
    accounts = await ctx.unit.people.accounts(subject)
    account = next((each for each in accounts if each.platform == ctx.place.platform), None)
    if account is None:
        return jobs.State.DROPPED
    seat = await ctx.unit.people.seat(ctx.community.id, subject)
    found = await ctx.unit.recognitions.all(ctx.community.id)
    shown = seat is not None and seat.ranked and not ctx.community.minors
    wears = shown and subject in {each.person for each in found}
    return Tag(account, _word(ctx.community) if wears else "")


@job("recognition-refused")
async def refused(ctx: Context, subject: int) -> Message | jobs.State:
    """What organisers hear where no such word may be shown."""
    found = await ctx.unit.recognitions.all(ctx.community.id)
    if not any(each.refused and each.month == subject for each in found):
        return jobs.State.DROPPED
    text = T("I was not allowed to show beside their names who helped most last month.")
    how = T("An administrator can allow it: member tags on Telegram, roles on Discord, with mine above theirs.")
    return card(T("Not shown"), text, how)


async def follow(ctx: Context, person: int) -> None:
    """Somebody no longer wishes to be shown: the word goes at once."""
    found = await ctx.unit.recognitions.all(ctx.community.id)
    if person in {each.person for each in found}:
        await ctx.unit.recognitions.drop(ctx.community.id, person)
        await _ask(ctx, person)


async def end(ctx: Context) -> None:
    """Nobody is recognised any more, until a month gives somebody the word again."""
    await _recognise(ctx, 0, ())


async def _recognise(ctx: Context, month: int, helpers: Sequence[int]) -> None:
    """These are recognised from now on, and nobody else."""
    scope = ctx.community.id
    for before in await ctx.unit.recognitions.all(scope):
        if before.person not in helpers:
            await ctx.unit.recognitions.drop(scope, before.person)
            await _ask(ctx, before.person)
    for person in helpers:
        await ctx.unit.recognitions.put(Recognition(scope, person, month))
        await _ask(ctx, person)


async def _helpers(ctx: Context, month: int) -> list[int]:
    """Who helped most in that season, of those who wish to be shown."""
    points: Counter[int] = Counter()
    for kind in HELP:
        for leader in await ctx.unit.ledger.top(ctx.community.id, month, kind, LOOKED_AT):
            points[leader.person] += leader.points
    return sorted(points, key=lambda person: (-points[person], person))[:MOST]


async def _ask(ctx: Context, person: int) -> None:
    """Have it shown, or taken away, wherever the person is."""
    platforms = {account.platform for account in await ctx.unit.people.accounts(person)}
    for venue in await ctx.unit.communities.venues(ctx.community.id):
        if venue.place.platform in platforms and not venue.paused:
            await ctx.post_in(venue.place, tag, person)


async def _plan(ctx: Context, community: Community) -> None:
    at = _next(ctx.now, community.zone)
    month = season(at, community.zone)
    await ctx.unit.jobs.put(Job(community.id, f"{_MONTH}:{month}", _MONTH, month, at))


def _word(community: Community) -> str:
    """What stands beside their names, in the group's language."""
    return Speech(community.language, register=community.register).words(T("Helper"))[:LONGEST_TAG]


def _next(now: datetime, zone: str) -> datetime:
    """The first morning of a month after that moment."""
    first = local_date(now, zone).replace(day=1)
    at = instant(first, AT, zone)
    return at if at > now else instant((first + timedelta(days=32)).replace(day=1), AT, zone)


async def _card(ctx: Context, community: Community) -> Message:
    found = await ctx.unit.recognitions.all(community.id)
    names = await ctx.unit.people.names([each.person for each in found])
    what = T(
        "Beside the names of the {n} who helped most last month stands the word {word}, for a month. Whoever does not "
        "wish to be shown is left out.",
        n=MOST,
        word=_word(community),
    )
    told: list[T] = []
    if not community.points.tags:
        told.append(T("It is off."))
    elif names:
        told.append(T("Now: {names}.", names=Listing(tuple(Name(name, f"#{who}") for who, name in names.items()))))
    else:
        told.append(T("Nobody has it yet: last month nobody was thanked and no answer accepted."))
    if community.points.tags:
        told.append(T("It passes on {when}.", when=Moment(_next(ctx.now, community.zone))))
    label, wanted = (T("Switch it off"), OFF) if community.points.tags else (T("Switch it on"), ON)
    row: Row = (Button(label, switch(community.id, wanted)),)
    return card(T("Recognition of helpers"), what, *told, rows=(row,))


FEATURE = Feature(commands=(recognition,), actions=(switch,), jobs=(turn, tag, refused))
