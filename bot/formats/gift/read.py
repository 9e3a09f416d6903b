"""Reading GIFT: every question that has a kind here, and the reason for every other."""

import re
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from itertools import islice

from bot.chat.text import T, code
from bot.domain.items import Item, ItemText, Kind, Number
from bot.formats.check import check
from bot.formats.draft import MOST_ROWS, Draft, Problem, Unreadable
from bot.formats.gift.block import Block, Wrong, remarked, split
from bot.formats.gift.tree import Choice, Parts, parse
from bot.formats.gift.words import said, words
from bot.formats.html import Foreign

BLANK = "____"
"""Stands in the text where a question has its answers in the middle."""

_DIGITS = r"[+-]?(?:\d{1,60}(?:\.\d{0,60})?|\.\d{1,60})(?:[eE][+-]?\d{1,3})?"
_NUMBER = re.compile(rf"({_DIGITS})\s*(?:(\.\.|:)\s*({_DIGITS}))?")
_WILDCARD = re.compile(r"(?<!\\)\*")
_EXACT = Context(prec=400)
_WHOLE = range(99, 102)
"""Percent: shares such as 33.33333 do not make 100 exactly."""


def read(text: str, language: str) -> tuple[Draft, ...]:
    """The questions of a GIFT file, in that language; `Unreadable` names every one that has no kind here.

    A title only names a question in Moodle's lists and is left out, as is what a wrong option costs. Feedback on a
    right word or number is joined to the explanation. Text marked as HTML becomes plain words.
    """
    blocks = list(islice(split(text), MOST_ROWS + 1))
    if len(blocks) > MOST_ROWS:
        raise Unreadable(Problem(0, T("A file holds at most {most} questions. Split it into several.", most=MOST_ROWS)))
    drafts, problems = [], []
    for block in blocks:
        try:
            if isinstance(block, Wrong):
                raise block
            drafts.append(Draft(block.lines[0][0], _item(block, language)))
        except Wrong as wrong:
            problems.append(Problem(wrong.line, wrong.text))
    if problems:
        raise Unreadable(*problems)
    if not drafts:
        raise Unreadable(Problem(0, T("There is no question in this text.")))
    return tuple(drafts)


def _item(block: Block, language: str) -> Item:
    asked = _Asked(block, parse(block))
    try:
        item = _labelled(block, asked.item(language))
    except Foreign as foreign:
        wrong = T("{tag} cannot be kept as plain words. Leave it out of the text.", tag=code(f"<{foreign.tag[:40]}>"))
        raise Wrong(block.lines[0][0], wrong) from None
    if amiss := check(item):
        raise Wrong(block.lines[0][0], amiss)
    return item


def _labelled(block: Block, item: Item) -> Item:
    """The item with what its remarks and its category say about it."""
    labels = remarked(block)
    level = (labels["difficulty"] or ("2",))[0]
    return replace(
        item,
        tags=tuple(dict.fromkeys((*labels["tag"], *block.tags))),
        difficulty=int(level) if level in ("1", "2", "3") else 0,
        source=(labels["source"] or ("",))[0],
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question on its way from raw parts to an item."""

    block: Block
    parts: Parts

    def item(self, language: str) -> Item:
        """The item of the kind that the signs tell, without labels."""
        parts = self.parts
        if not parts.answered:
            raise self._wrong(T("This has no answers in braces. Add them, like {example}.", example=code("{=Jakarta}")))
        if parts.truth:
            text, right, kind, number = self._truth()
        elif parts.numeric:
            text, right, kind, number = self._number()
        elif any(choice.sign == "~" for choice in parts.choices):
            text, right, kind, number = self._chosen()
        else:
            text, right, kind, number = self._typed()
        return Item(0, 0, {language: text}, right, kind=kind, number=number)

    def _truth(self) -> "_Read":
        answer, *remarks = self.parts.truth
        wrong, right = (self._words(remark[1:]) for remark in (*remarks, "#", "#")[:2])
        true = answer.strip().upper().startswith("T")
        feedback = (right, wrong) if true else (wrong, right)
        return self._text(feedback=feedback if any(feedback) else ()), (0 if true else 1,), Kind.TRUTH, None

    def _chosen(self) -> "_Read":
        choices = [_plainly(choice) for choice in self.parts.choices]
        options = tuple(self._words(choice.words) for choice in choices)
        feedback = tuple(self._words(choice.feedback) for choice in choices)
        text = self._text(options=options, feedback=feedback if any(feedback) else ())
        shares = [_share(choice) for choice in choices]
        right = tuple(index for index, share in enumerate(shares) if share > 0)
        if any(choice.sign == "=" for choice in choices):
            self._check_single(choices, shares)
            return text, right, Kind.ONE, None
        if not right:
            raise self._wrong(T("No option is marked as right. Put {right} before it.", right=code("=")))
        whole = sum(shares[index] for index in right)
        if int(whole + Decimal("0.5")) not in _WHOLE:
            raise self._wrong(T("The shares of the right options make {sum}%, they must make 100%.", sum=f"{whole:f}"))
        return text, right, Kind.SEVERAL, None

    def _check_single(self, choices: list[Choice], shares: list[Decimal]) -> None:
        """One option is right, no other gives a share."""
        marked = [choice for choice in choices if choice.sign == "="]
        if len(marked) > 1:
            raise self._wrong(
                T(
                    "Only one option can have {right}. Where several are right, each gets a share: {example}",
                    right=code("="),
                    example=code("{~%50%2 ~%50%3 ~4}"),
                ),
                marked[1],
            )
        for choice, share in zip(choices, shares, strict=True):
            if (share > 0) is not (choice.sign == "=") or 0 < share < 100:
                raise self._wrong(_PARTLY, choice)

    def _typed(self) -> "_Read":
        choices = self.parts.choices
        if not choices:
            raise self._wrong(
                T("An essay has no answer that can be checked. Add one, like {example}.", example=code("{=Jakarta}"))
            )
        if pair := next((choice for choice in choices if "->" in choice.words), None):
            raise self._wrong(
                T(
                    "Pairs to match with {arrow} have no place here. Ask for each in a question of its own.",
                    arrow=code("->"),
                ),
                pair,
            )
        answers = tuple(self._answer(choice) for choice in choices)
        return self._text(tuple(choices), answers=answers), (), Kind.TEXT, None

    def _answer(self, choice: Choice) -> str:
        self._check_whole(choice)
        answer = self._words(choice.words)
        if _WILDCARD.search(answer):
            raise self._wrong(
                T(
                    "The sign {sign} stands for anything in Moodle. For the sign itself write {example}.",
                    sign=code("*"),
                    example=code("\\*"),
                ),
                choice,
            )
        return answer.replace("\\*", "*")

    def _number(self) -> "_Read":
        numbers = []
        for choice in self.parts.choices:
            if choice.sign == "~":
                self._check_silent(choice)
            else:
                self._check_whole(choice)
                numbers.append(self._right_number(choice))
        if not numbers:
            raise self._wrong(T("The right number is missing. Example: {example}", example=code("{#3.14:0.01}")))
        spans = [_span(number) for number in numbers]
        widest = (min(low for low, _ in spans), max(high for _, high in spans))
        if widest not in spans:
            raise self._wrong(
                T("Only one right number has a place here, or one range, like {example}.", example=code("{#1..5}"))
            )
        return self._text(self.parts.choices), (), Kind.NUMBER, numbers[spans.index(widest)]

    def _right_number(self, choice: Choice) -> Number:
        written = choice.words.strip().replace("\\:", ":").replace("\u2212", "-")
        found = _NUMBER.fullmatch(written)
        if not found:
            raise self._wrong(
                T("{text} is no number. Write it like {example}.", text=code(written[:40]), example=code("3.14:0.01")),
                choice,
            )
        first, second = Decimal(found[1]), Decimal(found[3] or 0)
        if found[2] != "..":
            return Number(first, second)
        if first > second:
            raise self._wrong(T("A range begins with its lower number, like {example}.", example=code("1..5")), choice)
        middle = _EXACT.divide(_EXACT.add(first, second), Decimal(2))
        return Number(middle, _EXACT.subtract(second, middle))

    def _check_whole(self, choice: Choice) -> None:
        if choice.weight and _share(choice) != 100:
            raise self._wrong(_PARTLY, choice)

    def _check_silent(self, choice: Choice) -> None:
        if choice.words.strip() or choice.feedback.strip():
            raise self._wrong(
                T(
                    "Feedback on wrong numbers has no place here. Put it after {sign}, for everyone to see.",
                    sign=code("####"),
                ),
                choice,
            )

    def _text(
        self,
        noted: tuple[Choice, ...] = (),
        *,
        options: tuple[str, ...] = (),
        feedback: tuple[str, ...] = (),
        answers: tuple[str, ...] = (),
    ) -> ItemText:
        """The words of the item; the feedback on the `noted` choices is joined to the explanation."""
        head, tail = self.parts.head, self.parts.tail
        prompt = said(f"{head}{BLANK}{tail}" if tail.strip() else head, self.parts.mark)
        notes = (self._words(words) for words in (self.parts.general, *(choice.feedback for choice in noted)))
        explanation = "\n".join(dict.fromkeys(note for note in notes if note))
        return ItemText(prompt, options, explanation, feedback, answers)

    def _words(self, raw: str) -> str:
        """The words of any part but the prompt, whose mark is taken off already."""
        return words(raw, self.parts.mark)

    def _wrong(self, text: T, choice: Choice | None = None) -> Wrong:
        return Wrong(self.block.line_at(choice.position) if choice else self.block.lines[0][0], text)


_Read = tuple[ItemText, tuple[int, ...], Kind, Number | None]

_PARTLY = T("An answer is right (100%) or wrong here; a share of the points is not possible.")


def _span(number: Number) -> tuple[Decimal, Decimal]:
    """The lowest and the highest right number."""
    return _EXACT.subtract(number.value, number.tolerance), _EXACT.add(number.value, number.tolerance)


def _plainly(choice: Choice) -> Choice:
    """The choice of a list: what looks like a weight behind `=` and a space belongs to the words."""
    if choice.sign == "=" and choice.weight[:1].isspace():
        return replace(choice, weight="", words=choice.weight + choice.words)
    return choice


def _share(choice: Choice) -> Decimal:
    """The percentage that a choice gives."""
    if choice.weight:
        return Decimal(choice.weight.strip().strip("%").replace(",", "."))
    return Decimal(100 if choice.sign == "=" else 0)
