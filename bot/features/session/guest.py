"""Guests: people who are no members and come to one date, by a code that an organiser gives away."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Paragraph, Reply, Row, Toast, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import Moment, Name, T, code
from bot.command import Example, action, command, job
from bot.context import Context
from bot.domain import link as codes
from bot.domain.agenda import Occurrence
from bot.domain.invite import Invite
from bot.domain.jobs import State
from bot.domain.presence import Way
from bot.domain.rsvp import Answer, Rsvp, seats
from bot.features.session import attend, here, host, rsvp
from bot.features.session.choose import DATE, date_of
from bot.features.session.dates import whole
from bot.features.session.entry import find, known
from bot.features.session.out import is_out
from bot.features.session.place import where
from bot.param import Arg

_CODE = Annotated[
    str, Arg(help=T("The code of the invitation"), ask=T("Send the code of your invitation."), most=20)
]  # fmt: skip


@command(
    "session guest",
    right=Role.ORGANISER,
    aliases=("sesi tamu", "session tamu", "sesi guest"),
    summary=T("Invite somebody from outside to one session"),
    examples=(Example("/session guest S7", T("A code for its next date, to give away")),),
)
async def invite(ctx: Context, session: Annotated[str, DATE]) -> Outcome:
    """How it stands with guests of that date, and what can be done."""
    return Reply(await _door(ctx, await date_of(ctx, session)), personal=True)


@action("session-invite", right=Role.ORGANISER)
async def make(ctx: Context, subject: int) -> Outcome:
    """A new code; the one before is void."""
    one = await _coming(ctx, subject)
    if ctx.community.minors:
        raise Refusal(_MINORS)
    drawn = codes.draw(ctx.rng)
    series = one.series
    await ctx.unit.invites.put(Invite(codes.digest(drawn), series.community, series.id, one.day, ctx.now))
    how = T("Your guest sends me this in private: {line}", line=code(f"/guest {codes.shown(drawn)}"))
    what = T("Whoever has the code can come to this one date. It is good until the session is over.")
    return Reply(card(T("A guest for {title}", title=one.title), how, what), personal=True)


@action("session-uninvite", right=Role.ORGANISER)
async def void(ctx: Context, subject: int) -> Outcome:
    """Nobody is let in any more; who was stays."""
    one = await known(ctx, subject, held=True)
    await ctx.unit.invites.drop(one.series.community, one.series.id, one.day)
    return Reply(await _door(ctx, one), replaces=True, personal=True)


@action("session-dismiss", right=Role.ORGANISER)
async def dismiss(ctx: Context, subject: int) -> Outcome:
    """The code is void, and those who came by it are no guests any more; they are told."""
    one = await known(ctx, subject, held=True)
    await ctx.unit.invites.drop(one.series.community, one.series.id, one.day)
    for each in await _guests(ctx, one):
        await rsvp.store(ctx, one, replace(each, answer=Answer.NO, guest=False, since=ctx.now))
        await ctx.tell(each.person, dismissed, subject)
    return Reply(await _door(ctx, one), replaces=True, personal=True)


@job("session-dismissed")
async def dismissed(ctx: Context, subject: int) -> Message | State:
    """What somebody hears who is no guest any more."""
    one = await find(ctx, subject)
    if one is None or ctx.now >= one.ends:
        return State.DROPPED
    group, title = Name(ctx.community.name), one.title
    return say(T("The organisers of {group} took your invitation to {title} back.", group=group, title=title))


@command(
    "guest",
    right=Role.GUEST,
    aliases=("tamu", "session visit", "sesi bertamu"),
    summary=T("Use an invitation to a session of another group"),
    examples=(Example("/guest 7KQM-2XYZ", T("The code that its organiser gave you, in private")),),
    anywhere=True,
    slash="session visit",
)
async def visit(ctx: Context, words: _CODE) -> Outcome:
    """Let whoever has a code into its date: they come, unless they say otherwise."""
    there = ctx.abroad.get(ctx.place.platform)
    if not (ctx.private or (there and there.whispers)):
        raise Refusal(T("Codes are for private messages: send me this in our private chat."))
    drawn = codes.read(words)
    if drawn is None:
        raise Refusal(T("A code has 8 letters and digits, like this: {line}", line=code("/guest 7KQM-2XYZ")))
    tries = await ctx.unit.links.tried(ctx.person.id, ctx.now)
    # From here on nothing refuses a wrong code: a refusal would be rolled back, and the try with it.
    if tries.too_many:
        return _told(T("Too many codes. Try again: {when}.", when=Moment(tries.until)))
    found = await ctx.unit.invites.find(codes.digest(drawn))
    group = await ctx.unit.communities.get(found.community) if found else None
    if found is None or group is None or group.joined or group.minors:
        return _told(_VOID)
    return await _enter(replace(ctx, found=group), found)


_VOID = T("This invitation is no longer good. Ask whoever gave it to you for a new one.")
_MINORS = T("In a group of minors there are no guests from outside.")


async def _enter(ctx: Context, found: Invite) -> Outcome:
    one = await find(ctx, found.subject, held=True)
    if one is None or not one.on or ctx.now >= one.ends:
        return _told(_VOID)
    if await is_out(ctx.unit, ctx.community.id, ctx.person.id, ctx.now):
        return _told(_VOID)
    if await ctx.unit.people.seat(ctx.community.id, ctx.person.id):
        return _told(T("You are a member of {group} and need no invitation.", group=Name(ctx.community.name)))
    before = await _rsvp(ctx, one)
    if not (before and before.guest):
        await rsvp.store(ctx, one, _said(ctx, one, Answer.YES))
    return Reply(await _page(ctx, one), personal=True, zone=ctx.community.zone)


@action(attend.VISIT, right=Role.GUEST)
async def reply(ctx: Context, community: int, subject: int, answer: str) -> Outcome:
    """A guest comes after all, or does not; the press may be made in another group, so it names its own."""
    ctx = await _abroad(ctx, community)
    one = await _coming(ctx, subject)
    await _check_guest(ctx, one)
    await rsvp.store(ctx, one, _said(ctx, one, Answer.YES if answer == Answer.YES else Answer.NO))
    return Reply(await _page(ctx, one), replaces=True, personal=True, zone=ctx.community.zone)


@action("session-visitor", right=Role.GUEST)
async def arrive(ctx: Context, community: int, subject: int) -> Outcome:
    """A guest says that they are there."""
    ctx = await _abroad(ctx, community)
    one = await here.open_now(ctx, subject)
    await _check_guest(ctx, one)
    return Toast(await here.come(ctx, one, Way.TAP))


async def _abroad(ctx: Context, community: int) -> Context:
    """The scene in the group whose guest this is; refuses where there is no such group any more."""
    group = await ctx.unit.communities.get(community)
    if group is None or group.joined:
        raise Refusal(_VOID)
    return replace(ctx, found=group)


async def _page(ctx: Context, one: Occurrence) -> Message:
    """A date as its guest sees it."""
    said = await ctx.unit.rsvps.of_date(one.series.community, one.series.id, one.day)
    found = seats(said, one.capacity)
    comes = any(each.person == ctx.person.id for each in found.coming)
    waits = any(each.person == ctx.person.id for each in found.waiting)
    state = T("You don't come.")
    if comes:
        state = T("You come as a guest. I remind you in private.")
    elif waits:
        state = T("All seats are taken. I tell you when one is free.")
    lines = [Paragraph(line) for line in ((whole(one),), *await where(ctx, one), await host.line(ctx, one)) if line]
    here_ = Button(T("I am here"), arrive(0, one.series.community, one.subject))
    row: Row = (*attend.visiting(one, comes=comes or waits), here_)
    group = Name(ctx.community.name)
    return card(T("{title}, a session of {group}", title=one.title, group=group), *lines, state, rows=(row,))


async def _door(ctx: Context, one: Occurrence) -> Message:
    """How it stands with guests, for organisers."""
    scope, number = one.series.community, one.subject
    made = await ctx.unit.invites.made(scope, one.series.id, one.day)
    guests = await _guests(ctx, one)
    lines = [T("Guests see this one date with its place and link, and nothing else of the group."), whole(one)]
    lines.append(T("{n} guest so far.", "{n} guests so far.", n=len(guests)))
    if made:
        lines.append(T("A code is out since {when}. A new one makes it void.", when=Moment(made)))
    row: Row = (Button(T("New code") if made else T("Make a code"), make(scope, number), tone=Tone.MAIN),)
    if made:
        row = (*row, Button(T("Void the code"), void(scope, number)))
    if guests:
        row = (*row, Button(T("Uninvite the guests"), dismiss(scope, number), tone=Tone.DANGER))
    return card(T("Guests of {title}", title=one.title), *lines, rows=(row,))


async def _guests(ctx: Context, one: Occurrence) -> Sequence[Rsvp]:
    said = await ctx.unit.rsvps.of_date(one.series.community, one.series.id, one.day)
    return [each for each in said if each.guest]


async def _rsvp(ctx: Context, one: Occurrence) -> Rsvp | None:
    return await ctx.unit.rsvps.get(one.series.community, one.series.id, one.day, ctx.person.id)


async def _check_guest(ctx: Context, one: Occurrence) -> None:
    said = await _rsvp(ctx, one)
    if not (said and said.guest):
        raise Refusal(_VOID)


async def _coming(ctx: Context, subject: int) -> Occurrence:
    one = await known(ctx, subject, held=True)
    if not one.on or ctx.now >= one.ends:
        raise Refusal(T("This session is over. {command} shows what comes.", command=code("/sessions")))
    return one


def _said(ctx: Context, one: Occurrence, answer: Answer) -> Rsvp:
    return Rsvp(one.series.community, one.series.id, one.day, ctx.person.id, answer, ctx.now, guest=True)


def _told(text: T) -> Outcome:
    return Reply(say(text), personal=True)
