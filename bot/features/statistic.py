"""What the answers say about the bank's items: those that need a look first, and a chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from bot.chart import Share, draw_shares
from bot.chat.fit import shorten
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import Line, Listing, Percent, T, bold
from bot.command import Example, Feature, action, command
from bot.context import Context
from bot.dialogue import go
from bot.domain.items import Item, State, letter
from bot.domain.statistic import LEAST, TELLING, Few, Statistic
from bot.features import sheet
from bot.features.practice import topics
from bot.features.review import doubt, numbers
from bot.formats.check import legal_tag
from bot.param import Arg
from bot.speech import Speech

PAGE = 6
QUIZZES = 60
"""Quizzes whose questions are shown, two months of daily ones: reading more answers would hold up other groups."""

LONGEST = 90
"""Characters of a question that are shown here."""

_WELL, _VERY_WELL = 0.3, 0.4
"""Ebel's steps above `TELLING`."""


@dataclass(frozen=True, slots=True)
class Board:
    """The items of a topic that the newest `quizzes` asked, those that need a look first, and how many they did not."""

    rows: tuple[tuple[Item, Statistic | Few], ...]
    bare: int
    tag: str
    quizzes: int

    def page(self, start: int) -> tuple[tuple[Item, Statistic | Few], ...]:
        """The rows of the page that begins there."""
        return self.rows[start : start + PAGE]

    def bars(self, start: int) -> list[Share]:
        """What there is to draw of that page."""
        found = [(item, one) for item, one in self.page(start) if isinstance(one, Statistic)]
        return [Share(f"#{item.id} · n={one.n} · {one.facility:.0%}", one.facility) for item, one in found]


@command(
    "quizbank stats",
    right=Role.TRUSTED,
    aliases=("banksoal statistik", "quizbank statistik", "banksoal stats"),
    summary=T("What the answers say about the questions"),
    examples=(
        Example("/quizbank stats", T("Those that need a look first")),
        Example("/quizbank stats biologi", T("Only one topic")),
    ),
)
async def stats(
    ctx: Context,
    topic: Annotated[str, Arg(help=T("A topic of the bank"), most=32, complete=topics)] = "",
) -> Outcome:
    """The first page."""
    tag = (topic or "").casefold().lstrip("#")
    board = await _board(ctx, tag)
    if not board.rows:
        return await _nothing(ctx, board)
    return Reply(_page(ctx, board, 0), personal=True)


@action("stats", right=Role.TRUSTED)
async def turn(ctx: Context, start: int, topic: str) -> Outcome:
    """Another page, in place."""
    board = await _board(ctx, topic)
    if not board.rows:
        return await _nothing(ctx, board)
    return Reply(_page(ctx, board, start if 0 <= start < len(board.rows) else 0), replaces=True, personal=True)


@action("chart", right=Role.TRUSTED)
async def chart(ctx: Context, start: int, topic: str) -> Outcome:
    """The page's items as a picture."""
    bars = (await _board(ctx, topic)).bars(max(0, start))
    if not bars:
        return say(T("There is nothing to draw yet: it takes {least} answers to a question.", least=LEAST))
    speech = Speech(ctx.language, ctx.community.zone, ctx.community.register)
    title = T("Right at the first answer")
    told = T("How many were right at their first answer, question by question; n is how many answered.")
    return Reply(say(told), personal=True, attach=partial(draw_shares, "statistics", speech.words(title), bars))


async def _board(ctx: Context, tag: str) -> Board:
    bank = {item.id: item for item in await ctx.unit.items.list(ctx.community.id, State.ACTIVE, tag)}
    newest = await ctx.unit.quizzes.newest(ctx.community.id, QUIZZES)
    asked = {item.id for quiz in newest for item in quiz.items} & bank.keys()
    found = await numbers(ctx, [bank[number] for number in sorted(asked)], QUIZZES)
    rows = sorted(((bank[number], one) for number, one in found.items() if one.n), key=_urgency)
    return Board(tuple(rows), len(bank) - len(rows), tag, len(newest))


def _urgency(row: tuple[Item, Statistic | Few]) -> tuple[int, float, int]:
    """A doubted key first, then whatever else needs a look, then what tells least apart, then too few answers."""
    item, one = row
    if isinstance(one, Few):
        return 3, -one.n, item.id
    step = 0 if one.doubt else 1 if one.needs_a_look else 2
    return step, one.discrimination or 0.0, item.id


def _page(ctx: Context, board: Board, start: int) -> Message:
    shown = board.page(start)
    title = T(
        "Item statistics · {first} to {last} of {count}",
        first=start + 1,
        last=start + len(shown),
        count=len(board.rows),
    )
    source = T(
        "From the newest {n} quiz. Each person's first answer counts, practice does not.",
        "From the newest {n} quizzes. Each person's first answer counts, practice does not.",
        n=board.quizzes,
    )
    blocks: list[Block] = [Paragraph((source,))]
    blocks += [_block(ctx, item, one) for item, one in shown]
    if board.bare and start + PAGE >= len(board.rows):
        rest = T("{n} more question was not asked there.", "{n} more questions were not asked there.", n=board.bare)
        blocks.append(Paragraph((rest,)))
    return card(title, *blocks, rows=_rows(ctx, board, start))


def _block(ctx: Context, item: Item, one: Statistic | Few) -> Paragraph:
    words = shorten(" ".join(item.text(ctx.language).prompt.split()), LONGEST)
    head: Line = (bold(f"#{item.id} "), words)
    match one:
        case Few():
            return sheet.stack((head, (T("not enough answers yet ({n} of {least})", n=one.n, least=LEAST),)))
        case Statistic():
            return sheet.stack((head, (_summary(one),), *((each,) for each in _findings(item, one))))


def _summary(one: Statistic) -> T:
    if one.facility in (0.0, 1.0):
        return T("{n} answers · {share} right", n=one.n, share=Percent(one.facility))
    telling = _telling(one.discrimination)
    return T("{n} answers · {share} right · {telling}", n=one.n, share=Percent(one.facility), telling=telling)


def _telling(value: float | None) -> T:
    """The discrimination with what it means."""
    if value is None:
        return T("nothing to compare with yet")
    number = round(value, 2) + 0.0
    if value >= _VERY_WELL:
        return T("tells people apart very well ({value})", value=number)
    if value >= _WELL:
        return T("tells people apart well ({value})", value=number)
    if value >= TELLING:
        return T("tells people apart a little ({value})", value=number)
    return T("hardly tells people apart ({value})", value=number)


def _findings(item: Item, one: Statistic) -> Sequence[T]:
    evidence = doubt(item, one)
    suspicious = (T("⚠ Is the key right? {evidence}", evidence=evidence),) if evidence else ()
    drags = one.dead and not one.is_easy
    letters = Listing(tuple(letter(option) for option in one.dead))
    dead = (T("Hardly anybody falls for {options}: a better wrong answer helps.", options=letters),) if drags else ()
    easy = (T("Too easy: nearly everybody is right at once."),) if one.is_easy else ()
    hard = (T("Too hard: hardly anybody is right at once."),) if one.is_hard and not evidence else ()
    return (*suspicious, *dead, *easy, *hard)


def _rows(ctx: Context, board: Board, start: int) -> tuple[Row, ...]:
    scope, word = ctx.community.id, board.tag if legal_tag(board.tag) else ""
    back = (Button(T("Show the ones before"), turn(scope, max(0, start - PAGE), word)),) if start else ()
    on = (Button(T("Show more"), turn(scope, start + PAGE, word)),) if start + PAGE < len(board.rows) else ()
    drawn = (Button(T("Draw a chart"), chart(scope, start, word)),) if board.bars(start) else ()
    return tuple(row for row in ((*back, *on), drawn) if row)


async def _nothing(ctx: Context, board: Board) -> Outcome:
    scope = ctx.community.id
    if board.bare:
        row = sheet.link(T("Today's quiz"), go("daily", scope=scope))
        return say(
            T("None of these questions was answered lately. After {least} answers you see here how each one does.",
              least=LEAST), rows=(row,))  # fmt: skip
    tags = await ctx.unit.items.tags(scope)
    if not board.tag or not tags:
        return say(sheet.EMPTY)
    rows = tuple((Button(found, go("quizbank stats", found, scope=scope)),) for found in tags[:5])
    return say(T("There are no questions about {topic} yet. These topics have some:", topic=board.tag), rows=rows)


FEATURE = Feature(commands=(stats,), actions=(turn, chart))
