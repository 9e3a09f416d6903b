"""How a quiz item looks and what is said after an answer; shared by everything that asks items."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from bot.chat.errors import Refusal
from bot.chat.file import Document
from bot.chat.message import Bar, Bars, Block, Button, Paragraph, Reply, Row, say
from bot.chat.press import Press
from bot.chat.text import Line, Listing, Run, Style, T, code
from bot.context import Context
from bot.domain.answer import is_right, shown_order
from bot.domain.items import Item, Kind, Number, letter
from bot.domain.quiz import Tally
from bot.features.rich import inline, rich

EMPTY = T("The question bank is still empty. A moderator adds the first with {command}.", command=code("/quizbank add"))

IN_A_ROW = 5
"""Options whose letters stand in one row of buttons; more, or any other kind, are answered on a page of their own."""

_HOW = {
    Kind.SEVERAL: T("Several may be right: choose all of them."),
    Kind.TEXT: T("Answer in your own words, in one or a few."),
    Kind.NUMBER: T("Answer with a number."),
    Kind.ORDER: T("Put them in the right order: tap the first, then the next."),
}


def question(item: Item, language: str, number: int = 0) -> tuple[Block, ...]:
    """The prompt and its lettered options; `number` stands before the prompt where there are several."""
    head = rich(item.text(language).prompt, Style.BOLD, f"{number}. " if number else "")
    lines = [(Run(f"{letter(place)}. ", Style.BOLD), *words) for place, words in enumerate(options(item, language))]
    how = (Paragraph((_HOW[item.kind],)),) if item.kind in _HOW else ()
    unit = item.number.unit if item.number else ""
    in_unit = (Paragraph((T("Unit: {unit}", unit=unit),)),) if unit else ()
    return (*head, *((stack(lines),) if lines else ()), *how, *in_unit)


def options(item: Item, language: str) -> tuple[Line, ...]:
    """The options' words in the order in which they are shown."""
    if item.kind is Kind.TRUTH:
        return ((T("True"),), (T("False"),))
    words = item.text(language).options
    return tuple(inline(words[option]) for option in shown_order(item))


def fits_a_row(item: Item) -> bool:
    """Whether one tap in one row answers the item; who is to see a picture first goes on privately."""
    return not item.picture and item.kind in (Kind.ONE, Kind.TRUTH) and item.size <= IN_A_ROW


def verdict(item: Item, response: str, language: str) -> T:
    """Right or wrong, and why, in a sentence or two."""
    why = _why(item, response, language)
    if is_right(item, response):
        return T("✅ Right! {why}", why=why or key(item, language))
    if why:
        return T("❌ Not quite: it is {answer}. {why}", answer=short_key(item, language), why=why)
    return T("❌ Not quite. The answer is {answer}.", answer=key(item, language))


def key(item: Item, language: str) -> T | Listing | str:
    """What is right, in full."""
    if item.kind in (Kind.ONE, Kind.SEVERAL):
        words = item.text(language).options
        return Listing(tuple(f"{letter(option)}. {words[option]}" for option in item.right))
    return short_key(item, language)


def short_key(item: Item, language: str) -> T | Listing | str:
    """What is right, by letters where there are some."""
    match item.kind:
        case Kind.TRUTH:
            return T("True") if item.right == (0,) else T("False")
        case Kind.TEXT:
            return item.text(language).answers[0]
        case Kind.NUMBER if item.number:
            return _number(item.number)
        case Kind.ORDER:
            words = item.text(language).options
            return " → ".join(words[option] for option in item.right or range(item.size))
        case _:
            return Listing(tuple(letter(option) for option in item.right))


def _number(number: Number) -> T:
    near: T | Decimal = number.value
    if number.tolerance:
        near = T("{value} ± {tolerance}", value=number.value, tolerance=number.tolerance)
    return T("{value} {unit}", value=near, unit=number.unit) if number.unit else T("{value}", value=near)


def spelled(item: Item, response: str) -> T | str:
    """A response as its reader knows it: letters as they were shown, or the typed words."""
    if item.kind in (Kind.TEXT, Kind.NUMBER):
        return response
    if item.kind is Kind.TRUTH:
        return T("True") if response == "0" else T("False")
    places = {option: place for place, option in enumerate(shown_order(item))}
    between = " → " if item.kind is Kind.ORDER else ", "
    return between.join(letter(places[int(digit)]) for digit in response)


def result(item: Item, tally: Tally, position: int, language: str) -> tuple[Block, ...]:
    """A closed item: how it was answered, what is right, the explanation."""
    words = item.text(language)
    head = rich(words.prompt, Style.BOLD, f"{position + 1}. ")
    after = rich(words.explanation)
    whole = tally.answers(position)
    if item.kind in (Kind.ONE, Kind.TRUTH, Kind.SEVERAL):
        bars = tuple(
            Bar((f"{letter(option)}. ", *line), tally.count(position, option), whole, mark=option in item.right)
            for option, line in enumerate(options(item, language))
        )
        return (*head, Bars(bars), *after)
    right = (T("Right: {answer}", answer=key(item, language)),)
    bar = Bar(right, tally.right.get(position, 0), whole, mark=True)
    return (*head, Bars((bar,)), *after)


async def picture(ctx: Context, item: Item) -> Reply:
    """The item's picture as a private message; refuses where it has none (any more)."""
    stored = await ctx.unit.files.get(item.community, item.picture) if item.picture else None
    if stored is None:
        raise Refusal(T("This question has no picture any more."))
    shown = say(item.text(ctx.language).prompt)
    return Reply(replace(shown, files=(Document(stored.name, stored.content, stored.kind),)), personal=True)


def stack(lines: Iterable[Line]) -> Paragraph:
    """Lines below each other that begin with a number or mark of their own, so without bullets."""
    parts = [part for line in lines for part in ("\n", *line)]
    return Paragraph(tuple(parts[1:]))


def link(label: T, press: Press) -> Row:
    """A row with one button."""
    return (Button(label, press),)


def _why(item: Item, response: str, language: str) -> str:
    """The author's word on the chosen option, and the explanation."""
    words = item.text(language)
    chosen = [int(digit) for digit in response] if item.kind in (Kind.ONE, Kind.TRUTH) else []
    said = [words.feedback[option] for option in chosen if option < len(words.feedback)]
    return " ".join(part for part in (*said, words.explanation) if part)
