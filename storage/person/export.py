"""Giving somebody everything that is theirs, and nothing of anybody else."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select

from bot.chat.places import Account
from bot.domain.privacy import Kind
from bot.repository.privacy import Belongings
from storage import tables
from storage.link import Link
from storage.person.registry import HOLDINGS, Holding
from storage.person.row import Row, rows_of

YOU = "you"

_OURS = {"community_id", "cause", "nudged", "notices", "stood", "wanted"}
"""Columns that say nothing about the person, or name others."""


async def belongings(link: Link, person: int, accounts: Sequence[Account]) -> Belongings:
    """Rows by kind and by table."""
    found: dict[Kind, dict[str, list[Mapping[str, Any]]]] = {}
    groups = await _groups(link)
    for holding in HOLDINGS:
        if holding.kind and holding.shown and (holding.own or holding.owned or holding.account or holding.owners):
            rows = await rows_of(link, holding, person, accounts)
            if rows:
                shown = [_shown(row, holding, person, groups) for row in rows]
                found.setdefault(holding.kind, {})[holding.table.name] = shown
    return found


async def _groups(link: Link) -> Mapping[int, str]:
    at = tables.community.c
    return {row.id: row.name for row in await link.execute(select(at.id, at.name))}


def _shown(row: Row, holding: Holding, person: int, groups: Mapping[int, str]) -> Mapping[str, Any]:
    shown: dict[str, Any] = {}
    if "community_id" in row:
        shown["group"] = groups.get(row["community_id"], "")
    for name, value in row.items():
        if name in _OURS:
            continue
        if name in holding.people and holding.table is not tables.person:
            shown[name] = _you(value, person)
        elif name in ("body", "items", "given", "card", "before") and isinstance(value, str):
            shown[name] = _body(value, holding, person)
        else:
            shown[name] = value.isoformat() if isinstance(value, datetime) else value
    return shown


def _body(text: str, holding: Holding, person: int) -> Any:
    body = msgspec.json.decode(text) if text else None
    if isinstance(body, dict):
        body.pop("community", None)
        for key in holding.keys:
            if key in body:
                value = body[key]
                body[key] = [YOU] if isinstance(value, list) else _you(value, person)
    return body


def _you(value: Any, person: int) -> str | None:
    return YOU if value == person else None
