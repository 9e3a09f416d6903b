"""What the group is asked again and again: entries with names, found by any of them and in spite of typing errors."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from bot.chat.clean import visible
from bot.chat.errors import Refusal
from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Reply, Row, Tone, card, say
from bot.chat.places import Role
from bot.chat.press import Press
from bot.chat.text import Line, Listing, Name, T, bold, code
from bot.command import Example, Feature, Finding, action, command
from bot.context import Context
from bot.domain.address import check_keys
from bot.domain.faq import LONGEST_NAME, LONGEST_TEXT, MOST_ENTRIES, MOST_NAMES, Faq
from bot.domain.search import Entry
from bot.domain.words import fold
from bot.features.rich import rich
from bot.param import Arg, Choice

KIND = "faq"
PAGE = 8
MOST_NEAR = 4
LEAST_ALIKE = 70.0
"""rapidfuzz's score from which a name was probably meant, of 100."""

_NAMES = Annotated[
    str,
    Arg(
        help=T("Names for it, with commas between them"),
        ask=T("How should it be found? Send one or more names, with commas between them."),
        most=MOST_NAMES * (LONGEST_NAME + 2),
    ),
]
_TEXT = Annotated[
    str,
    Arg(
        help=T("The answer"), ask=T("What is the answer? Code and formulas stay as you write them."), most=LONGEST_TEXT
    ),
]


async def names(ctx: Context, text: str) -> tuple[Choice, ...]:
    """The main names that contain what was typed."""
    wanted = _plain(text)
    found = [entry.name for entry in await ctx.unit.faqs.all(ctx.community.id) if wanted in _plain(entry.name)]
    return tuple(Choice(name, name) for name in found)


@command(
    "faq",
    right=Role.MEMBER,
    aliases=("tanyajawab", "question faq"),
    summary=T("What is asked again and again"),
    examples=(
        Example("/faq", T("All entries")),
        Example("/faq jadwal ujian", T("The entry of that name, or one that comes close")),
    ),
    role_aware=True,
    slash="question faq",
)
async def faq(
    ctx: Context, name: Annotated[str, Arg(help=T("Its name, or part of it"), most=100, complete=names)] = ""
) -> Outcome:
    """The entry of that name, suggestions where none has it, or the list."""
    entries = await ctx.unit.faqs.all(ctx.community.id)
    if not name or not entries:
        return Reply(_list(ctx, entries, 0), personal=True)
    if found := named(entries, name):
        return Reply(await page(ctx, found), personal=True)
    near = _near(entries, name)
    if not near:
        told = T("Nothing is called {name}. {command} may find it, or {ask} the group.", name=bold(name),
                 command=code("/search"), ask=code("/ask"))  # fmt: skip
        raise Refusal(told)
    rows = tuple((Button(entry.name, show(ctx.community.id, entry.id)),) for entry in near)
    return Reply(
        say(T("Nothing is called {name}. Did you mean one of these?", name=bold(name)), rows=rows), personal=True
    )


@action("faq-show", right=Role.MEMBER, role_aware=True)
async def show(ctx: Context, number: int) -> Outcome:
    """One entry."""
    return Reply(await page(ctx, await _find(ctx, number)), personal=True)


@action("faq-list", right=Role.MEMBER, role_aware=True)
async def turn(ctx: Context, start: int) -> Outcome:
    """Another page of the list, in place."""
    entries = await ctx.unit.faqs.all(ctx.community.id)
    return Reply(_list(ctx, entries, max(0, start)), replaces=True, personal=True)


@action("faq-add", right=Role.TRUSTED, role_aware=True)
async def add(ctx: Context, names_: _NAMES, text: _TEXT) -> Outcome:
    """A new entry in one's own words."""
    made = Faq(ctx.community.id, 0, await _free(ctx, names_, 0), _checked(text), ctx.person.id, ctx.now)
    return Reply(await page(ctx, await put(ctx, made), T("Saved.")), personal=True)


@action("faq-rename", right=Role.TRUSTED, role_aware=True)
async def rename(ctx: Context, number: int, names_: _NAMES) -> Outcome:
    """Other names for an entry."""
    entry = await _find(ctx, number)
    entry = await put(ctx, replace(entry, names=await _free(ctx, names_, number)))
    return Reply(await page(ctx, entry, T("Saved.")), personal=True)


@action("faq-rewrite", right=Role.TRUSTED, role_aware=True)
async def rewrite(ctx: Context, number: int, text: _TEXT) -> Outcome:
    """Other words for an entry."""
    entry = await put(ctx, replace(await _find(ctx, number), text=_checked(text)))
    return Reply(await page(ctx, entry, T("Saved.")), personal=True)


@action("faq-remove", right=Role.MODERATOR)
async def remove(ctx: Context, number: int) -> Outcome:
    """Take an entry out."""
    entry = await _find(ctx, number)
    await ctx.unit.faqs.drop(entry.community, entry.id)
    await ctx.unit.searches.drop(entry.community, KIND, entry.id)
    question = await ctx.unit.questions.hold(entry.community, entry.question) if entry.question else None
    if question:
        uses = tuple(use for use in question.uses if use != called(entry.id))
        await ctx.unit.questions.save(replace(question, uses=uses))
    return Reply(say(T("{name} is removed.", name=bold(entry.name))), replaces=True, personal=True)


async def put(ctx: Context, entry: Faq) -> Faq:
    """Store a new or changed entry, and let it be found by its words; refuses one too many."""
    if not entry.id and len(await ctx.unit.faqs.all(entry.community)) >= MOST_ENTRIES:
        raise Refusal(T("There are {n} entries already, as many as fit. Remove one first.", n=MOST_ENTRIES))
    if entry.id:
        await ctx.unit.faqs.save(entry)
    else:
        entry = await ctx.unit.faqs.add(entry)
    body = "\n".join((*entry.names[1:], entry.text))
    await ctx.unit.searches.put(Entry(entry.community, KIND, entry.id, entry.name, body, (), entry.at))
    return entry


async def _find(ctx: Context, number: int) -> Faq:
    entry = await ctx.unit.faqs.get(ctx.community.id, number)
    if entry is None:
        raise Refusal(T("This entry is gone. {command} shows what there is.", command=code("/faq")))
    return entry


async def _free(ctx: Context, words: str, number: int) -> tuple[str, ...]:
    """The names between the commas, main one first; refuses none, too long ones, and what another entry has."""
    found = tuple(dict.fromkeys(" ".join(name.split()) for name in words.split(",") if visible(name)))[:MOST_NAMES]
    if not found or any(len(name) > LONGEST_NAME for name in found):
        raise Refusal(T("I need names of at most {most} characters each.", most=LONGEST_NAME))
    for entry in await ctx.unit.faqs.all(ctx.community.id):
        taken = {_plain(name) for name in entry.names}
        if entry.id != number and (clash := next((name for name in found if _plain(name) in taken), None)):
            raise Refusal(T("{name} is the name of another entry.", name=bold(clash)))
    return found


def called(number: int) -> str:
    """How an entry is called among what a question became."""
    return f"FAQ {number}"


def _checked(text: str) -> str:
    check_keys(text)
    return text


def named(entries: Sequence[Faq], name: str) -> Faq | None:
    """The entry that has exactly this name, written in whatever case."""
    wanted = _plain(name)
    return next((entry for entry in entries if wanted in map(_plain, entry.names)), None)


def _near(entries: Sequence[Faq], name: str) -> list[Faq]:
    """Entries with a name that comes close, the closest first."""
    from rapidfuzz import fuzz, process  # few need it, so it is not loaded at the start

    known = {(place, each): _plain(each) for place, entry in enumerate(entries) for each in entry.names}
    found = process.extract(_plain(name), known, scorer=fuzz.WRatio, score_cutoff=LEAST_ALIKE, limit=MOST_NEAR)
    return list({place: entries[place] for _, _, (place, _) in found}.values())


def _list(ctx: Context, entries: Sequence[Faq], start: int) -> Message:
    scope = ctx.community.id
    fresh: Row = (Button(T("Add an entry"), add(scope)),) if ctx.role >= Role.TRUSTED else ()
    if not entries:
        text = T("Nothing here yet. What solved a question can be put here from its page.")
        return say(text, rows=(fresh,) if fresh else ())
    shown = entries[start : start + PAGE] or entries[:PAGE]
    opens = [Button(entry.name, show(scope, entry.id)) for entry in shown]
    back = (Button(T("Back"), turn(scope, max(0, start - PAGE))),) if start else ()
    on = (Button(T("More"), turn(scope, start + PAGE)),) if len(entries) > start + PAGE else ()
    rows = (tuple(opens[: PAGE // 2]), tuple(opens[PAGE // 2 :]), (*back, *on), fresh)
    lines: tuple[Line, ...] = tuple((bold(entry.name), *_also(entry)) for entry in shown)
    return card(T("Asked again and again"), Bullets(lines), rows=tuple(row for row in rows if row))


def _also(entry: Faq) -> Line:
    return (" · ", ", ".join(entry.names[1:])) if entry.names[1:] else ()


async def page(ctx: Context, entry: Faq, *told: T) -> Message:
    """An entry with its names, whose answer it is, and what can be done with it."""
    people = await ctx.unit.people.names(entry.credit)
    thanks: tuple[Block, ...] = ()
    if people:
        credit = Listing(tuple(Name(people[person]) for person in entry.credit if person in people))
        thanks = (Paragraph((T("Answered by {names}", names=credit),)),)
    scope = entry.community
    source: Row = (
        (Button(f"Q{entry.question}", Press("question-show", scope, (entry.question,))),) if entry.question else ()
    )
    care: Row = ()
    if ctx.role >= Role.TRUSTED:
        care = (
            Button(T("Change the names"), rename(scope, entry.id)),
            Button(T("Change the words"), rewrite(scope, entry.id)),
        )
    if ctx.role >= Role.MODERATOR:
        care = (*care, Button(T("Remove it"), remove(scope, entry.id), tone=Tone.DANGER))
    rows = (source, care)
    above = tuple(Paragraph((text,)) for text in told)
    return card(entry.name, *above, *rich(entry.text), *thanks, rows=tuple(row for row in rows if row))


async def _found(ctx: Context, numbers: Sequence[int]) -> Mapping[int, Line]:
    entries = {entry.id: entry for entry in await ctx.unit.faqs.all(ctx.community.id)}
    return {number: (bold(entries[number].name), *_also(entries[number])) for number in numbers if number in entries}


def _plain(name: str) -> str:
    """A name as names are compared."""
    return " ".join(fold(name).split())


FINDING = Finding(KIND, T("FAQ"), _found, show, ("tanyajawab",))
FEATURE = Feature(commands=(faq,), actions=(show, turn, add, rename, rewrite, remove), findings=(FINDING,))
