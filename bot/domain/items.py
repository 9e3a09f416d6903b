"""Quiz items: what is asked, in one or more languages, in which way it is answered, and what is right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

MOST_OPTIONS = 10
"""Telegram's and Discord's polls hold ten and more; a digit names each option."""

LONGEST_PROMPT = 300
LONGEST_OPTION = 100
"""Telegram's limits for a quiz poll, kept so that every item can become one."""

LONGEST_EXPLANATION = 600
LONGEST_FEEDBACK = 200
LONGEST_SOURCE = 200
LONGEST_NOTE = 200
LONGEST_ANSWER = 60
MOST_ANSWERS = 20
LONGEST_UNIT = 16
MOST_TAGS = 5
LONGEST_TAG = 32


class Kind(StrEnum):
    """How an item is answered."""

    ONE = "one"
    SEVERAL = "several"
    TRUTH = "truth"
    TEXT = "text"
    NUMBER = "number"
    ORDER = "order"


class State(StrEnum):
    """Whether an item is in use: written but not yet approved by a second person, asked, or no longer asked."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class ItemText:
    """An item's words in one language.

    Options keep their order in every language; those of an ORDER item stand in the right order, a TRUTH item has
    none. `feedback` has one text for each option ("" for none), or is empty. `answers` are what is accepted for a
    TEXT item. Formulas and code stand in them byte for byte.
    """

    prompt: str
    options: tuple[str, ...] = ()
    explanation: str = ""
    feedback: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """The right value of a NUMBER item; an answer within `tolerance` of it is right. `unit` may be left out."""

    value: Decimal
    tolerance: Decimal = Decimal(0)
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a bank. `texts` maps a language code to its words.

    `right` counts options from 0: one for ONE, one or more in rising order for SEVERAL; for TRUTH it is (0,) where
    the statement is true and (1,) where it is false; empty for the other kinds, but for a quiz's copy of an ORDER item
    whose key was corrected later: there it holds the right order. `difficulty` is 1 (easy) to 3.
    `author` and `reviewer` are persons, 0 for none. `picture` names a file of the community, "" for none.
    `version` counts the edits that changed what is asked. `note` is what a reviewer asked the author to change, "" for
    nothing; such an item waits for its author and not for a reviewer.
    """

    community: int
    id: int
    texts: Mapping[str, ItemText]
    right: tuple[int, ...] = ()
    author: int = 0
    tags: tuple[str, ...] = ()
    difficulty: int = 2
    source: str = ""
    state: State = field(default=State.ACTIVE)
    kind: Kind = field(default=Kind.ONE)
    number: Number | None = None
    picture: str = ""
    reviewer: int = 0
    version: int = 1
    note: str = ""

    def text(self, language: str) -> ItemText:
        """The words in that language, or in the first language that the item has."""
        return self.texts.get(language) or next(iter(self.texts.values()))

    @property
    def size(self) -> int:
        """How many options there are to choose from: two for TRUTH, none for kinds answered in words."""
        return 2 if self.kind is Kind.TRUTH else len(self.text("").options)


def letter(option: int) -> str:
    """The letter that names an option: A for 0."""
    return chr(ord("A") + option)
