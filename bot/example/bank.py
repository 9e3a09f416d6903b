"""The thirty items that a group may start with, in Indonesian and English."""

import tomllib
from pathlib import Path

from bot.domain.items import Item, ItemText

FILE = Path(__file__).with_name("bank.toml")


def bank(community: int) -> tuple[Item, ...]:
    """All of them, for that community's own bank."""
    with FILE.open("rb") as file:
        rows = tomllib.load(file)["item"]
    return tuple(
        Item(
            community,
            0,
            {language: _text(row[language]) for language in ("id", "en")},
            (row["right"],),
            tags=tuple(row["tags"]),
            difficulty=row["difficulty"],
            source=row.get("source", ""),
        )
        for row in rows
    )


def _text(row: dict[str, object]) -> ItemText:
    options = row["options"]
    if not isinstance(options, list):
        raise TypeError("options are a list")
    return ItemText(str(row["prompt"]), tuple(map(str, options)), str(row["explanation"]))
