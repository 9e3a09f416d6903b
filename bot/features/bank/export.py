"""Giving the bank away as a file, in the formats that are also read."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.file import Document
from bot.chat.message import Block, Bullets, Outcome, Paragraph, Reply, card
from bot.chat.places import Role
from bot.chat.text import Line, Listing, T, bold, code
from bot.command import Example, command
from bot.context import Context
from bot.domain.items import LONGEST_TAG, Item, Kind, State
from bot.features.bank import draft, page
from bot.features.practice import topics
from bot.formats.check import legal_tag
from bot.formats.source import Format
from bot.param import Arg, Choice

USUAL_DIFFICULTY = 2
"""What an item has that says nothing else, so that nothing is lost without it."""

MOST_NAMED = 10
"""Questions that are named one by one where a format cannot hold them; of the others their number is said."""

_FORMATS = (
    Choice(Format.CSV, "CSV"),
    Choice(Format.XLSX, "Excel (xlsx)"),
    Choice(Format.GIFT, "GIFT"),
    Choice(Format.AIKEN, "Aiken"),
    Choice(Format.ANKI, "Anki"),
)
_ENDINGS = {Format.CSV: "csv", Format.XLSX: "xlsx", Format.GIFT: "gift.txt", Format.AIKEN: "txt", Format.ANKI: "txt"}
_MIME = {Format.CSV: "text/csv", Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_KINDS: Mapping[Format, Collection[Kind]] = {
    Format.AIKEN: (Kind.ONE, Kind.TRUTH),
    Format.GIFT: tuple(kind for kind in Kind if kind is not Kind.ORDER),
}
_Part = tuple[T, Callable[[Item], object]]
_LANGUAGES: _Part = (T("words in another language"), lambda item: len(item.texts) > 1)
_FEEDBACK: _Part = (T("feedback on options"), lambda item: any(any(text.feedback) for text in item.texts.values()))
_DIFFICULTY: _Part = (T("the difficulty"), lambda item: item.difficulty != USUAL_DIFFICULTY)
_NO_PLACE: Mapping[Format, tuple[_Part, ...]] = {
    Format.AIKEN: (
        (T("explanations"), lambda item: any(text.explanation for text in item.texts.values())),
        _FEEDBACK,
        (T("topics"), lambda item: item.tags),
        _DIFFICULTY,
        (T("sources"), lambda item: item.source),
        _LANGUAGES,
    ),
    Format.ANKI: (_FEEDBACK, _DIFFICULTY, _LANGUAGES),
    Format.GIFT: (_LANGUAGES,),
}
"""What a format has no place for although it holds the question, with whether an item has it."""


@command(
    "quizbank export",
    right=Role.TRUSTED,
    aliases=("banksoal ekspor", "quizbank ekspor", "banksoal export"),
    summary=T("Get the bank as a file"),
    examples=(
        Example("/quizbank export csv", T("All questions in use, for a spreadsheet")),
        Example("/quizbank export gift biologi", T("One topic, for Moodle")),
    ),
)
async def give(
    ctx: Context,
    form: Annotated[str, Arg(help=T("CSV, Excel, GIFT, Aiken or Anki"), ask=T("In which format?"), choices=_FORMATS)],
    topic: Annotated[str, Arg(help=T("A topic of the bank"), most=LONGEST_TAG, complete=topics)] = "",
) -> Outcome:
    """The items in use, as a private file."""
    tag, wanted = (topic or "").casefold().lstrip("#"), Format(form)
    items = await draft.in_state(ctx, State.ACTIVE, tag)
    # In a thread, so that everybody else is answered meanwhile.
    held, left = await asyncio.to_thread(_parted, items, wanted)
    if not items:
        raise Refusal(
            T(
                "There are no questions to give away here. {command} shows what there is.",
                command=code("/quizbank list"),
            )
        )
    told = _left_out(left, wanted)
    if not held:
        return Reply(card(T("No file"), *told), personal=True)
    stem = f"bank-{tag}" if legal_tag(tag) else "bank"
    language = ctx.community.language

    def write() -> Document:
        from bot.formats import library

        content = library.write(wanted, held, language)
        return Document(f"{stem}.{_ENDINGS[wanted]}", content, _MIME.get(wanted, "text/plain"))

    count = T("{n} question in this file.", "{n} questions in this file.", n=len(held))
    message = card(T("The bank as a file"), count, *_without(held, wanted), *told)
    return Reply(message, personal=True, attach=write)


def _parted(items: Sequence[Item], form: Format) -> tuple[Sequence[Item], Sequence[Item]]:
    """Those that the format can hold, and the others."""
    # Only for those who export: no start waits for the formats.
    from bot.formats import library

    held = {item.id for item in items if library.holds(form, item)}
    return [item for item in items if item.id in held], [item for item in items if item.id not in held]


def _without(held: Sequence[Item], form: Format) -> tuple[Block, ...]:
    """What is not in the file of the items that are."""
    parts = tuple(name for name, has in _NO_PLACE.get(form, ()) if any(map(has, held)))
    if not parts:
        return ()
    return (Paragraph((T("Only here, because the format has no place for it: {parts}.", parts=Listing(parts)),)),)


def _left_out(left: Sequence[Item], form: Format) -> tuple[Block, ...]:
    """The items that the format cannot hold, and why."""
    if not left:
        return ()
    label = next(str(choice.label) for choice in _FORMATS if choice.value == form)
    head = T(
        "{n} question is not in it, because {format} cannot hold it:",
        "{n} questions are not in it, because {format} cannot hold them:",
        n=len(left),
        format=label,
    )
    lines: list[Line] = [(bold(f"#{item.id} "), _why(item, form)) for item in left[:MOST_NAMED]]
    if len(left) > MOST_NAMED:
        rest = Listing(tuple(f"#{item.id}" for item in left[MOST_NAMED : 5 * MOST_NAMED]))
        lines.append((T("also {numbers}", numbers=rest),))
    if len(left) > 5 * MOST_NAMED:
        lines.append((T("And {n} more.", n=len(left) - 5 * MOST_NAMED),))
    return (Paragraph((head,)), Bullets(tuple(lines)))


def _why(item: Item, form: Format) -> T:
    if item.picture:
        return T("it has a picture")
    if item.kind not in _KINDS.get(form, Kind):
        return T("its kind: {kind}", kind=page.KINDS[item.kind])
    if form is Format.GIFT and item.number and item.number.unit:
        return T("it has a unit")
    return T("its words need signs that mean something else there")
