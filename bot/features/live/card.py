"""How a live round looks: one card in every place of the community, edited from phase to phase."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import assert_never

from bot.chat.message import Block, Button, Message, Paragraph, Row, Tone, card
from bot.chat.text import Inline, Line, Listing, Moment, Name, Percent, Shape, T
from bot.command import job
from bot.context import Context
from bot.domain.items import Kind
from bot.domain.quiz import Answer, Quiz
from bot.domain.rank import Rank, ranks, shares
from bot.domain.round import MOST_QUIET, SHOWN, Phase, Player, Round
from bot.features import sheet
from bot.features.live.answer import DRAW
from bot.features.live.end import mine
from bot.features.live.poll import has_polls, is_polled
from bot.features.live.run import DESK, NEXT, PAUSE, STOP, join, steer, tap
from bot.features.practice import USUAL, solo
from bot.features.rich import rich

MOST_NAMES = 5
"""Names on one shared place; of the others only the number is told."""

Right = Mapping[int, int]
"""Right answers by person."""


@job(DRAW)
async def draw(ctx: Context, subject: int) -> None:
    """Have the card edited in every place."""
    await ctx.post(show_round, subject)


@job("round-card")
async def show_round(ctx: Context, subject: int) -> Message | None:
    """The card as the round stands now."""
    live = await ctx.unit.rounds.get(ctx.community.id, subject)
    quiz = await ctx.unit.quizzes.get(ctx.community.id, subject)
    if live is None or quiz is None:
        return None
    match live.phase:
        case Phase.LOBBY:
            return await _lobby(ctx, live, quiz)
        case Phase.ASKING:
            return _asking(ctx, live, quiz)
        case Phase.SHOWING:
            return await _showing(ctx, live, quiz)
        case Phase.PAUSED:
            return _paused(live, quiz)
        case Phase.ENDED:
            return await _ended(ctx, live, quiz)
        case _:
            assert_never(live.phase)


async def catch_up(ctx: Context) -> None:
    """A place that the bot has just come into gets the round that is running."""
    live = await ctx.unit.rounds.current(ctx.community.id) if ctx.found else None
    if live:
        await ctx.post_in(ctx.place, show_round, live.quiz)


async def _lobby(ctx: Context, live: Round, quiz: Quiz) -> Message:
    n = len(quiz.items)
    title: T = T("Live round · {n} question", "Live round · {n} questions", n=n)
    tags = set.intersection(*(set(item.tags) for item in quiz.items))
    about: tuple[Inline, ...] = (T("Topic: {topic}", topic=Listing(tuple(sorted(tags)))),) if tags else ()
    sizes = await ctx.unit.rounds.sizes(live.community, live.quiz)
    how = T("{n} seconds for each question. Tap to join; whoever opened it starts the round.", n=live.seconds)
    rows = (
        (Button(T("Join"), join(live.community, live.quiz), tone=Tone.MAIN), control(live, T("Start"), NEXT)),
        (control(live, T("Stop the round"), STOP),),
    )
    return card(title, *about, how, *_gathered(sizes, live.teams), rows=rows)


def _gathered(sizes: Mapping[int, int], teams: int) -> tuple[Block, ...]:
    """How many are in, by teams where there are any."""
    count = Paragraph((T("{n} person is in.", "{n} people are in.", n=sum(sizes.values())),))
    lines = [(T("Team {team}: {count}", team=team, count=sizes.get(team, 0)),) for team in range(1, teams + 1)]
    return (count, sheet.stack(lines)) if lines else (count,)


def _asking(ctx: Context, live: Round, quiz: Quiz) -> Message:
    item = quiz.items[live.position]
    scope, number, position = quiz.community, quiz.id, live.position
    ends_at = live.ends_at or ctx.now
    left = max(0, ceil((ends_at - ctx.now).total_seconds()))
    hints = [T("You have {n} seconds. Closes: {when}", n=left, when=Moment(ends_at, Shape.RELATIVE))]
    row = DESK.public_row(item, scope, number, position, tap, alone=True)
    if is_polled(live, item) and has_polls(ctx, ctx.place):
        # A vote on the poll is seen by everybody; whoever is shy answers here.
        hints.append(T("Vote in the poll below, or answer here unseen."))
        row = sheet.link(T("Answer unseen"), DESK.open_(scope, number, position))
    elif item.kind in (Kind.TEXT, Kind.NUMBER):
        hints.append(T("Reply to this card with your answer, or tap the button."))
    blocks = sheet.question(item, ctx.language)
    return card(_title(live, quiz), *blocks, *hints, rows=(row, _running(live)))


async def _showing(ctx: Context, live: Round, quiz: Quiz) -> Message:
    tally = await ctx.unit.quizzes.tally(quiz.community, quiz.id)
    blocks = sheet.result(quiz.items[live.position], tally, live.position, ctx.language)
    count = T("{n} person answered.", "{n} people answered.", n=tally.answers(live.position))
    more = live.position + 1 < len(quiz.items)
    seconds = int(SHOWN.total_seconds())
    then = T("The next question comes in {n} seconds.", n=seconds) if more else T("The result comes in a moment.")
    answers = await ctx.unit.quizzes.all_answers(quiz.community, quiz.id) if live.teams else {}
    teams = await _teams(ctx, live, _right(answers))
    return card(_title(live, quiz), *blocks, count, *teams, then, rows=(_running(live),))


def _paused(live: Round, quiz: Quiz) -> Message:
    told = T("Paused. Whoever runs the round goes on with a tap; after a day it ends by itself.")
    row = (control(live, T("Go on"), NEXT, Tone.MAIN), control(live, T("Stop the round"), STOP))
    if live.rest:
        left = T("{n} second is left for this question.", "{n} seconds are left for this question.", n=_seconds(live))
        return card(_title(live, quiz), told, left, rows=(row,))
    return card(_title(live, quiz), told, rows=(row,))


async def _ended(ctx: Context, live: Round, quiz: Quiz) -> Message:
    answers = await ctx.unit.quizzes.all_answers(quiz.community, quiz.id)
    practise = Button(T("Practise"), solo(quiz.community, str(USUAL), ""))
    title = T("Live round · result")
    quiet = (T("Nobody answered two questions in a row, so the round stopped by itself."),)
    stopped = quiet if live.quiet >= MOST_QUIET else ()
    if not answers:
        return card(title, *stopped, T("This round has ended without answers. You can still practise."),
                    rows=((practise,),))  # fmt: skip
    right = _right(answers)
    given = sum(map(len, answers.values()))
    played = T("{n} person took part.", "{n} people took part.", n=len(answers))
    share = T("{share} of all answers were right.", share=Percent(sum(right.values()) / given))
    blocks = (*await _best(ctx, right), *await _teams(ctx, live, right), *_hardest(ctx, quiz, answers))
    own = Button(T("My result"), mine(quiz.community, quiz.id), tone=Tone.MAIN)
    return card(title, *stopped, played, share, *blocks, rows=((own, practise),))


async def _best(ctx: Context, right: Right) -> tuple[Block, ...]:
    """The first three places among those who wish to be ranked."""
    names = await ctx.unit.people.ranked(ctx.community.id, list(right))
    lines = [_place(rank, names) for rank in ranks({person: right[person] for person in names})]
    return (Paragraph((T("Most right answers:"),)), sheet.stack(lines)) if lines else ()


def _place(rank: Rank, names: Mapping[int, str]) -> Line:
    shown = tuple(Name(names[person], f"#{person}") for person in rank.people[:MOST_NAMES])
    others = len(rank.people) - len(shown)
    listed = Listing((*shown, T("{n} more", n=others))) if others else Listing(shown)
    return (T("{place}. {names}: {right}", place=rank.place, names=listed, right=rank.right),)


async def _teams(ctx: Context, live: Round, right: Right) -> tuple[Block, ...]:
    """How the teams stand: right answers by member, so that their size does not matter."""
    if not live.teams:
        return ()
    players: Sequence[Player] = await ctx.unit.rounds.players(live.community, live.quiz)
    teams = {player.person: player.team for player in players}
    lines = [
        (T("Team {team}: {share} right", team=team, share=Percent(share)),)
        for team, share in shares(teams, right, live.position + 1).items()
    ]
    return (sheet.stack(lines),) if lines else ()


def _hardest(ctx: Context, quiz: Quiz, answers: Mapping[int, Sequence[Answer]]) -> tuple[Block, ...]:
    """The item that the fewest had right, if anybody had one wrong."""
    counts: dict[int, tuple[int, int]] = {}
    for each in (answer for given in answers.values() for answer in given):
        right, whole = counts.get(each.position, (0, 0))
        counts[each.position] = right + each.right, whole + 1
    position = min(counts, key=lambda at: (counts[at][0] / counts[at][1], at))
    right, whole = counts[position]
    if right == whole:
        return ()
    told = T("The hardest was question {number}: {right} of {all} right.", number=position + 1, right=right, all=whole)
    return (Paragraph((told,)), *rich(quiz.items[position].text(ctx.language).prompt))


def _right(answers: Mapping[int, Sequence[Answer]]) -> Right:
    return {person: sum(answer.right for answer in given) for person, given in answers.items()}


def _title(live: Round, quiz: Quiz) -> T:
    return T("Live round · question {n} of {all}", n=live.position + 1, all=len(quiz.items))


def _running(live: Round) -> Row:
    label = T("Show the result") if live.phase is Phase.ASKING else T("Next")
    return (control(live, label, NEXT), control(live, T("Pause"), PAUSE), control(live, T("Stop the round"), STOP))


def control(live: Round, label: T, what: str, tone: Tone = Tone.PLAIN) -> Button:
    """A button for whoever runs the round, good for the phase that it is in now."""
    tone = Tone.DANGER if what == STOP else tone
    return Button(label, steer(live.community, live.quiz, live.position, live.phase.value, what), tone=tone)


def _seconds(live: Round) -> int:
    return -(-live.rest // 1000)
