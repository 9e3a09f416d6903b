"""Components as Discord keeps and shows them: numbered, with every default filled in."""

from __future__ import annotations

from itertools import count
from typing import Any

Json = dict[str, Any]


def stored(components: list[Json]) -> list[Json]:
    """The components of a request as a response shows them."""
    numbers = count(1)
    return [_stored(part, numbers) for part in components]


def _stored(part: Json, numbers: count[int]) -> Json:
    shape = {key: value for key, value in part.items() if value is not None}
    shape["id"] = part.get("id") or next(numbers)
    if "components" in part:
        shape["components"] = [_stored(inner, numbers) for inner in part["components"]]
    if part.get("accessory"):
        shape["accessory"] = _stored(part["accessory"], numbers)
    match part["type"]:
        case 3:
            shape = {"min_values": 1, "max_values": 1} | shape
        case 14:
            shape = {"spacing": 1, "divider": True} | shape
        case 17:
            shape = {"accent_color": None, "spoiler": False} | shape
    return shape
