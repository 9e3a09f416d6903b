"""Quiz items: what is asked, in one or more languages, and which option is right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MOST_OPTIONS = 5
"""A row of buttons on Discord holds five."""

LONGEST_PROMPT = 300
LONGEST_OPTION = 100
"""Telegram's limits for a quiz poll, kept so that every item can become one."""

LONGEST_EXPLANATION = 600


class State(StrEnum):
    """Whether an item is in use."""

    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class ItemText:
    """An item's words in one language. Options keep their order in every language."""

    prompt: str
    options: tuple[str, ...]
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A single-choice item. `right` counts options from 0. `texts` maps a language code to its words."""

    community: int
    id: int
    texts: Mapping[str, ItemText]
    right: int
    author: int = 0
    tags: tuple[str, ...] = ()
    difficulty: int = 2
    source: str = ""
    state: State = field(default=State.ACTIVE)

    def text(self, language: str) -> ItemText:
        """The words in that language, or in the first language that the item has."""
        return self.texts.get(language) or next(iter(self.texts.values()))


def letter(option: int) -> str:
    """The letter that names an option: A for 0."""
    return chr(ord("A") + option)
