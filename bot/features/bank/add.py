"""Writing a question for the bank: by dialogue, by form, or in one message."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Reply, Tone, card
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, action, command
from bot.context import Context
from bot.dialogue import go
from bot.domain.items import (
    LONGEST_EXPLANATION,
    LONGEST_PROMPT,
    LONGEST_SOURCE,
    LONGEST_TAG,
    MOST_OPTIONS,
    MOST_TAGS,
    Item,
    Kind,
    State,
    letter,
)
from bot.domain.similar import MOST_FOUND, near, near_blindly, twin
from bot.features import sheet
from bot.features.bank import draft, page
from bot.features.bank.written import IN_ORDER, Written, check_lines, understand
from bot.features.practice import topics
from bot.formats.check import check, legal_tag
from bot.param import Arg, Choice

LONGEST_TOPICS = MOST_TAGS * (LONGEST_TAG + 2)

LEVELS = tuple(Choice(str(level), label) for level, label in page.DIFFICULTIES.items())


def offered(bound: Mapping[str, Any]) -> tuple[Choice, ...]:
    """What may be right where the lines do not say it: one of the options, or numbered lines in their order."""
    if not {"prompt", "options"} <= set(bound):
        return ()
    written = understand(bound["prompt"], bound["options"])
    if not written.is_open:
        return ()
    each = tuple(
        Choice(letter(place).lower(), f"{letter(place)}. {option}") for place, option in enumerate(written.options)
    )
    return (*each, Choice(IN_ORDER, T("They stand in the right order"))) if written.numbered else each


def tags_of(topics: str) -> tuple[str, ...]:
    """The topics, parted by commas or by `#`, as tags; refuses what is none."""
    words = [part.split() for part in topics.casefold().replace("#", ",").split(",")]
    tags = tuple(dict.fromkeys("-".join(word) for word in words if word))
    if not all(map(legal_tag, tags)):
        raise Refusal(T("A topic is one word of letters and digits. Example: {example}", example=code("biologi")))
    if len(tags) > MOST_TAGS:
        raise Refusal(T("There are {count} topics, at most {most} fit.", count=len(tags), most=MOST_TAGS))
    return tags


@command(
    "quizbank add",
    right=Role.MEMBER,
    aliases=("banksoal tambah", "quizbank tambah", "banksoal add"),
    summary=T("Add a question to the bank"),
    examples=(
        Example(
            "/quizbank add 7 × 8 = ?\n54\n*56\n63",
            T("Question in the first line, then one option a line, * before what is right"),
        ),
        Example("/quizbank add π?\n= 3,14 ± 0,01", T("= before the answer: a word, or a number")),
        Example("/quizbank add", T("Asks for everything, step by step")),
    ),
    role_aware=True,
)
async def add(
    ctx: Context,
    prompt: Annotated[str, Arg(help=T("The question"), ask=T("What is the question?"), most=LONGEST_PROMPT)],
    options: Annotated[
        tuple[str, ...],
        Arg(
            help=T("Options, one a line, * before the right ones. Or: = answer, true, false"),
            ask=T(
                "Which options are there? Send 2 to 10, one a line, with * before what is right. "
                "Without options: {word}, {number}, or {truth}.",
                word=code("= Tokyo"),
                number=code("= 3,14 ± 0,01 m"),
                truth=code("benar"),
            ),
            most=MOST_OPTIONS,
            check=check_lines,
        ),
    ],
    right: Annotated[str, Arg(help=T("The letter of the right option"), ask=T("Which one is right?"), offer=offered)],
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
            help=T("Topics, each a word, like biologi"),
            ask=T("Which topic? One word, like {example}; several with commas.", example=code("biologi")),
            most=LONGEST_TOPICS,
            complete=topics,
            later=True,
            check=tags_of,
        ),
    ] = "",
    difficulty: Annotated[str, Arg(help=T("How hard it is"), choices=LEVELS)] = "2",
    source: Annotated[str, Arg(help=T("Where it comes from, like a book and its page"), most=LONGEST_SOURCE)] = "",
) -> Outcome:
    """Store the item, or first show those that ask nearly the same."""
    await draft.check_room(ctx)
    written = settled(understand(prompt, options, ctx.community.language), right or "")
    text = replace(written.text(prompt), explanation=explanation or "")
    item = Item(
        ctx.community.id,
        0,
        {ctx.community.language: text},
        written.right,
        ctx.person.id,
        tags_of(topic or ""),
        int(difficulty or 2),
        source or "",
        draft.first_state(ctx),
        written.kind,
        written.number,
    )
    if problem := check(item):
        raise Refusal(problem)
    return await known(ctx, item) or await saved(ctx, item)


def settled(written: Written, right: str) -> Written:
    """The lines with what was then said to be right."""
    if not written.is_open:
        return written
    if right == IN_ORDER:
        return replace(written, kind=Kind.ORDER)
    option = ord(right) - ord("a")
    marked = tuple(f"*{words}" if place == option else words for place, words in enumerate(written.options))
    truth = understand("", marked)
    return truth if truth.kind is Kind.TRUTH else replace(written, right=(option,))


@action("bank-anyway", right=Role.MEMBER, role_aware=True)
async def save_anyway(ctx: Context, number: int) -> Outcome:
    """Save a question although there are similar ones."""
    await draft.check_room(ctx)
    (item, *more) = await draft.take(ctx, number)
    if more:
        raise Refusal(draft.GONE)
    return Reply(await saved(ctx, item), replaces=True)


async def known(ctx: Context, item: Item) -> Message | None:
    """What to say where the bank has this question, or some that are much like it; others' that wait stay unseen."""
    bank = await draft.everything(ctx)
    visible = [each for each in bank if page.may_see(ctx, each)]
    hidden = [each for each in bank if not page.may_see(ctx, each) and each.state is State.ACTIVE]
    # In threads, so that everybody else is answered meanwhile.
    if same := await asyncio.to_thread(twin, item, visible):
        show = (Button(T("Show the question"), go("quizbank show", str(same.id), scope=item.community)),)
        return card(T("In the bank already"), *_short(ctx, same), rows=(show,))
    found = await asyncio.to_thread(near, item, visible)
    found = (*found, *await asyncio.to_thread(near_blindly, item, hidden))[:MOST_FOUND]
    if not found:
        return None
    number = await draft.put(ctx, (item,))
    keep = Button(T("Save anyway"), save_anyway(item.community, number), tone=Tone.MAIN)
    cancel = Button(T("Cancel"), draft.drop(item.community, number), tone=Tone.DANGER)
    shown = [block for each in found for block in _short(ctx, each)]
    yours = (Paragraph((T("Yours:"),)), *page.whole(item, ctx.language))
    return card(T("Is it one of these?"), *shown, *yours, rows=((keep, cancel),))


def _short(ctx: Context, item: Item) -> tuple[Block, ...]:
    """The item, with its key only for those who may see that: others may yet be asked."""
    label = T("Question {number}", number=f"#{item.id}")
    head = T("{item} · {state}", item=label, state=page.STATES[item.state])
    shown = page.whole if page.may_see(ctx, item) else sheet.question
    return (Paragraph((head,)), *shown(item, ctx.language))


async def saved(ctx: Context, item: Item) -> Message:
    """Store the item, and say what becomes of it."""
    (stored,) = await draft.save(ctx, (item,))
    return await told(ctx, stored)


async def told(ctx: Context, stored: Item) -> Message:
    """What becomes of a new item."""
    number = code(f"#{stored.id}")
    if stored.state is State.PROPOSED:
        text = T(
            "Question {number} is written down. A second person reads it, then it is asked; I'll tell you. {command}",
            number=number,
            command=code("/quizbank mine"),
        )
    else:
        count = await ctx.unit.items.count(ctx.community.id, "")
        text = T("Question {number} is in the bank, which now holds {n}.", number=number, n=count)
    again = Button(T("Add another"), go("quizbank add", scope=ctx.community.id))
    edit = Button(T("Edit"), go("quizbank edit", str(stored.id), scope=ctx.community.id))
    row = (again, edit) if page.may_edit(ctx, stored) else (again,)
    return card(T("Saved"), text, *page.whole(stored, ctx.language), rows=(row,))
