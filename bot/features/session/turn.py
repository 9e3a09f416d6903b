"""Turns to lead a date: drawn, told, kept, skipped, offered to others, taken over."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import Moment, Name, Shape, T, code
from bot.command import action, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.agenda import Occurrence
from bot.domain.host import SPAN, State, Turn, queue
from bot.domain.quiet import awake
from bot.domain.rsvp import Answer
from bot.features.session import host
from bot.features.session.card import show
from bot.features.session.entry import find, known

AT_ONCE = 3
"""People who are asked at one time to take a turn over."""

NOBODY = -1
"""As the host of a date: nobody, although the series has one."""


@job(host.DRAW)
async def draw(ctx: Context, subject: int) -> jobs.State | None:
    """Give a date without a host to whoever comes next; the one after it is planned."""
    one = await find(ctx, subject, held=True)
    if one is None or not one.series.rota:
        return None
    found = await others(ctx, one) if one.on and not one.host and ctx.now < one.starts else ()
    if found:
        await give(ctx, one, found[0], State.DRAWN)
        await ctx.tell(found[0], told, subject, awake(ctx.now, ctx.community.zone))
    # From date to date: where nobody could be drawn, this one is not tried over and over.
    await host.plan(ctx, one.series, one.starts)
    return None if found else jobs.State.DROPPED


async def others(ctx: Context, one: Occurrence) -> Sequence[int]:
    """Who could lead it, in their order: without whoever gave it back, does not come, or leads it already."""
    series, hosts = one.series, ctx.unit.hosts
    refused = {turn.person for turn in await hosts.turns(series.community, series.id, one.day)}
    rsvps = await ctx.unit.rsvps.of_date(series.community, series.id, one.day)
    away = refused | {one.host} | {rsvp.person for rsvp in rsvps if rsvp.answer is Answer.NO}
    past = await hosts.past(series.community, one.day - SPAN)
    return queue(await hosts.all(series.community), past, one.day, one.topic, away)


async def give(ctx: Context, one: Occurrence, person: int, state: State) -> None:
    """Let that person lead the date (`NOBODY` for none), and its cards say so; hold the series first."""
    change = replace(one.change, host=person, revision=one.change.revision + 1)
    await ctx.unit.sessions.put(change)
    if person > 0:
        await note(ctx, one, person, state)
    await ctx.renew(show, one.subject)


async def note(ctx: Context, one: Occurrence, person: int, state: State) -> None:
    """Keep what that person said to the turn."""
    await ctx.unit.hosts.put(Turn(one.series.community, one.series.id, one.day, person, state, ctx.now))


@job("session-turn")
async def told(ctx: Context, subject: int) -> Message | jobs.State:
    """What whoever was drawn hears."""
    one = await find(ctx, subject)
    if one is None or not one.on or one.host != ctx.person.id or ctx.now >= one.starts:
        return jobs.State.DROPPED
    when = T("{when}. A day before it I send a draft of the agenda.", when=Moment(one.starts, Shape.FULL))
    free = T("If it doesn't suit, swap or skip: nobody asks why.")
    return card(T("Your turn to lead: {title}", title=one.title), when, free, rows=(row(one),))


def row(one: Occurrence) -> Row:
    """What its host can do with a turn."""
    scope = one.series.community
    return (
        Button(T("Fine, I lead it"), keep(scope, one.subject), tone=Tone.MAIN),
        Button(T("Swap"), swap(scope, one.subject)),
        Button(T("Skip"), skip(scope, one.subject)),
    )


@action("host-keep", right=Role.MEMBER)
async def keep(ctx: Context, subject: int) -> Outcome:
    """The person leads as drawn."""
    one = await _own(ctx, subject)
    await note(ctx, one, ctx.person.id, State.TAKEN)
    return Reply(say(_thanks(one)), replaces=True, personal=True)


@action("host-skip", right=Role.MEMBER)
async def skip(ctx: Context, subject: int) -> Outcome:
    """Not this time; the next one is drawn."""
    one = await _own(ctx, subject)
    await note(ctx, one, ctx.person.id, State.SKIPPED)
    found = await others(ctx, one) if ctx.now < one.starts else ()
    await give(ctx, one, found[0] if found else NOBODY, State.DRAWN)
    if found:
        await ctx.tell(found[0], told, subject, awake(ctx.now, ctx.community.zone))
    text = T("No problem, the next one is asked.")
    if not found:
        text = T(
            "No problem. Nobody else takes turns now; anybody can take it with {command}.",
            command=code("/teach"),
        )
    return Reply(say(text), replaces=True, personal=True)


@action("host-swap", right=Role.MEMBER)
async def swap(ctx: Context, subject: int) -> Outcome:
    """Ask those who come next to take it over; until somebody does it stays with its host."""
    one = await _own(ctx, subject)
    if not await _ask(ctx, one):
        raise Refusal(T("There is nobody else to ask. Skip it, and anybody may take it."))
    await note(ctx, one, ctx.person.id, State.OFFERED)
    text = T("I ask around privately. Until somebody takes it, you lead.")
    return Reply(
        say(text, rows=((Button(T("Skip"), skip(one.series.community, subject)),),)), replaces=True, personal=True
    )


@job("session-swap")
async def offered(ctx: Context, subject: int) -> Message | jobs.State:
    """What those hear who could take it over."""
    one = await find(ctx, subject)
    if one is None or not one.on or not await _is_offered(ctx, one) or ctx.now >= one.starts:
        return jobs.State.DROPPED
    scope = one.series.community
    buttons: Row = (
        Button(T("I'll take it"), take(scope, subject), tone=Tone.MAIN),
        Button(T("Not this time"), decline(scope, subject)),
    )
    when = T("{when}. Whoever is free first takes it.", when=Moment(one.starts, Shape.FULL))
    return card(T("Could you lead this one? {title}", title=one.title), when, rows=(buttons,))


@action("host-take", right=Role.MEMBER)
async def take(ctx: Context, subject: int) -> Outcome:
    """Take over what is offered; whoever is quicker has it."""
    one = await known(ctx, subject, held=True)
    before = one.host
    asked = await ctx.unit.hosts.turns(one.series.community, one.series.id, one.day)
    is_asked = ctx.person.id in {turn.person for turn in asked if turn.state is State.ASKED}
    if not (is_asked and one.on and ctx.now < one.starts and await _is_offered(ctx, one)):
        raise Refusal(T("This one is settled already. Thank you all the same!"))
    await note(ctx, one, before, State.SKIPPED)
    await give(ctx, one, ctx.person.id, State.TAKEN)
    await ctx.tell(before, taken, subject, awake(ctx.now, ctx.community.zone))
    return Reply(say(_thanks(one)), replaces=True, personal=True)


@action("host-decline", right=Role.MEMBER)
async def decline(ctx: Context, subject: int) -> Outcome:
    """Not this time; when all who were asked said so, the next ones are."""
    one = await known(ctx, subject, held=True)
    turns = await ctx.unit.hosts.turns(one.series.community, one.series.id, one.day)
    waiting = {turn.person for turn in turns if turn.state is State.ASKED}
    if ctx.person.id in waiting:
        await note(ctx, one, ctx.person.id, State.DECLINED)
        if waiting == {ctx.person.id} and await _is_offered(ctx, one):
            await _ask(ctx, one)
    return Reply(say(T("No problem. Somebody else may be free.")), replaces=True, personal=True)


@job("session-taken")
async def taken(ctx: Context, subject: int) -> Message | jobs.State:
    """What whoever offered it hears when somebody took it."""
    one = await find(ctx, subject)
    if one is None or one.host in (0, ctx.person.id):
        return jobs.State.DROPPED
    names = await ctx.unit.people.names((one.host,))
    who = Name(names.get(one.host, ""))
    return say(T("{who} leads {title} in your place.", who=who, title=one.title))


async def _ask(ctx: Context, one: Occurrence) -> bool:
    found = (await others(ctx, one))[:AT_ONCE]
    for person in found:
        await note(ctx, one, person, State.ASKED)
        await ctx.tell(person, offered, one.subject, awake(ctx.now, ctx.community.zone))
    return bool(found)


async def _is_offered(ctx: Context, one: Occurrence) -> bool:
    turns = await ctx.unit.hosts.turns(one.series.community, one.series.id, one.day)
    return any(turn.person == one.host and turn.state is State.OFFERED for turn in turns)


async def _own(ctx: Context, subject: int) -> Occurrence:
    one = await known(ctx, subject, held=True)
    if one.host != ctx.person.id or not one.on or ctx.now >= one.ends:
        raise Refusal(T("This turn is not yours any more. {command} shows who leads what.", command=code("/teach")))
    return one


def _thanks(one: Occurrence) -> T:
    return T("Thank you! You lead {title}, {when}.", title=one.title, when=Moment(one.starts, Shape.FULL))
