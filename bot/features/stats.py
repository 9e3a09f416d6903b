"""How a group takes part, for its organisers: numbers that name nobody, with what they cannot tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from bot.chat.message import Bar, Bars, Block, Bullets, Button, Message, Outcome, Reply, Row, card
from bot.chat.places import Role
from bot.chat.text import Day, Line, Percent, Span, T, code
from bot.command import Example, Feature, action, command
from bot.context import Context
from bot.dialogue import go
from bot.domain.participation import LEAST, Kind, Participation, Stretch, everybody, summed
from bot.domain.quiz import local_date
from bot.domain.rota import monday
from bot.features.digest.setting import DAYS
from bot.param import Arg, Choice

SHORT, LONG = 7, 30
"""Days that are looked back on."""

_SPANS = (Choice("7", T("7 days")), Choice("30", T("30 days")))


@dataclass(frozen=True, slots=True)
class Board:
    """The numbers of the last `days`, those of as many days before, people of each quiz day, and all members met."""

    community: int
    days: int
    now: Participation
    before: Participation
    quiz: Mapping[date, int]
    members: int

    @property
    def quiet(self) -> int:
        """Members who took part in nothing."""
        return max(0, self.members - self.now.people)


@command(
    "stats",
    right=Role.ORGANISER,
    aliases=("statistik", "group stats", "grup statistik"),
    summary=T("How the group takes part: numbers without names"),
    examples=(Example("/stats", T("The last 7 days")), Example("/stats 30", T("The last 30 days"))),
    slash="group stats",
)
async def stats(ctx: Context, days: Annotated[str, Arg(help=T("7 or 30 days"), choices=_SPANS)] = "7") -> Outcome:
    """The numbers, for the asker alone."""
    return Reply(_card(await _board(ctx, int(days))), personal=True)


@action("group-stats", right=Role.ORGANISER)
async def change(ctx: Context, days: int) -> Outcome:
    """The same for the other span of time."""
    return Reply(_card(await _board(ctx, LONG if days == LONG else SHORT)), replaces=True, personal=True)


async def _board(ctx: Context, days: int) -> Board:
    scope, found = ctx.community.id, ctx.unit.participations
    stretch = Stretch(ctx.now - timedelta(days=days), ctx.now)
    today = local_date(ctx.now, ctx.community.zone)
    quiz = await found.quiz_days(scope, today - timedelta(days=days - 1), today)
    now, before = await _numbers(ctx, stretch), await _numbers(ctx, stretch.before)
    return Board(scope, days, now, before, quiz, await found.members(scope))


async def _numbers(ctx: Context, stretch: Stretch) -> Participation:
    scope, found = ctx.community.id, ctx.unit.participations
    active = await found.active(scope, stretch)
    known = await found.known(scope, everybody(active), stretch.since)
    return summed(active, known, await found.waits(scope, stretch))


def _card(board: Board) -> Message:
    title = T("How the group takes part · the last {n} days", n=board.days)
    rows = _rows(board)
    if not (board.now.people or board.now.asked):
        how = T(
            "Nobody has taken part yet in these days. One question is enough to begin: {ask}, or a quiz: {quiz}.",
            ask=code("/ask"),
            quiz=code("/quizbank add"),
        )
        return card(title, how, _quiet(board), rows=rows)
    blocks: list[Block | T] = [Bullets((*_people(board), *_questions(board)))]
    if bars := _bars(board):
        head = T("Daily quiz, people a day:") if board.days == SHORT else T("Daily quiz, people a day by weeks:")
        blocks += (head, Bars(bars))
    return card(title, *blocks, _quiet(board), rows=rows)


def _people(board: Board) -> list[Line]:
    now, before = board.now, board.before
    people = T(
        "{n} person took part in something; {before} in the {days} days before.",
        "{n} people took part in something; {before} in the {days} days before.",
        n=now.people,
        before=before.people,
        days=board.days,
    )
    kinds = T(
        "Quiz {quiz} · questions {asked} · answers {answers} · resources {resources} · votes {votes}",
        quiz=now.kinds.get(Kind.QUIZ, 0),
        asked=now.kinds.get(Kind.QUESTION, 0),
        answers=now.kinds.get(Kind.ANSWER, 0),
        resources=now.kinds.get(Kind.RESOURCE, 0),
        votes=now.kinds.get(Kind.VOTE, 0),
    )
    first = T(
        "{n} person took part for the first time ever; {before} before.",
        "{n} people took part for the first time ever; {before} before.",
        n=now.first,
        before=before.first,
    )
    few = T("With fewer than {n} people I show no more of them, so that nobody is recognised.", n=LEAST)
    return [(people,), (kinds,), (first,)] if now.shows_shares else [(people,), (few,)]


def _questions(board: Board) -> list[Line]:
    now = board.now
    if not now.asked:
        return [(T("No question was asked."),)]
    answered: T = T(
        "{answered} of {n} question got an answer.",
        "{answered} of {n} questions got an answer.",
        n=now.asked,
        answered=now.answered,
    )
    lines: list[Line] = [(answered,)]
    if now.shows_shares:
        lines = [(answered, " ", _share(board))]
    if now.wait is not None:
        lines.append((_wait(board, now.wait),))
    return lines


def _share(board: Board) -> T:
    now, before = board.now, board.before
    share = Percent(now.answered / now.asked)
    if not (before.asked and before.shows_shares):
        return T("That is {share}.", share=share)
    return T("That is {share}; before {earlier}.", share=share, earlier=Percent(before.answered / before.asked))


def _wait(board: Board, wait: timedelta) -> T:
    if board.before.wait is None:
        return T("Half of the first answers came within {time}.", time=Span(wait))
    earlier = Span(board.before.wait)
    return T("Half of the first answers came within {time}; before within {earlier}.", time=Span(wait), earlier=earlier)


def _bars(board: Board) -> tuple[Bar, ...]:
    """People of each quiz day, or of the average one of each week where there are too many days to draw."""
    if board.days == SHORT:
        rows: list[tuple[T, int]] = [(DAYS[day.weekday()], count) for day, count in sorted(board.quiz.items())]
    else:
        weeks: dict[date, list[int]] = {}
        for day, count in sorted(board.quiz.items()):
            weeks.setdefault(monday(day), []).append(count)
        rows = [(T("Week of {day}", day=Day(week)), round(sum(all_) / len(all_))) for week, all_ in weeks.items()]
    most = max((count for _, count in rows), default=0)
    return tuple(Bar((label,), count, most) for label, count in rows) if most else ()


def _quiet(board: Board) -> T:
    return T(
        "About {n} member follows quietly: whom I have met here, less those who took part. Who never wrote or tapped "
        "anything is unknown to me, so there may be more; and who left may still be counted.",
        "About {n} members follow quietly: whom I have met here, less those who took part. Who never wrote or tapped "
        "anything is unknown to me, so there may be more; and who left may still be counted.",
        n=board.quiet,
    )


def _rows(board: Board) -> tuple[Row, ...]:
    other = LONG if board.days == SHORT else SHORT
    label = T("The last 30 days") if other == LONG else T("The last 7 days")
    digest = Button(T("Weekly digest"), go("digest", scope=board.community))
    return ((Button(label, change(board.community, other)), digest),)


FEATURE = Feature(commands=(stats,), actions=(change,))
