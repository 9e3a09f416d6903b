"""Looking through the questions: open ones, those without an answer, one's own, those of a topic, one by its name."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Bullets, Button, Message, Outcome, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.press import Press
from bot.chat.text import T, code
from bot.command import Example, Menu, action, command
from bot.context import Context
from bot.domain.question import Question, State, Wish, read_name
from bot.features.question import entry, helper, page, rule
from bot.formats.check import legal_tag
from bot.param import Arg, Choice

PAGE = 5
MOST_TOPICS = 4

OPEN, MINE, WAITING, ALL = "open", "mine", "waiting", "all"
_WORDS = {
    OPEN: ("open", "terbuka", "buka"),
    MINE: ("mine", "punyaku", "milikku", "saya"),
    WAITING: ("waiting", "unanswered", "menunggu", "belum"),
    ALL: ("all", "semua"),
}
_HELP = ("help", "bantu", "membantu")
_HERE = ("here", "sini", "disini")


async def topics(ctx: Context, text: str) -> tuple[Choice, ...]:
    """What the command takes, and the topics that contain what was typed."""
    words = (OPEN, WAITING, MINE, "help")
    found = [f"#{tag}" for tag in await ctx.unit.questions.tags(ctx.community.id)]
    return tuple(Choice(each, each) for each in (*words, *found) if text.casefold().lstrip("#") in each)


@command(
    "questions",
    right=Role.MEMBER,
    aliases=("pertanyaan", "question list", "pertanyaan daftar"),
    summary=T("What the group has asked, and what waits for an answer"),
    examples=(
        Example("/questions", T("Open questions, the newest first")),
        Example("/pertanyaan menunggu", T("Those without an answer, the oldest first")),
        Example("/questions mine", T("What you asked")),
        Example("/questions Q12", T("Everything about one")),
        Example("/questions help", T("Choose topics about which you can help")),
        Example("/questions here", T("Organisers: let questions be posted where you write this")),
    ),
    menu=Menu.GROUP,
    menu_name="pertanyaan",
    role_aware=True,
    slash="question list",
)
async def questions(
    ctx: Context,
    what: Annotated[
        str, Arg(help=T("open, waiting, mine, #topic, Q12, help, or here"), most=100, complete=topics)
    ] = "",
) -> Outcome:
    """The first page of what is asked for, or one question."""
    words = " ".join((what or OPEN).casefold().split())
    number, nth = read_name(words) or (0, 0)
    # Nothing here is an anonymous administrator's own, who hears nothing that is personal.
    personal = ctx.who is not None
    if nth:
        question, answer = await page.find(ctx, number), await page.find_answer(ctx, number, nth)
        return Reply(await page.answer_page(ctx, question, answer), personal=personal)
    if number:
        return Reply(await page.page(ctx, await page.find(ctx, number)), personal=personal)
    if words in _HELP:
        return await helper.helping.handler(ctx)
    if words in _HERE:
        return await rule.move_here(ctx)
    which = next((each for each, names in _WORDS.items() if words in names), None)
    tag = "" if which else words.lstrip("#")
    return Reply(await _list(ctx, which or ALL, tag, 0), personal=personal)


@action("question-list", right=Role.MEMBER, role_aware=True)
async def turn(ctx: Context, which: str, tag: str, start: int) -> Outcome:
    """Another page or other questions, in place."""
    if which not in _WORDS or (tag and not legal_tag(tag)):
        raise Refusal(page.TOO_OLD)
    return Reply(await _list(ctx, which, tag, max(0, start)), replaces=True, personal=True)


async def _list(ctx: Context, which: str, tag: str, start: int) -> Message:
    found = await _found(ctx, which, tag, start)
    shown = found[:PAGE]
    filters = await _filters(ctx, which, tag)
    if not shown:
        return say(_nothing(which, tag), rows=filters)
    back = (Button(T("Back"), _turn(ctx, which, tag, max(0, start - PAGE))),) if start else ()
    on = (Button(T("More"), _turn(ctx, which, tag, start + PAGE)),) if len(found) > PAGE and _fits(tag) else ()
    opens: Row = tuple(Button(each.name, page.press("show", each.community, each.id)) for each in shown)
    rows = (opens, (*back, *on), *filters)
    title = T("Questions · {first} to {last}", first=start + 1, last=start + len(shown))
    return card(title, Bullets(await entry.lines(ctx, shown)), rows=tuple(row for row in rows if row))


async def _found(ctx: Context, which: str, tag: str, start: int) -> Sequence[Question]:
    scope = ctx.community.id
    if which == WAITING:
        return (await ctx.unit.questions.unanswered(scope, start + PAGE + 1))[start:]
    wish = Wish(tag=tag)
    if which == OPEN:
        wish = replace(wish, state=State.OPEN)
    if which == MINE:
        wish = replace(wish, owner=ctx.person.id)
    return await ctx.unit.questions.page(scope, wish, start, PAGE + 1)


def _nothing(which: str, tag: str) -> T:
    """An empty list that says what can be done."""
    if tag:
        return T("Nothing was asked about {topic} yet. Be the first: {command}", topic=f"#{tag}", command=code("/ask"))
    match which:
        case "mine":
            return T("You have asked nothing yet. It begins with {command}", command=code("/ask"))
        case "waiting":
            return T("Nothing waits for an answer. Well done, all of you!")
        case "open":
            return T("No question is open. Ask one: {command}", command=code("/ask"))
        case _:
            return T("Nobody has asked anything yet. Be the first: {command}", command=code("/ask"))


async def _filters(ctx: Context, which: str, tag: str) -> tuple[Row, ...]:
    labels = {OPEN: T("Open"), WAITING: T("Without answer"), MINE: T("Mine"), ALL: T("All")}
    kinds: Row = tuple(
        Button(label, _turn(ctx, each, "", 0), pick=each == which and not tag) for each, label in labels.items()
    )
    known = [each for each in await ctx.unit.questions.tags(ctx.community.id) if _fits(each)][:MOST_TOPICS]
    tags: Row = tuple(Button(f"#{each}", _turn(ctx, ALL, each, 0), pick=each == tag) for each in known)
    help_: Row = (Button(T("Help with questions"), page.press("helping", ctx.community.id)),)
    return tuple(row for row in (kinds, tags, help_) if row)


def _fits(tag: str) -> bool:
    """Whether a button has room for it."""
    return not tag or page.pressable(tag)


def _turn(ctx: Context, which: str, tag: str, start: int) -> Press:
    return turn(ctx.community.id, which, tag if _fits(tag) else "", start)
