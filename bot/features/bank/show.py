"""Looking at the bank: one item, the items of a topic page by page, and what one wrote oneself."""

from collections.abc import Sequence
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Bullets, Button, Message, Outcome, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.press import Press
from bot.chat.text import Line, T, bold
from bot.command import Example, action, command
from bot.context import Context
from bot.dialogue import go
from bot.domain.items import LONGEST_TAG, Item, State
from bot.features.bank import page
from bot.features.practice import topics
from bot.features.rich import inline
from bot.formats.check import legal_tag
from bot.param import Arg

PAGE = 5
MOST_MINE = 20

LONGEST_WORD = 28
"""Characters of a topic for which a button has room; the pages of a longer one are not turned."""

_STATES = {"a": State.ACTIVE, "p": State.PROPOSED, "r": State.RETIRED}
_FILTERS = {State.ACTIVE: T("In use"), State.PROPOSED: T("Waiting"), State.RETIRED: T("Retired")}


@command(
    "quizbank show",
    right=Role.MEMBER,
    aliases=("banksoal lihat", "quizbank lihat", "banksoal show"),
    summary=T("See everything about one question"),
    examples=(
        Example("/quizbank show 12", T("Question 12 with its key, author and history")),
        Example("/quizbank show", T("Asks for the number first")),
    ),
    role_aware=True,
)
async def show(
    ctx: Context,
    n: Annotated[int, Arg(help=T("The question's number"), ask=T("Which question? Send its number."), most=999_999)],
) -> Outcome:
    """Trusted members see every item, others their own."""
    return Reply(await page.page(ctx, await page.find(ctx, n, page.may_see)), personal=True)


@command(
    "quizbank list",
    right=Role.TRUSTED,
    aliases=("banksoal daftar", "quizbank daftar", "banksoal list"),
    summary=T("Look through the question bank"),
    examples=(
        Example("/quizbank list", T("The newest questions")),
        Example("/quizbank list biologi", T("Only one topic")),
    ),
)
async def list_items(
    ctx: Context,
    topic: Annotated[str, Arg(help=T("A topic of the bank"), most=LONGEST_TAG, complete=topics)] = "",
) -> Outcome:
    """The first page of the bank."""
    return Reply(await _page(ctx, (topic or "").casefold().lstrip("#"), State.ACTIVE, 0))


@action("bank", right=Role.TRUSTED)
async def turn(ctx: Context, start: int, topic: str, state: str) -> Outcome:
    """Another page or other items, in place."""
    if state not in _STATES:
        raise Refusal(page.TOO_OLD)
    return Reply(await _page(ctx, topic, _STATES[state], max(0, start)), replaces=True)


@command(
    "quizbank mine",
    right=Role.MEMBER,
    aliases=("banksoal punyaku", "quizbank punyaku", "banksoal mine"),
    summary=T("The questions that you wrote, and what became of them"),
    examples=(Example("/quizbank mine", T("Yours, the newest first")), Example("/banksoal punyaku", T("The same"))),
)
async def mine(ctx: Context) -> Outcome:
    """The person's own items with their states."""
    found: list[Item] = []
    for state in State:
        found += await ctx.unit.items.list(ctx.community.id, state, author=ctx.person.id)
    add: Row = (Button(T("Add a question"), go("quizbank add", scope=ctx.community.id)),)
    if not found:
        return Reply(say(T("You have written no question yet. The first one takes a minute."), rows=(add,)))
    newest = sorted(found, key=lambda item: item.id, reverse=True)[:MOST_MINE]
    lines = tuple((*_line(ctx, item), " · ", _became(item)) for item in newest)
    title = T("{n} question of yours", "{n} questions of yours", n=len(found))
    return Reply(card(title, Bullets(lines), rows=(_numbers(newest[:PAGE]), add)), personal=True)


def _became(item: Item) -> T:
    return T("sent back: {reason}", reason=item.note) if item.note else page.STATES[item.state]


async def _page(ctx: Context, tag: str, state: State, start: int) -> Message:
    community = ctx.community.id
    if state is State.ACTIVE:
        count = await ctx.unit.items.count(community, tag)
        items = await ctx.unit.items.page(community, tag, start, PAGE)
    else:
        newest = (await ctx.unit.items.list(community, state, tag))[::-1]
        count, items = len(newest), newest[start : start + PAGE]
    filters = _filters(community, tag, state)
    if not items:
        text = T("No questions here yet. The first one takes a minute.")
        return say(text, rows=((Button(T("Add a question"), go("quizbank add", scope=community)),), filters))
    last = start + len(items)
    title = T("Question bank · {first} to {last} of {count}", first=start + 1, last=last, count=count)
    back = (Button(T("Newer"), _turn(community, max(0, start - PAGE), tag, state)),) if start and _fits(tag) else ()
    on = (Button(T("Older"), _turn(community, last, tag, state)),) if last < count and _fits(tag) else ()
    review = (Button(T("Review"), go("quizbank review", scope=community)),) if state is State.PROPOSED else ()
    rows = (_numbers(items), (*back, *on), filters, review)
    return card(title, Bullets(tuple(_line(ctx, item) for item in items)), rows=tuple(row for row in rows if row))


def _line(ctx: Context, item: Item) -> Line:
    tags = " ".join(f"#{tag}" for tag in item.tags)
    return (bold(f"#{item.id} "), *inline(item.text(ctx.language).prompt), f" {tags}" if tags else "")


def _numbers(items: Sequence[Item]) -> Row:
    return tuple(Button(f"#{each.id}", go("quizbank show", str(each.id), scope=each.community)) for each in items)


def _filters(community: int, tag: str, state: State) -> Row:
    return tuple(
        Button(label, _turn(community, 0, tag, each), pick=each is state)
        for each, label in _FILTERS.items()
        if _fits(tag)
    )


def _fits(tag: str) -> bool:
    return not tag or (legal_tag(tag) and len(tag) <= LONGEST_WORD)


def _turn(community: int, start: int, tag: str, state: State) -> Press:
    word = next(word for word, each in _STATES.items() if each is state)
    return turn(community, start, tag, word)
