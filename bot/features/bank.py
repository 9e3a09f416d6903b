"""The group's question bank: adding an item in a dialogue, and looking through what is there."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from bot.chat.errors import Refusal
from bot.chat.message import Bullets, Button, Message, Outcome, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import Run, Style, T, code
from bot.command import Arg, Choice, Example, Feature, action, command
from bot.context import Context
from bot.dialogue import go
from bot.domain.items import LONGEST_EXPLANATION, LONGEST_OPTION, LONGEST_PROMPT, MOST_OPTIONS, Item, ItemText, letter
from bot.features import sheet
from bot.features.practice import topics

PAGE = 5

_TAG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def lettered(bound: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The options that were just given, by letter."""
    options = bound.get("options", ())
    return tuple(Choice(letter(index).lower(), f"{letter(index)}. {option}") for index, option in enumerate(options))


def tag_of(topic: str) -> str:
    """The topic as a tag; refuses what is no word."""
    tag = "-".join(topic.casefold().lstrip("#").split())
    if tag and not _TAG.fullmatch(tag):
        raise Refusal(T("A topic is one word of letters and digits. Example: {example}", example=code("biologi")))
    return tag


def check_options(options: tuple[str, ...]) -> None:
    """Refuse options that are alike or too long for a button's row."""
    if len({option.casefold() for option in options}) < len(options):
        raise Refusal(T("Two options are the same. Make each one different."))
    if longest := next((option for option in options if len(option) > LONGEST_OPTION), ""):
        raise Refusal(
            T("An option is too long: {length} characters, at most {most}.", length=len(longest), most=LONGEST_OPTION)
        )


@command(
    "quizbank add",
    right=Role.TRUSTED,
    aliases=("banksoal tambah", "quizbank tambah", "banksoal add"),
    summary=T("Add a question to the bank"),
    examples=(
        Example("/quizbank add", T("Asks for everything, step by step")),
        Example(
            "/quizbank add 7 × 8 = ?\n54\n56\n63",
            T("Question in the first line, then one option a line"),
        ),
    ),
)
async def add(
    ctx: Context,
    prompt: Annotated[str, Arg(help=T("The question"), ask=T("What is the question?"), most=LONGEST_PROMPT)],
    options: Annotated[
        tuple[str, ...],
        Arg(
            help=T("The options, 2 to 5, one a line"),
            ask=T("Which options are there? Send 2 to 5, one a line."),
            least=2,
            most=MOST_OPTIONS,
            check=check_options,
        ),
    ],
    right: Annotated[str, Arg(help=T("The letter of the right option"), ask=T("Which one is right?"), offer=lettered)],
    explanation: Annotated[
        str,
        Arg(
            help=T("Why it is right, shown after the answer"),
            ask=T("Why is it right? One or two sentences help most."),
            most=LONGEST_EXPLANATION,
            later=True,
        ),
    ] = "",
    topic: Annotated[
        str,
        Arg(
            help=T("A topic in one word, like biologi"),
            ask=T("Which topic? One word, like {example}.", example=code("biologi")),
            most=32,
            complete=topics,
            later=True,
            check=tag_of,
        ),
    ] = "",
) -> Outcome:
    """Store the item."""
    tag = tag_of(topic or "")
    words = ItemText(prompt, options, explanation or "")
    index = ord(right) - ord("a")
    item = Item(
        ctx.community.id,
        0,
        {ctx.community.language: words},
        index,
        ctx.person.id,
        (tag,) if tag else (),
    )
    stored = await ctx.unit.items.add(item, ctx.now)
    count = await ctx.unit.items.count(ctx.community.id, "")
    saved = T("Question {number} is in the bank, which now holds {n}.", number=code(f"#{stored.id}"), n=count)
    again = (Button(T("Add another"), go("quizbank add", scope=ctx.community.id)),)
    shown = sheet.question(stored, ctx.language)
    key = T("Right: {letter}", letter=letter(index))
    return card(T("Saved"), saved, *shown, key, rows=(again,))


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
    topic: Annotated[str, Arg(help=T("A topic of the bank"), most=32, complete=topics)] = "",
) -> Outcome:
    """The first page of the bank."""
    return Reply(await _page(ctx, (topic or "").casefold().lstrip("#"), 0))


@action("bank-page", right=Role.TRUSTED)
async def turn(ctx: Context, start: int, topic: str) -> Outcome:
    """Another page, in place."""
    return Reply(await _page(ctx, topic, max(0, start)), replaces=True)


async def _page(ctx: Context, tag: str, start: int) -> Message:
    community = ctx.community.id
    count = await ctx.unit.items.count(community, tag)
    if not count:
        add_row: Row = (Button(T("Add a question"), go("quizbank add", scope=community)),)
        text = T("No questions here yet. The first one takes a minute.")
        return say(text, rows=(add_row,))
    items = await ctx.unit.items.page(community, tag, start, PAGE)
    lines = tuple(
        (Run(f"#{item.id} ", Style.BOLD), item.text(ctx.language).prompt, " ", " ".join(f"#{tag}" for tag in item.tags))
        for item in items
    )
    last = start + len(items)
    title = T("Question bank · {first} to {last} of {count}", first=start + 1, last=last, count=count)
    back = (Button(T("Newer"), turn(community, max(0, start - PAGE), _word(tag))),) if start else ()
    on = (Button(T("Older"), turn(community, last, _word(tag))),) if last < count else ()
    row = (*back, *on)
    return card(title, Bullets(lines), rows=(row,) if row else ())


def _word(tag: str) -> str:
    """The topic for a button, which holds only such words; any other topic has no items and no pages."""
    return tag if _TAG.fullmatch(tag) and len(tag) <= 24 else ""


FEATURE = Feature(
    commands=(add, list_items),
    actions=(turn,),
    groups=(("quizbank", T("The group's question bank")),),
)
