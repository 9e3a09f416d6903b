"""Roles, overwrites, and what somebody may do with them on the fake Discord, as its documentation computes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

VIEW_CHANNEL, READ_HISTORY, ADMINISTRATOR = 1 << 10, 1 << 16, 1 << 3
EVERYTHING = (1 << 53) - 1
WHILE_MUTED = VIEW_CHANNEL | READ_HISTORY
ROLE, MEMBER = 0, 1  # what an overwrite is for


@dataclass(slots=True)
class Role:
    """A role of a guild besides @everyone and the bot's own."""

    id: int
    name: str
    permissions: int = 0
    position: int = 1
    hoist: bool = False
    mentionable: bool = False


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel allows or denies a role or a member."""

    kind: int = ROLE
    allow: int = 0
    deny: int = 0


def overwritten(bits: int, overwrites: Mapping[int, Overwrite], everyone: int, roles: Iterable[int], who: int) -> int:
    """The bits in a channel of who has these in the guild: first @everyone's overwrite, then the roles', then one's."""
    for ids in ([everyone], list(roles), [who]):
        found = [overwrites[each] for each in ids if each in overwrites]
        deny = allow = 0
        for each in found:
            deny, allow = deny | each.deny, allow | each.allow
        bits = bits & ~deny | allow
    return bits
