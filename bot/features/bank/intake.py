"""Taking questions over from a file or from pasted text: all of them or none, after a look at what came out."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from bot.chat.file import Document
from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Reply, Row, Tone, card
from bot.chat.places import Role
from bot.chat.text import Line, Listing, T, bold, code
from bot.command import Example, command
from bot.context import Context
from bot.dialogue import go
from bot.domain.items import Item
from bot.domain.similar import similar, unknown
from bot.features.bank import draft, page
from bot.features.rich import inline
from bot.formats.draft import MOST_BYTES, MOST_PROBLEMS, Draft, Problem, Unreadable
from bot.param import Arg

MOST_SHOWN = 3
"""Questions that a preview shows in full."""

MOST_PAIRS = 5
"""Similar questions that a preview shows, each beside the one of the bank."""

MOST_TOPICS = 8

_GROUP = ""
"""Stands for the group's language while a file is read, where nothing is known of the group."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What reading a file gave: its questions, or why there are none."""

    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...] = ()


def read_upload(file: Document) -> Upload:
    """The questions of a file or of pasted words, in any format that is read."""
    # Only for those who import: no start waits for the formats.
    from bot.formats import library

    try:
        return Upload(library.read(file.name, file.content, _GROUP))
    except Unreadable as error:
        return Upload((), error.problems)


@command(
    "quizbank import",
    right=Role.TRUSTED,
    aliases=("banksoal impor", "quizbank impor", "banksoal import"),
    summary=T("Take over questions from a file or pasted text"),
    examples=(
        Example("/quizbank import", T("Then send a file: CSV, Excel, GIFT, Aiken or Anki")),
        Example(
            "/quizbank import Ibu kota Jepang?\nA. Osaka\nB. Tokyo\nANSWER: B",
            T("Or paste the questions, here in Aiken's format"),
        ),
    ),
)
async def take_over(
    ctx: Context,
    file: Annotated[
        Upload,
        Arg(
            help=T("CSV, Excel, GIFT, Aiken or Anki text, at most 2,000 questions"),
            ask=T("Send the file (CSV, Excel, GIFT, Aiken or Anki text), or paste the questions here."),
            most=MOST_BYTES,
            read=read_upload,
        ),
    ],
) -> Outcome:
    """Show what came out; nothing is stored before somebody says so."""
    if file.problems:
        return Reply(_refused(ctx, file.problems), personal=True)
    items = tuple(_ours(ctx, each.item) for each in file.drafts)
    bank = await draft.everything(ctx)
    # In a thread, so that everybody else is answered meanwhile.
    fresh = await asyncio.to_thread(unknown, items, bank)
    near = await asyncio.to_thread(similar, fresh, bank)
    return Reply(await preview(ctx, items, fresh, near), personal=True)


async def preview(
    ctx: Context, items: Sequence[Item], fresh: Sequence[Item], near: Mapping[int, Sequence[Item]]
) -> Message:
    """What would be saved; `fresh` are those of the items that are new, `near` what the bank has of the kind.

    Those that are like others stand last in the draft, so that a number says which are saved.
    """
    scope = ctx.community.id
    known = len(items) - len(fresh)
    there = T(
        "{n} of them is in the bank already and stays out.",
        "{n} of them are in the bank already and stay out.",
        n=known,
    )
    read = T("{n} question read: {what}.", "{n} questions read: {what}.", n=len(items), what=_count(items))
    told: list[Block] = [Paragraph((read,))]
    if topics := _topics(items):
        told.append(Paragraph((T("Topics: {topics}", topics=topics),)))
    if known:
        told.append(Paragraph((there,)))
    if not fresh:
        look: Row = (Button(T("Look through the bank"), go("quizbank list", scope=scope)),)
        return card(T("Nothing new"), *told, rows=(look,))
    clean = [item for place, item in enumerate(fresh) if place not in near]
    number = await draft.put(ctx, (*clean, *(fresh[place] for place in near)))
    shown = [block for item in fresh[:MOST_SHOWN] for block in page.whole(item, ctx.language)]
    if len(fresh) > MOST_SHOWN:
        more = len(fresh) - MOST_SHOWN
        shown.append(Paragraph((T("And {n} more.", n=more),)))
    rows = _rows(scope, number, len(fresh), len(clean))
    return card(T("Not saved yet"), *told, *_pairs(ctx, fresh, near), *shown, rows=rows)


def _rows(scope: int, number: int, count: int, clean: int) -> tuple[Row, ...]:
    every = (Button(T("Save {n}", n=count), draft.keep(scope, number, count), tone=Tone.MAIN),)
    part: Row = ()
    if 0 < clean < count:
        every = (Button(T("Save all {n}", n=count), draft.keep(scope, number, count)),)
        part = (Button(T("Save {n}, without the similar ones", n=clean), draft.keep(scope, number, clean)),)
    cancel = (Button(T("Cancel"), draft.drop(scope, number), tone=Tone.DANGER),)
    return (every, part, cancel) if part else (every, cancel)


def _pairs(ctx: Context, fresh: Sequence[Item], near: Mapping[int, Sequence[Item]]) -> tuple[Block, ...]:
    """New questions beside those of the bank that they are like."""
    if not near:
        return ()
    head = T("{n} is much like one in the bank:", "{n} are much like others in the bank:", n=len(near))
    lines: list[Line] = []
    for place in list(near)[:MOST_PAIRS]:
        old = near[place][0]
        new = inline(fresh[place].text(ctx.language).prompt)
        lines.append((*new, " ↔ ", bold(f"#{old.id} "), *inline(old.text(ctx.language).prompt)))
    return (Paragraph((head,)), Bullets(tuple(lines)))


def _count(items: Sequence[Item]) -> Listing:
    kinds = Counter(item.kind for item in items)
    return Listing(tuple(T("{count} × {kind}", count=count, kind=page.KINDS[kind]) for kind, count in kinds.items()))


def _topics(items: Sequence[Item]) -> str:
    counted = Counter(tag for item in items for tag in item.tags).most_common()
    words = [f"#{tag} {count}" for tag, count in counted[:MOST_TOPICS]]
    return ", ".join(words) + (", …" if len(counted) > MOST_TOPICS else "")


def _refused(ctx: Context, problems: Sequence[Problem]) -> Message:
    """Why nothing was taken over, line by line."""
    lines: list[Line] = []
    for problem in problems[:MOST_PROBLEMS]:
        line = (T("Line {line}: {text}", line=problem.line, text=problem.text),) if problem.line else (problem.text,)
        lines.append(line)
    more = len(problems) - MOST_PROBLEMS
    rest = (T("And {n} more.", n=more),) if more > 0 else ()
    again: Row = (Button(T("Send it again"), go("quizbank import", scope=ctx.community.id)),)
    how = T(
        "Put these right and send it once more. How it is written: {command}", command=code("/help quizbank import")
    )
    return card(T("Nothing was taken over"), Bullets(tuple(lines)), *rest, how, rows=(again,))


def _ours(ctx: Context, item: Item) -> Item:
    """The item for this community's bank, its words in the group's language where the file names none."""
    texts = {language or ctx.community.language: text for language, text in item.texts.items()}
    return replace(item, community=ctx.community.id, texts=texts)
