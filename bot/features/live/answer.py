"""What somebody gives in a live round: they join, their answer is kept once, and they learn which one stands."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.chat.errors import Refusal
from bot.chat.text import T, code
from bot.context import Context
from bot.domain.answer import is_right
from bot.domain.jobs import Job
from bot.domain.quiz import Answer, Quiz
from bot.domain.round import EVERYBODY, Phase, Player, Round, Verdict, accept, smallest
from bot.features import sheet

TURN = "round-turn"
"""The job that looks whether a phase is over."""

DRAW = "round-draw"
"""The job that has the card edited in every place."""

BETWEEN_EDITS = timedelta(seconds=3)
"""The card is edited at most this often, whatever happens meanwhile."""

_UNCOUNTED: Mapping[Verdict, T] = {
    Verdict.EARLY: T("The round has not started yet. The first question comes on the card."),
    Verdict.LATE: T("This question is over. The next one comes on the card."),
    Verdict.PAUSED: T("The round is paused. Answer again as soon as it goes on."),
    Verdict.OVER: T("This round is over. Practise on your own with {command}.", command=code("/quiz")),
}


async def find(ctx: Context, number: int) -> tuple[Round, Quiz]:
    """The round of that number and its quiz, held against being turned; refuses where there is none."""
    live = await ctx.unit.rounds.get(ctx.community.id, number)
    quiz = await ctx.unit.quizzes.get(ctx.community.id, number) if live else None
    if live is None or quiz is None:
        raise Refusal(_UNCOUNTED[Verdict.OVER])
    return live, quiz


async def check(ctx: Context, live: Round, quiz: Quiz, position: int) -> None:
    """Refuse an answer that no longer counts, or not yet; one that was given is named."""
    verdict = accept(live, position, ctx.now)
    if verdict is Verdict.COUNTS:
        return
    given = await ctx.unit.quizzes.answers(quiz.community, quiz.id, ctx.person.id)
    if verdict is Verdict.LATE and position in given:
        spelled = sheet.spelled(quiz.items[position], given[position])
        raise Refusal(T("This question is over. Your answer {answer} counts.", answer=spelled))
    raise Refusal(_UNCOUNTED[verdict])


async def join(ctx: Context, live: Round) -> Player:
    """Let the person take part, in the smallest team; who is in stays in."""
    team = 0
    if live.teams:
        team = smallest(await ctx.unit.rounds.sizes(live.community, live.quiz), live.teams)
    return await ctx.unit.rounds.join(Player(live.community, live.quiz, ctx.person.id, team, ctx.now))


async def give(ctx: Context, live: Round, quiz: Quiz, position: int, response: str) -> T:
    """Keep a possible answer that counts, and say which one stands; right or wrong is told to all at the end."""
    player = await join(ctx, live)
    answer = Answer(position, response, is_right(quiz.items[position], response))
    standing = await ctx.unit.quizzes.answer(quiz, player.person, answer, ctx.now)
    await _hurry(ctx, live)
    spelled = sheet.spelled(quiz.items[position], standing[position])
    told = T("Your answer {answer} is in. The result comes on the card.", answer=spelled)
    if standing[position] != response:
        told = T("Your first answer stands: {answer}. The result comes on the card.", answer=spelled)
    return with_team(told, player)


async def change(ctx: Context, live: Round, quiz: Quiz, position: int, response: str) -> None:
    """Let this vote hold instead of what the person gave before; "" takes that back."""
    await ctx.unit.quizzes.retract(quiz, ctx.person.id, position)
    if response:
        await give(ctx, live, quiz, position, response)


def with_team(told: T, player: Player) -> T:
    """The same, and privately the player's team where there are any."""
    return T("{told} You are in team {team}.", told=told, team=player.team) if player.team else told


async def all_in(ctx: Context, live: Round) -> bool:
    """Whether all who were in when the item was asked have answered it; large rounds leave that to the clock.

    Who comes only now is welcome until the time is up, but nobody knows to wait for them.
    """
    if live.phase is not Phase.ASKING or live.ends_at is None:
        return False
    asked_at = live.ends_at - timedelta(seconds=live.seconds)
    players, answered = await ctx.unit.rounds.awaited(live.community, live.quiz, live.position, asked_at, EVERYBODY + 1)
    return 0 < players <= EVERYBODY and answered == players


async def look(ctx: Context, live: Round, at: datetime) -> None:
    """Have the round looked at then; what was asked for before is forgotten."""
    await ctx.unit.jobs.put(Job(live.community, f"{TURN}:{live.quiz}", TURN, live.quiz, at))


async def next_edit(ctx: Context, number: int) -> datetime:
    """When the card may next be edited."""
    last = await ctx.unit.jobs.get(ctx.community.id, f"{DRAW}:{number}")
    if last is None:
        return ctx.now
    # A clock that was put back must not make the card wait for that time to come again.
    next_at = last.due_at if last.due_at > ctx.now else last.due_at + BETWEEN_EDITS
    return min(max(ctx.now, next_at), ctx.now + BETWEEN_EDITS)


async def redraw(ctx: Context, number: int) -> None:
    """Have the card edited in every place, at once or as soon as it may be."""
    at = await next_edit(ctx, number)
    await ctx.unit.jobs.put(Job(ctx.community.id, f"{DRAW}:{number}", DRAW, number, at))


async def _hurry(ctx: Context, live: Round) -> None:
    if await all_in(ctx, live):
        await look(ctx, live, ctx.now)
