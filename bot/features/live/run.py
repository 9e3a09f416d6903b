"""The run of a live round: opened, joined, answered, turned by the clock or by whoever runs it, ended."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.chat.errors import Refusal
from bot.chat.message import Message, Outcome, Receipt, Reply, Toast, card, say
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import action, job
from bot.context import Context
from bot.domain.answer import LONGEST_RESPONSE, is_possible
from bot.domain.items import Item
from bot.domain.items import Kind as ItemKind
from bot.domain.quiz import Candidate, Kind, Quiz, choose
from bot.domain.round import AWAY, LOBBY, Phase, Round, due, forward, pause, stop, takes_votes, turn
from bot.features import sheet
from bot.features.desk import TOO_OLD, desk
from bot.features.live import answer, poll
from bot.features.live.end import finish
from bot.features.practice import open_bank
from bot.followup import hearing

LONGEST = timedelta(days=1)
"""When a round's quiz says that it closes; the round itself decides what counts."""

PAUSE, NEXT, STOP = "pause", "next", "stop"
"""What may be done to a round by whoever runs it: `NEXT` also starts it and goes on after a pause."""

NOT_YOURS = T("This is for whoever opened the round, moderators and other trusted members.")


def may_start(ctx: Context) -> bool:
    """Whether the person may open a round for the group."""
    return ctx.role >= Role.TRUSTED or (ctx.role >= Role.MEMBER and ctx.community.quizzes.anyone)


def may_run(ctx: Context, live: Round) -> bool:
    """Whether the person may start, pause and stop this round."""
    return ctx.role >= Role.TRUSTED or (ctx.role >= Role.MEMBER and ctx.person.id == live.host)


async def launch(ctx: Context, tag: str, size: int, settings: Round) -> bool:
    """Open a round of so many items about the topic with these settings, by their host; False if one is running."""
    community = await ctx.held()
    if await ctx.unit.rounds.current(community.id):
        return False
    bank = await open_bank(ctx, tag)
    items = await ctx.unit.items.some(
        community.id, choose([Candidate(item, at) for item, at in bank.items()], size, ctx.now, ctx.rng)
    )
    if not items:
        raise Refusal(sheet.EMPTY)
    new = Quiz(community.id, 0, None, ctx.now, ctx.now + LONGEST, tuple(items), kind=Kind.ROUND)
    quiz = await ctx.unit.quizzes.add(new)
    if quiz is None:
        raise LookupError("a round's quiz has no day that could be taken")
    live = replace(settings, quiz=quiz.id, ends_at=ctx.now + LOBBY)
    await ctx.unit.rounds.add(live)
    await answer.look(ctx, live, ctx.now + LOBBY)
    await answer.redraw(ctx, quiz.id)
    return True


@job(answer.TURN)
async def turn_round(ctx: Context, subject: int) -> None:
    """Do what time has brought; look again when it will bring more."""
    live = await ctx.unit.rounds.seize(ctx.community.id, subject)
    quiz = await ctx.unit.quizzes.get(ctx.community.id, subject)
    if live is None or quiz is None or live.phase is Phase.ENDED:
        return
    at = await answer.next_edit(ctx, quiz.id)
    answers = await ctx.unit.quizzes.answered(quiz.community, quiz.id, live.position)
    everybody = await answer.all_in(ctx, live)
    new = turn(live, ctx.now, at, len(quiz.items), answers, everybody=everybody)
    await _become(ctx, quiz, live, new)
    if (ends := due(new)) and new == live:
        await answer.look(ctx, live, ends)


async def rouse(ctx: Context, live: Round) -> None:
    """Look at a round whose time is long over: the job that should have turned it was set aside."""
    ended = due(live)
    if ended and ctx.now - ended > AWAY:
        await answer.look(ctx, live, ctx.now)


@action("round-join", right=Role.MEMBER)
async def join(ctx: Context, number: int) -> Outcome:
    """Take part."""
    live, _ = await answer.find(ctx, number)
    if live.phase is Phase.ENDED:
        raise Refusal(T("This round is over. Practise on your own with {command}.", command=code("/quiz")))
    player = await answer.join(ctx, live)
    if live.phase is Phase.LOBBY:
        await answer.redraw(ctx, number)
    told = T("You are in. The questions come on the card.")
    return Toast(answer.with_team(told, player), light=True)


@action("steer", right=Role.MEMBER, role_aware=True)
async def steer(ctx: Context, number: int, position: int, phase: str, what: str) -> Outcome:
    """Start, go on, pause or stop; a button of a phase that is over does nothing more."""
    live = await ctx.unit.rounds.seize(ctx.community.id, number)
    quiz = await ctx.unit.quizzes.get(ctx.community.id, number)
    if live is None or quiz is None or what not in (PAUSE, NEXT, STOP):
        raise Refusal(TOO_OLD)
    if not may_run(ctx, live):
        raise Refusal(NOT_YOURS)
    if (live.position, live.phase) == (position, phase):
        await _steered(ctx, live, quiz, what)
    return None  # the card shows it


async def halt(ctx: Context) -> Outcome:
    """Stop the running round with the result so far."""
    current = await ctx.unit.rounds.current(ctx.community.id)
    live = await ctx.unit.rounds.seize(ctx.community.id, current.quiz) if current else None
    quiz = await ctx.unit.quizzes.get(ctx.community.id, live.quiz) if live else None
    if live is None or quiz is None or live.phase is Phase.ENDED:
        raise Refusal(T("No round is running. Open one with {command}.", command=code("/quiz")))
    if not may_run(ctx, live):
        raise Refusal(NOT_YOURS)
    await _steered(ctx, live, quiz, STOP)
    return say(T("The round has ended. The result is on its card."))


@action("round", right=Role.MEMBER)
async def tap(ctx: Context, number: int, position: int, response: str) -> Outcome:
    """A tap on the card itself; what it did is told to the presser alone."""
    live, quiz = await _asked(ctx, number, position)
    if not sheet.fits_a_row(quiz.items[position]) or not is_possible(quiz.items[position], response):
        raise Refusal(TOO_OLD)
    return Toast(await answer.give(ctx, live, quiz, position, response), light=True)


async def _find(ctx: Context, number: int, position: int) -> Item:
    _, quiz = await _asked(ctx, number, position)
    return quiz.items[position]


async def _show(ctx: Context, number: int, position: int, taken: str) -> Message:
    _, quiz = await _asked(ctx, number, position)
    item = quiz.items[position]
    title = T("Live round · question {n} of {all}", n=position + 1, all=len(quiz.items))
    rows = DESK.rows(item, quiz.community, number, position, taken)
    return card(title, *sheet.question(item, ctx.language), rows=rows)


async def _take(ctx: Context, number: int, position: int, response: str) -> Outcome:
    live, quiz = await answer.find(ctx, number)
    told = await answer.give(ctx, live, quiz, position, response)
    return Reply(say(told), replaces=True, personal=True)


DESK = desk("page", _find, _show, _take)


@hearing("round-card", right=Role.MEMBER)
async def hear(ctx: Context, number: int, words: str) -> Outcome:
    """A plain reply to the card answers an item that is answered in words; any other reply is people's own talk."""
    live, quiz = await answer.find(ctx, number)
    item = quiz.items[live.position]
    if not takes_votes(live, live.position) or item.kind not in (ItemKind.TEXT, ItemKind.NUMBER):
        return None
    await answer.check(ctx, live, quiz, live.position)
    if not is_possible(item, words):
        if item.kind is ItemKind.NUMBER:
            raise Refusal(T("I need a number here. Example: {example}", example=Decimal("12.5")))
        raise Refusal(T("Answer in a few words, at most {most} characters.", most=LONGEST_RESPONSE))
    told = await answer.give(ctx, live, quiz, live.position, words.strip())
    stands = (await ctx.unit.quizzes.answers(quiz.community, quiz.id, ctx.person.id))[live.position]
    # Thirty people may answer within the minute: where nothing else is to be said, a mark says enough.
    return Receipt(told) if stands == words.strip() and not live.teams else Reply(say(told))


async def _asked(ctx: Context, number: int, position: int) -> tuple[Round, Quiz]:
    """The round and its quiz while that item takes answers; refuses otherwise."""
    live, quiz = await answer.find(ctx, number)
    if not 0 <= position < len(quiz.items):
        raise Refusal(TOO_OLD)
    await answer.check(ctx, live, quiz, position)
    return live, quiz


async def _steered(ctx: Context, live: Round, quiz: Quiz, what: str) -> None:
    if what == STOP:
        return await _become(ctx, quiz, live, stop(live))
    if what == PAUSE:
        return await _become(ctx, quiz, live, pause(live, ctx.now))
    at = await answer.next_edit(ctx, quiz.id)
    answers = await ctx.unit.quizzes.answered(quiz.community, quiz.id, live.position)
    return await _become(ctx, quiz, live, forward(live, at, len(quiz.items), answers))


async def _become(ctx: Context, quiz: Quiz, old: Round, new: Round) -> None:
    """Store what became of a round, and let everybody see it."""
    if new == old:
        return
    await ctx.unit.rounds.save(new)
    if old.phase is Phase.LOBBY and new.phase is Phase.ASKING:
        await ctx.unit.items.asked(quiz.community, [item.id for item in quiz.items], ctx.now)
    if new.phase is Phase.ENDED:
        await finish(ctx, quiz)
    elif ends := due(new):
        await answer.look(ctx, new, ends)
    for position in sorted({old.position, new.position}):
        if takes_votes(old, position) != takes_votes(new, position):
            await poll.refresh(ctx, new, quiz, position)
    await answer.redraw(ctx, quiz.id)
