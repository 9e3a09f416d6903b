"""Asking: similar questions first, then a card in every place of the group, in which people answer."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Any

from bot.chat.clean import visible
from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Outcome, Paragraph, Reply, Row, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import Line, T, code
from bot.command import Example, Finding, Menu, action, command
from bot.context import Context
from bot.domain.address import check_keys
from bot.domain.question import LONGEST_QUESTION, MOST_AN_HOUR, Wish, take_topics
from bot.domain.search import Query, parse
from bot.features import faq
from bot.features.library.shelf import FINDING as RESOURCES
from bot.features.question import entry, opening, target
from bot.param import Arg, Choice

ANONYMOUS = "anon"
NAMED = "named"
MOST_SIMILAR = 3
ALIKE, LEAST, ENOUGH = 0.5, 2, 8
"""What is shown first has this share of a question's words, at least two of them; of a long one only so many count."""

PATIENCE = timedelta(minutes=30)
"""How long a question is kept while its author looks at similar ones."""

KINDS: dict[str, Finding] = {each.kind: each for each in (faq.FINDING, entry.FINDING, RESOURCES)}
"""What may answer a question before it is asked."""


async def _may(ctx: Context, known: Mapping[str, Any]) -> None:
    """Whoever may ask nothing now, or not without a name here, is told before the question is written."""
    await _check_author(ctx, ctx.person.id, anonymous=known.get("how") == ANONYMOUS)


@command(
    "ask",
    right=Role.MEMBER,
    aliases=("tanya",),
    summary=T("Ask the group a question"),
    examples=(
        Example("/ask Why is the sky blue? #physics", T("A question with a topic")),
        Example("/tanya anon Kenapa 0! = 1? #matematika", T("In private: without your name")),
    ),
    menu=Menu.PRIVATE | Menu.GROUP,
    menu_name="tanya",
    on_message=T("Turn into question"),
    role_aware=True,
    guard=_may,
)
async def ask(
    ctx: Context,
    *,
    how: Annotated[str, Arg(help=T("anon: without your name"), choices=(Choice(ANONYMOUS, T("anonymous")),))] = NAMED,
    words: Annotated[
        str,
        Arg(
            help=T("The question, with #topics if you like"),
            ask=T("What would you like to know? One message, with a #topic if you like."),
            most=LONGEST_QUESTION,
            quoted=True,
        ),
    ],
) -> Outcome:
    """Show what is similar, or ask at once where nothing is."""
    anonymous = how == ANONYMOUS
    author = await _author(ctx, words)
    await _check(ctx, words, author, anonymous)
    found = await _similar(ctx, words)
    if not found:
        question = await opening.open_(ctx, words, author, anonymous=anonymous)
        return await opening.told(ctx, question)
    return await _preview(ctx, words, author, how or NAMED, found)


async def _preview(
    ctx: Context, words: str, author: int, how: str, found: Sequence[tuple[Finding, int, Line]]
) -> Outcome:
    """What is similar, with ways to look at it and to go on; the words wait meanwhile."""
    number = await ctx.unit.drafts.put_text(ctx.person.id, words, ctx.now + PATIENCE)
    scope, owner = ctx.community.id, ctx.person.id
    opens: Row = tuple(
        Button(T("Open {number}", number=place), finding.open(scope, subject))
        for place, (finding, subject, _) in enumerate(found, 1)
        if finding.open
    )
    on: Row = (Button(T("Ask it anyway"), go_on(scope, number, author, how, owner=owner), tone=Tone.MAIN),)
    if how != ANONYMOUS and author == owner and _unseen(ctx):
        on = (*on, Button(T("Ask it without my name"), go_on(scope, number, author, ANONYMOUS, owner=owner)))
    cancel: Row = (Button(T("Cancel"), drop(scope, number, owner=owner), tone=Tone.DANGER),)
    lines: list[Block] = [
        Paragraph((f"{place}. ", finding.label, " · ", *line)) for place, (finding, _, line) in enumerate(found, 1)
    ]
    return Reply(card(T("Is your answer here already?"), *lines, rows=(opens, on, cancel)), personal=True)


@action("question-ask", right=Role.MEMBER, role_aware=True)
async def go_on(ctx: Context, draft: int, author: int, how: str) -> Outcome:
    """Ask it although there are similar ones; pressing twice asks once."""
    words = await _taken(ctx, draft)
    anonymous = how == ANONYMOUS
    await _check(ctx, words, author, anonymous)
    question = await opening.open_(ctx, words, author, anonymous=anonymous)
    return Reply(await opening.receipt(ctx, question), replaces=True, personal=True)


@action("question-drop", right=Role.MEMBER)
async def drop(ctx: Context, draft: int) -> Outcome:
    """Ask nothing after all."""
    await _taken(ctx, draft)
    return Reply(say(T("Cancelled. Nothing was saved.")), replaces=True, personal=True)


async def _author(ctx: Context, words: str) -> int:
    """Whose question it is: that of the message which is turned into one, else the actor's."""
    if ctx.quoted is None or words != ctx.quoted.text.strip():
        return ctx.person.id
    return await target.writer(ctx) or ctx.person.id


def _unseen(ctx: Context) -> bool:
    """Whether nobody else saw who wrote this."""
    return ctx.private or ctx.own is None


async def _check(ctx: Context, words: str, author: int, anonymous: bool) -> None:
    check_words(words)
    await _check_author(ctx, author, anonymous=anonymous)


def check_words(words: str) -> None:
    """Refuse what holds a key, or nothing that could be answered."""
    check_keys(words)
    if not visible("".join(word for word in words.replace("```", " ").split() if not word.startswith("#"))):
        raise Refusal(T("Add your question after the command. Example: {example}", example=code(ask.examples[0].line)))


async def _check_author(ctx: Context, author: int, *, anonymous: bool) -> None:
    if await _asked_lately(ctx, author) >= MOST_AN_HOUR:
        raise Refusal(
            T("That makes {n} questions within an hour. Give the others time to answer, then ask on.", n=MOST_AN_HOUR)
        )
    if not anonymous:
        return
    if not _unseen(ctx) or author != ctx.person.id:
        raise Refusal(T("Here everybody sees who writes. To ask without your name, send this to me in private."))
    until = await ctx.unit.questions.muted_until(ctx.community.id, author)
    if until and until > ctx.now:
        raise Refusal(T("Moderators ask you to sign your questions for now. You can ask with your name."))


async def _asked_lately(ctx: Context, author: int) -> int:
    """How many questions that person asked within an hour; of somebody else only those that everybody knows of."""
    since = ctx.now - timedelta(hours=1)
    if author == ctx.person.id:
        return await ctx.unit.questions.asked_since(ctx.community.id, author, since)
    newest = await ctx.unit.questions.page(ctx.community.id, Wish(owner=author), 0, 2 * MOST_AN_HOUR)
    return sum(each.asked_at >= since and not each.anonymous for each in newest)


async def _taken(ctx: Context, draft: int) -> str:
    """The words that were kept; from now on they are not."""
    words = await ctx.unit.drafts.get_text(draft, ctx.person.id, ctx.now)
    if words is None:
        raise Refusal(T("This question was asked already, or it waited for too long. Send it again."))
    await ctx.unit.drafts.drop(draft)
    return words


async def _similar(ctx: Context, words: str) -> list[tuple[Finding, int, Line]]:
    """What may answer it already, the most alike first."""
    query = Query(parse(take_topics(words)[0]).words)
    found = await ctx.unit.searches.find(ctx.community.id, query, tuple(KINDS)) if query.words else None
    count = len(query.words)
    least = max(ALIKE * min(count, ENOUGH), min(LEAST, count))
    hits = [hit for hit in found.hits if hit.found >= least] if found else []
    lines = {
        kind: await finding.show(ctx, [hit.subject for hit in hits if hit.kind == kind])
        for kind, finding in KINDS.items()
    }
    shown = [
        (KINDS[hit.kind], hit.subject, lines[hit.kind][hit.subject]) for hit in hits if hit.subject in lines[hit.kind]
    ]
    return shown[:MOST_SIMILAR]
