"""What is done with a turn: kept, skipped, or offered to those who come next until somebody takes it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import action, job
from bot.context import Context
from bot.domain import jobs, rota
from bot.domain.jobs import Job
from bot.domain.quiet import awake
from bot.domain.rota import State, Turn
from bot.features.rota.duty import KNOWN, name_of
from bot.features.rota.turn import DECLINE, KEEP, SKIP, SWAP, TAKE, alone, current, find, own, press, taken
from bot.features.rota.week import others, pass_on

AT_ONCE = 2
"""People who are asked at one time to take a turn over."""

PATIENCE = timedelta(hours=12)
"""So long they have before the next ones are asked as well."""

WIDEN = "rota-widen"


@action(KEEP, right=Role.MEMBER)
async def keep(ctx: Context, subject: int) -> Outcome:
    """The person takes the turn as it came."""
    await ctx.held()
    turn = await own(ctx, subject)
    await ctx.unit.rotas.put(replace(turn, state=State.TAKEN))
    text = T("Thank you! {duty} is in good hands this week.", duty=name_of(ctx.community, turn.duty))
    return Reply(say(text), replaces=True, personal=True)


@action(SKIP, right=Role.MEMBER)
async def skip(ctx: Context, subject: int) -> Outcome:
    """Not this week; whoever skips stays first in the order."""
    await ctx.held()
    passed = await pass_on(ctx, await own(ctx, subject))
    text = T("No problem, it rests this week. You come first again next week.")
    if passed:
        text = T("No problem, the next one is asked. You come first again next week.")
    return Reply(say(text), replaces=True, personal=True)


@action(SWAP, right=Role.MEMBER)
async def swap(ctx: Context, subject: int) -> Outcome:
    """Offer the turn to those who come next."""
    await ctx.held()
    turn = await own(ctx, subject)
    if turn.state is not State.OFFERED and not await ask(ctx, replace(turn, state=State.OFFERED)):
        raise Refusal(T("There is nobody else to ask this week. Do what fits, or skip it."))
    text = T("I ask around privately. Until somebody takes it, the turn stays here.")
    skip_ = Button(T("Skip this week"), press(SKIP, turn))
    return Reply(say(text, rows=((skip_,),)), replaces=True, personal=True)


@action(TAKE, right=Role.MEMBER, role_aware=True)
async def take(ctx: Context, subject: int) -> Outcome:
    """Take over what is offered; whoever is quicker has it."""
    await ctx.held()
    turn = await current(ctx, subject)
    asked = await ctx.unit.rotas.replies(turn)
    if turn.state is not State.OFFERED or ctx.person.id not in asked or turn.person == ctx.person.id:
        raise Refusal(T("This one is settled already. Thank you all the same!"))
    if turn.is_moderator and ctx.role < Role.MODERATOR:
        raise Refusal(T("This one is for moderators. Need help? Ask one of them."))
    await ctx.unit.rotas.put(replace(turn, person=ctx.person.id, state=State.TAKEN))
    await ctx.tell(turn.person, taken, subject, awake(ctx.now, ctx.community.zone))
    thanks = T("Thank you! {duty} is in good hands this week.", duty=name_of(ctx.community, turn.duty))
    how = (KNOWN[turn.duty].how,) if turn.duty in KNOWN else ()
    return Reply(say(thanks, *how), replaces=True, personal=True)


@action(DECLINE, right=Role.MEMBER)
async def decline(ctx: Context, subject: int) -> Outcome:
    """Not this week; the next ones are asked once nobody else is thinking about it."""
    await ctx.held()
    turn = await current(ctx, subject)
    asked = await ctx.unit.rotas.replies(turn)
    if ctx.person.id in asked:
        await ctx.unit.rotas.note(turn, ctx.person.id, rota.Reply.DECLINED)
        await _go_on(ctx, turn, {**asked, ctx.person.id: rota.Reply.DECLINED})
    return Reply(say(T("No problem. Somebody else may be free.")), replaces=True, personal=True)


@job(WIDEN)
async def widen(ctx: Context, subject: int) -> None:
    """Ask the next ones as well, where an offer still stands."""
    await ctx.held()
    turn = await find(ctx, subject)
    if turn and turn.state is State.OFFERED:
        await ask(ctx, turn)


@job("rota-offer")
async def offered(ctx: Context, subject: int) -> Message | jobs.State:
    """What those hear who could take a turn over; who offers it is not said."""
    turn = await find(ctx, subject)
    if turn is None or turn.state is not State.OFFERED:
        return jobs.State.DROPPED
    row = (
        Button(T("I'll take it"), press(TAKE, turn), tone=Tone.MAIN),
        Button(T("Not this week"), press(DECLINE, turn)),
    )
    how = T("Somebody can't this week. Whoever is free first takes it; {command} shows it too.", command=code("/rota"))
    return card(T("Could you take this one? {duty}", duty=name_of(ctx.community, turn.duty)), how, rows=(row,))


async def ask(ctx: Context, turn: Turn) -> bool:
    """Ask those who come next, and more of them when nobody took it for a while; says whether there was anybody."""
    found = (await others(ctx, turn))[:AT_ONCE]
    if not found:
        return False
    await ctx.unit.rotas.put(turn)
    at = awake(ctx.now, ctx.community.zone)
    for person in found:
        await ctx.unit.rotas.note(turn, person, rota.Reply.ASKED)
        await ctx.tell(person, offered, turn.subject, at)
    later = awake(at + PATIENCE, ctx.community.zone)
    await ctx.unit.jobs.put(Job(turn.community, f"{WIDEN}:{turn.subject}", WIDEN, turn.subject, later))
    return True


async def _go_on(ctx: Context, turn: Turn, asked: Mapping[int, rota.Reply]) -> None:
    if turn.state is not State.OFFERED or rota.Reply.ASKED in asked.values() or await ask(ctx, turn):
        return
    await ctx.unit.rotas.put(replace(turn, state=State.TOLD))
    await ctx.tell(turn.person, alone, turn.subject, awake(ctx.now, ctx.community.zone))
