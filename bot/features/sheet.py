"""How a quiz item looks and what is said after an answer; shared by the daily quiz and practice."""

from collections.abc import Iterable

from bot.chat.message import Bar, Bars, Block, Button, Paragraph, Row
from bot.chat.press import Press
from bot.chat.text import Line, Run, Style, T, code
from bot.command import Action
from bot.domain.items import Item, letter
from bot.domain.quiz import Tally

EMPTY = T("The question bank is still empty. A moderator adds the first with {command}.", command=code("/quizbank add"))


def question(item: Item, language: str, number: int = 0) -> tuple[Block, ...]:
    """The prompt and its lettered options; `number` stands before the prompt where there are several."""
    words = item.text(language)
    head = f"{number}. {words.prompt}" if number else words.prompt
    options = ((Run(f"{letter(index)}. ", Style.BOLD), option) for index, option in enumerate(words.options))
    return Paragraph((Run(head, Style.BOLD),)), stack(options)


def choices(item: Item, scope: int, pick: Action, *subject: int, number: int = 0) -> Row:
    """One button per option; `subject` stands before the option in the press."""
    prefix = f"{number}" if number else ""
    return tuple(
        Button(f"{prefix}{letter(option)}", pick(scope, *subject, option))
        for option in range(len(item.text("").options))
    )


def verdict(item: Item, option: int, language: str) -> T:
    """Right or wrong, and why, in a sentence or two."""
    words = item.text(language)
    answer = f"{letter(item.right)}. {words.options[item.right]}"
    if option == item.right:
        return T("✅ Right! {why}", why=words.explanation or answer)
    if words.explanation:
        return T("❌ Not quite: it is {letter}. {why}", letter=letter(item.right), why=words.explanation)
    return T("❌ Not quite. The answer is {answer}.", answer=answer)


def result(item: Item, tally: Tally, position: int, language: str) -> tuple[Block, ...]:
    """A closed item: the distribution, the right option marked, the explanation."""
    words = item.text(language)
    whole = tally.answers(position)
    bars = tuple(
        Bar((f"{letter(index)}. {option}",), tally.count(position, index), whole, mark=index == item.right)
        for index, option in enumerate(words.options)
    )
    blocks: tuple[Block, ...] = (Paragraph((Run(f"{position + 1}. {words.prompt}", Style.BOLD),)), Bars(bars))
    return (*blocks, Paragraph((words.explanation,))) if words.explanation else blocks


def stack(lines: Iterable[Line]) -> Paragraph:
    """Lines below each other that begin with a number or mark of their own, so without bullets."""
    parts = [part for line in lines for part in ("\n", *line)]
    return Paragraph(tuple(parts[1:]))


def link(label: T, press: Press) -> Row:
    """A row with one button."""
    return (Button(label, press),)
