"""Attempts: how people answered items the first time that they met them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attempt:
    """A person's first answer to an item, wherever it was asked; `response` is written as `bot.domain.answer` says."""

    item: int
    version: int
    person: int
    response: str
    right: bool
