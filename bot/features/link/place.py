"""Two groups that become one: what is agreed on, by whom, and the way back."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, Tone, card, say
from bot.chat.places import Place, Role
from bot.chat.text import Moment, Name, T, code
from bot.command import action, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.community import Community
from bot.domain.jobs import Job
from bot.domain.link import AGREE, UNDO, Code, Joining, Stage
from bot.domain.moderation import Deed
from bot.features import recognition
from bot.features.link.card import groups, terms
from bot.features.question.page import SAID
from bot.features.record import note

MOST_GROUPS = 8

MOST_RENEWED = 50
"""Cards that are edited at once, the newest; older ones say kindly that they are old when somebody presses them."""

_GONE = T("This is no longer open. Begin anew: {command}", command=code("/link"))


async def begin(ctx: Context, found: Code) -> Message:
    """Ask whoever used a code which of their groups it is about."""
    into = await ctx.unit.communities.get(found.community)
    mine = [each for each in await ctx.unit.communities.of_person(ctx.person.id) if each.id != found.community]
    if into is None or into.joined or not mine:
        raise Refusal(T("You are in no other group with me that could be joined. Add me to it first, then try again."))
    made = await ctx.unit.joinings.add(Joining(0, found.community, 0, found.person, ctx.person.id, ctx.now))
    rows: list[Row] = [
        (Button(Name(each.name), choose(each.id, made.id, owner=ctx.person.id)),) for each in mine[:MOST_GROUPS]
    ]
    which = T("Which of your groups becomes a part of {group}?", group=Name(into.name))
    return card(T("The code is right"), which, rows=tuple(rows))


@action("link-choose", right=Role.ORGANISER)
async def choose(ctx: Context, number: int) -> Outcome:
    """Offer this group; both sides see what would be joined."""
    joining = await _open(ctx, number)
    if joining.redeemer != ctx.person.id or joining.other not in (0, ctx.community.id):
        raise Refusal(_GONE)
    joining = replace(joining, other=ctx.community.id)
    await _check(ctx, joining)
    await _check_partner(ctx, joining)
    await ctx.unit.joinings.save(joining)
    into, _ = await groups(ctx, joining)
    await replace(ctx, found=into).tell(joining.issuer, asked, joining.id)
    return Reply(await _question(ctx, joining), replaces=True)


@action("link-look", right=Role.ORGANISER)
async def look(ctx: Context, number: int) -> Outcome:
    """Show an offer again."""
    return Reply(await _question(ctx, _mine(ctx, await _open(ctx, number))), personal=True)


@action("link-agree", right=Role.ORGANISER)
async def agree(ctx: Context, number: int) -> Outcome:
    """One side's word; with the second one the groups become one."""
    joining = _mine(ctx, await _open(ctx, number)).agreed_by(ctx.person.id)
    await _check(ctx, joining)
    await _check_partner(ctx, joining)
    if not joining.is_agreed:
        await ctx.unit.joinings.save(joining)
        into, other = await groups(ctx, joining)
        rest = other if ctx.community.id == into.id else into
        await replace(ctx, found=rest).tell(_partner(ctx, joining), asked, joining.id)
        waits = T("Noted. Now the organiser of {group} has to agree too.", group=Name(rest.name))
        return Reply(say(waits), replaces=True)
    await _join(ctx, joining)
    return Reply(await _done(ctx, replace(joining, at=ctx.now)), replaces=True)


@action("link-refuse", right=Role.ORGANISER)
async def refuse(ctx: Context, number: int) -> Outcome:
    """Leave it."""
    joining = _mine(ctx, await _open(ctx, number))
    await ctx.unit.joinings.save(replace(joining, stage=Stage.UNDONE, at=ctx.now))
    return Reply(say(T("Good, the groups stay two.")), replaces=True)


@action("link-part", right=Role.ORGANISER)
async def part(ctx: Context, number: int) -> Outcome:
    """Make them two again."""
    joining = await ctx.unit.joinings.hold(number)
    if joining is None or joining.community != ctx.community.id or not joining.can_undo(ctx.now):
        raise Refusal(_GONE)
    if await ctx.unit.joinings.hindrance(joining.community):
        raise Refusal(T("A live round is on. Let it end first."))
    await _hold(ctx, joining)
    into, other = await groups(ctx, joining)
    cards = await ctx.unit.joinings.part(joining, ctx.now)
    await ctx.unit.joinings.save(replace(joining, stage=Stage.UNDONE, at=ctx.now))
    await _renew(ctx, other.id, cards)
    for group, partner in ((into, other), (other, into)):
        await note(replace(ctx, found=group), Deed.UNLINK, subject=joining.id, why=partner.name)
    for group, person in ((into, joining.issuer), (other, joining.redeemer)):
        if person != ctx.person.id:
            await replace(ctx, found=group).tell(person, told, joining.id)
    return Reply(_parted(into.name, other.name), replaces=True)


@job("link-asked")
async def asked(ctx: Context, subject: int) -> Message | jobs.State:
    """What the other side hears when there is something to agree on, if they still have a say in it."""
    joining = await ctx.unit.joinings.hold(subject)
    if joining is None or not joining.is_open(ctx.now) or not joining.other:
        return jobs.State.DROPPED
    if not await _organises(ctx, ctx.community, ctx.person.id):
        return jobs.State.DROPPED
    return await _question(ctx, joining)


@job("link-told")
async def told(ctx: Context, subject: int) -> Message | jobs.State:
    """What the other side hears when the groups became one, or two again."""
    joining = await ctx.unit.joinings.hold(subject)
    if joining is None:
        return jobs.State.DROPPED
    if joining.stage is Stage.JOINED:
        return await _done(ctx, joining)
    into, other = await groups(ctx, joining)
    return _parted(into.name, other.name)


async def offered(ctx: Context) -> Sequence[Row]:
    """A way to each offer that waits for the person, for who cannot be written to or has lost it."""
    rows: list[Row] = []
    for joining in (await ctx.unit.joinings.asked(ctx.person.id, ctx.now - AGREE))[:MOST_GROUPS]:
        into, other = await groups(ctx, joining)
        side = joining.community if ctx.person.id == joining.issuer else joining.other
        label = T("Join {other} to {group}?", other=Name(other.name), group=Name(into.name))
        rows.append((Button(label, look(side, joining.id, owner=ctx.person.id), tone=Tone.MAIN),))
    return rows


async def lately(ctx: Context, found: Sequence[Joining]) -> Message:
    """What can still be undone."""
    rows: list[Row] = []
    for joining in found:
        _, other = await groups(ctx, joining)
        row = Button(
            T("Part from {group}", group=Name(other.name)), part(ctx.community.id, joining.id), tone=Tone.DANGER
        )
        rows.append((row,))
    back = T(
        "Each is what it was before; what was made together since stays with {group}.", group=Name(ctx.community.name)
    )
    return card(T("Joined lately"), back, rows=tuple(rows))


async def _open(ctx: Context, number: int) -> Joining:
    joining = await ctx.unit.joinings.hold(number)
    if joining is None or not joining.is_open(ctx.now):
        raise Refusal(_GONE)
    return joining


def _mine(ctx: Context, joining: Joining) -> Joining:
    """The same, if the person acts for the side whose word they give."""
    sides = ((joining.issuer, joining.community), (joining.redeemer, joining.other))
    if (ctx.person.id, ctx.community.id) not in sides:
        raise Refusal(_GONE)
    return joining


def _partner(ctx: Context, joining: Joining) -> int:
    return joining.redeemer if ctx.person.id == joining.issuer else joining.issuer


async def _check(ctx: Context, joining: Joining) -> None:
    """Refuse what cannot be joined, or could not be parted again."""
    into, other = await groups(ctx, joining)
    if into.id == other.id or into.joined or other.joined:
        raise Refusal(_GONE)
    if await ctx.unit.joinings.of(other.id):
        raise Refusal(
            T("{group} was joined by another group lately. Wait a week, or undo that first.", group=Name(other.name))
        )
    if await ctx.unit.joinings.hindrance(other.id):
        raise Refusal(T("A live round is on. Let it end first."))


async def _check_partner(ctx: Context, joining: Joining) -> None:
    """Refuse where whoever acts for the other group is no organiser of it any more."""
    into, other = await groups(ctx, joining)
    group = other if ctx.community.id == into.id else into
    if not await _organises(ctx, group, _partner(ctx, joining)):
        raise Refusal(
            T(
                "Whoever acts for {group} is no organiser there any more. Another one makes a new code: {line}",
                group=Name(group.name),
                line=code("/link"),
            )
        )


async def _organises(ctx: Context, group: Community, person: int) -> bool:
    """Whether somebody is an organiser of that group, as its platforms say now."""
    seat = await ctx.unit.people.seat(group.id, person)
    accounts = await ctx.unit.people.accounts(person)
    venues = await ctx.unit.communities.venues(group.id)
    met = [(venue.place, each) for venue in venues for each in accounts if each.platform == venue.place.platform]
    standing = max([ctx.power(place, each).role for place, each in met], default=Role.GUEST)
    granted = seat.role if seat and standing is not Role.GUEST else Role.GUEST
    return max(standing, granted) >= Role.ORGANISER


async def _join(ctx: Context, joining: Joining) -> None:
    await _hold(ctx, joining)
    await _check(ctx, joining)
    into, other = await groups(ctx, joining)
    joining = replace(joining, stage=Stage.JOINED, at=ctx.now)
    cards = await ctx.unit.joinings.join(joining, ctx.now)
    await ctx.unit.joinings.save(joining)
    await _renew(ctx, into.id, cards)
    if into.minors or other.minors:
        await recognition.end(replace(ctx, found=into))
    for group, partner in ((into, other), (other, into)):
        await note(replace(ctx, found=group), Deed.LINK, subject=joining.id, why=partner.name)
    await replace(ctx, found=into).tell(_partner(ctx, joining), told, joining.id)


async def _hold(ctx: Context, joining: Joining) -> None:
    for community in sorted((joining.community, joining.other)):
        await ctx.unit.communities.hold(community)


async def _renew(ctx: Context, community: int, cards: Sequence[tuple[Place, str]]) -> None:
    """Have the newest cards edited where they stand, so that their buttons mean their new numbers."""
    ours = []
    for place, key in cards:
        kind, _, number = key.partition(":")
        # A key of three parts is a poll, and some messages are members' own: neither is edited.
        if number.isdigit() and kind != SAID:
            ours.append((int(number), kind, place))
    for subject, kind, place in sorted(ours, key=lambda each: -each[0])[:MOST_RENEWED]:
        whole = f"{kind}:{subject}:{place.platform}:{place.chat}:{place.thread}"
        await ctx.unit.jobs.put(Job(community, whole, kind, subject, ctx.now, place))


async def _question(ctx: Context, joining: Joining) -> Message:
    scope, owner = ctx.community.id, ctx.person.id
    row: Row = (
        Button(T("Join the groups"), agree(scope, joining.id, owner=owner), tone=Tone.MAIN),
        Button(T("No"), refuse(scope, joining.id, owner=owner)),
    )
    into, other = await groups(ctx, joining)
    title = T("Join {other} to {group}?", other=Name(other.name), group=Name(into.name))
    later = T(
        "To answer later: {command}. It can be agreed on until {when}.",
        command=code("/link"),
        when=Moment(joining.at + AGREE),
    )
    return card(title, *await terms(ctx, joining), later, rows=(row,))


async def _done(ctx: Context, joining: Joining) -> Message:
    into, other = await groups(ctx, joining)
    until = T(
        "Until {when} it can be undone, here or by {command}.",
        when=Moment(joining.at + UNDO),
        command=code("/link undo"),
    )
    row: Row = (Button(T("Undo"), part(into.id, joining.id), tone=Tone.DANGER),)
    title = T("{other} is a part of {group} now", other=Name(other.name), group=Name(into.name))
    return card(title, T("One leaderboard, one record, one library, one quiz for all places."), until, rows=(row,))


def _parted(group: str, other: str) -> Message:
    one, two = Name(group), Name(other)
    stays = T("{other} is as it was before. What was made together since stays with {group}.", group=one, other=two)
    return card(T("{group} and {other} are two groups again", group=one, other=two), stays)
