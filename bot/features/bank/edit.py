"""Changing an item part by part, each with its present words above the question for the new ones."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Code, Message, Outcome, Paragraph, Reply, Row, Tone, card
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Action, Example, Intro, action, command
from bot.context import Context
from bot.dialogue import go
from bot.domain.items import (
    LONGEST_EXPLANATION,
    LONGEST_PROMPT,
    LONGEST_SOURCE,
    MOST_OPTIONS,
    Item,
    ItemText,
    Kind,
    State,
    letter,
)
from bot.features.bank import page, picture
from bot.features.bank.add import LEVELS, LONGEST_TOPICS, tags_of
from bot.features.bank.change import NOTHING, Change, changed, kept, language_of
from bot.features.bank.written import check_lines, spelled, understand
from bot.param import Arg


@command(
    "quizbank edit",
    right=Role.MEMBER,
    aliases=("banksoal ubah", "quizbank ubah", "banksoal edit"),
    summary=T("Change a question of the bank"),
    examples=(
        Example("/quizbank edit 12", T("Shows question 12 with a button for each part")),
        Example("/quizbank edit", T("Asks for the number first")),
    ),
    role_aware=True,
)
async def edit(
    ctx: Context,
    n: Annotated[int, Arg(help=T("The question's number"), ask=T("Which question? Send its number."), most=999_999)],
) -> Outcome:
    """The parts of an item."""
    return await _parts(ctx, await page.find(ctx, n, page.may_edit))


@action("bank-edit", right=Role.MEMBER, role_aware=True)
async def parts(ctx: Context, number: int) -> Outcome:
    """The same in place of what was pressed."""
    return Reply(await _parts(ctx, await page.find(ctx, number, page.may_edit)), replaces=True)


def _part(read: Callable[[ItemText, Item, str], str]) -> Intro:
    async def intro(ctx: Context, number: int) -> tuple[Block, ...]:
        item = await page.find(ctx, number, page.may_edit)
        language = language_of(ctx, item)
        words = read(item.texts[language], item, language)
        return (Paragraph((T("Now:"),)), Code(words)) if words else ()

    return intro


@action("bank-prompt", right=Role.MEMBER, role_aware=True, intro=_part(lambda text, *_: text.prompt))
async def change_prompt(
    ctx: Context,
    number: int,
    prompt: Annotated[str, Arg(help=T("The question"), ask=T("What is the question?"), most=LONGEST_PROMPT)],
) -> Outcome:
    """Other words for the question."""
    return await _changed(ctx, number, lambda item, text: (item, replace(text, prompt=prompt)))


@action(
    "bank-options",
    right=Role.MEMBER,
    role_aware=True,
    intro=_part(lambda text, item, language: spelled(item, text, language)),
)
async def change_options(
    ctx: Context,
    number: int,
    options: Annotated[
        tuple[str, ...],
        Arg(
            help=T("Options, one a line, * before the right ones. Or: = answer, true, false"),
            ask=T("Write it anew in the same way: one a line, * before what is right, = before an answer."),
            most=MOST_OPTIONS,
            check=check_lines,
        ),
    ],
) -> Outcome:
    """Other options or answers, and what is right of them; without a mark the same place stays right."""

    def change(item: Item, text: ItemText) -> tuple[Item, ItemText]:
        written = understand(text.prompt, options, language_of(ctx, item))
        if item.kind is Kind.ORDER and written.numbered:
            written = replace(written, kind=Kind.ORDER)
        keeps = written.is_open and item.kind in (Kind.ONE, Kind.SEVERAL)
        right = item.right if keeps and len(written.options) == item.size else written.right
        kind = Kind.SEVERAL if len(right) > 1 else written.kind
        if len(item.texts) > 1 and (kind is not item.kind or len(written.options) != len(text.options)):
            raise Refusal(T("This question is written in two languages: keep as many options, in the same order."))
        hints = text.feedback if written.options == text.options else ()
        changed = replace(text, options=written.options, answers=written.answers, feedback=hints)
        return replace(item, kind=kind, right=right, number=written.number), changed

    return await _changed(ctx, number, change)


@action("bank-explain", right=Role.MEMBER, role_aware=True, intro=_part(lambda text, *_: text.explanation))
async def change_explanation(
    ctx: Context,
    number: int,
    explanation: Annotated[
        str,
        Arg(
            help=T("Why it is right, shown after the answer"),
            ask=T("Why is it right? {nothing} removes what is there.", nothing=code(NOTHING)),
            most=LONGEST_EXPLANATION,
        ),
    ],
) -> Outcome:
    """Another explanation."""
    return await _changed(ctx, number, lambda item, text: (item, replace(text, explanation=kept(explanation))))


@action("bank-hints", right=Role.MEMBER, role_aware=True, intro=_part(lambda text, *_: "\n".join(text.feedback)))
async def change_feedback(
    ctx: Context,
    number: int,
    feedback: Annotated[
        tuple[str, ...],
        Arg(
            help=T("What to say on each option, one a line, in their order"),
            ask=T(
                "What do you say on each option? One line each, in order; {nothing} for none.", nothing=code(NOTHING)
            ),
            most=MOST_OPTIONS,
        ),
    ],
) -> Outcome:
    """What is said to those who chose an option."""

    def change(item: Item, text: ItemText) -> tuple[Item, ItemText]:
        hints = tuple(map(kept, feedback))
        return item, replace(text, feedback=(*hints, *("",) * (item.size - len(hints))) if any(hints) else ())

    return await _changed(ctx, number, change)


@action("bank-topics", right=Role.MEMBER, role_aware=True, intro=_part(lambda _, item, __: ", ".join(item.tags)))
async def change_topics(
    ctx: Context,
    number: int,
    topics: Annotated[
        str,
        Arg(
            help=T("Topics, each a word, like biologi"),
            ask=T("Which topic? One word, like {example}; several with commas.", example=code("biologi")),
            most=LONGEST_TOPICS,
            check=tags_of,
        ),
    ],
) -> Outcome:
    """Other topics."""
    return await _changed(ctx, number, lambda item, text: (replace(item, tags=tags_of(topics)), text))


@action("bank-level", right=Role.MEMBER, role_aware=True)
async def change_difficulty(
    ctx: Context, number: int, level: Annotated[str, Arg(help=T("How hard it is"), choices=LEVELS)]
) -> Outcome:
    """Another difficulty."""
    return await _changed(ctx, number, lambda item, text: (replace(item, difficulty=int(level)), text))


@action("bank-source", right=Role.MEMBER, role_aware=True, intro=_part(lambda _, item, __: item.source))
async def change_source(
    ctx: Context,
    number: int,
    source: Annotated[
        str,
        Arg(
            help=T("Where it comes from, like a book and its page"),
            ask=T("Where does it come from? {nothing} removes what is there.", nothing=code(NOTHING)),
            most=LONGEST_SOURCE,
        ),
    ],
) -> Outcome:
    """Another source."""
    return await _changed(ctx, number, lambda item, text: (replace(item, source=kept(source)), text))


@action("bank-key", right=Role.MEMBER, role_aware=True)
async def change_key(ctx: Context, number: int, right: str) -> Outcome:
    """Another right option; the buttons hold what would be right (letters), `ok` before what is to be stored."""
    item = await page.find(ctx, number, page.may_edit)
    done, chosen = right.startswith("ok"), right.removeprefix("ok")
    if item.kind not in (Kind.ONE, Kind.SEVERAL, Kind.TRUTH) or not _is_key(item, chosen):
        raise Refusal(page.TOO_OLD)
    if done:
        key = tuple(map(int, chosen))
        kind = item.kind if item.kind is Kind.TRUTH else Kind.SEVERAL if len(key) > 1 else Kind.ONE
        return await _changed(ctx, number, lambda item, text: (replace(item, right=key, kind=kind), text))
    return Reply(_keys(ctx, item, chosen), replaces=True)


def _is_key(item: Item, chosen: str) -> bool:
    one = item.kind is not Kind.TRUTH or len(chosen) == 1
    return chosen.isdecimal() and one and list(chosen) == sorted(set(chosen)) and int(chosen[-1]) < item.size


def _keys(ctx: Context, item: Item, chosen: str) -> Message:
    """The item with a button for each option, those that would be right marked."""
    shown = replace(item, right=tuple(map(int, chosen)))
    each = []
    for option in range(item.size):
        digit = str(option)
        rest = digit if item.kind is Kind.TRUTH else "".join(sorted(set(chosen) ^ {digit})) or chosen
        label = (T("True"), T("False"))[option] if item.kind is Kind.TRUTH else letter(option)
        each.append(Button(label, change_key(item.community, item.id, rest), pick=digit in chosen))
    rows: list[Row] = [tuple(each[start : start + 5]) for start in range(0, len(each), 5)]
    save = Button(T("Save the key"), change_key(item.community, item.id, f"ok{chosen}"), tone=Tone.MAIN)
    rows.append((save, Button(T("Back"), parts(item.community, item.id))))
    blocks = page.whole(shown, ctx.language)
    return card(_title(item), *blocks, T("Tap all that is right."), rows=tuple(rows))


def _title(item: Item) -> T:
    return T("Question {number}", number=f"#{item.id}")


async def _parts(ctx: Context, item: Item, *told: Block) -> Message:
    """The item with everything that can be changed, and what was just done to it above."""
    scope, number = item.community, item.id

    def part(label: T, act: Action) -> Button:
        return Button(label, act(scope, number))

    chosen = item.kind in (Kind.ONE, Kind.SEVERAL, Kind.ORDER)
    first: list[Button] = [part(T("Question"), change_prompt)]
    first.append(part(T("Options") if chosen else T("Right answer"), change_options))
    if item.kind in (Kind.ONE, Kind.SEVERAL, Kind.TRUTH):
        digits = "".join(map(str, item.right))
        first.append(Button(T("Key"), change_key(scope, number, digits)))
    second = [part(T("Explanation"), change_explanation)]
    if item.size and item.kind is not Kind.ORDER:
        second.append(part(T("Feedback on options"), change_feedback))
    third = (
        part(T("Topics"), change_topics),
        part(T("Difficulty"), change_difficulty),
        part(T("Source"), change_source),
    )
    last: Row = (Button(T("Show the question"), go("quizbank show", str(number), scope=scope)),)
    if item.picture:
        last = (*last, part(T("Remove the picture"), picture.take_away))
    rows = (tuple(first), tuple(second), third, last)
    shown = (*told, *page.whole(item, ctx.language), await page.about(ctx, item))
    return card(_title(item), *shown, T("What shall be different?"), rows=rows)


async def _changed(ctx: Context, number: int, change: Change) -> Outcome:
    before = await page.hold(ctx, number, page.may_edit)
    item = await changed(ctx, before, change)
    if item == before:
        return Reply(await _parts(ctx, item))
    told = T("Changed.")
    if item.state is State.PROPOSED:
        told = T("Changed. A second person reads it before it is asked.")
    return Reply(await _parts(ctx, item, Paragraph((told,))))


ACTIONS = (
    parts,
    change_prompt,
    change_options,
    change_explanation,
    change_feedback,
    change_topics,
    change_difficulty,
    change_source,
    change_key,
)
