"""The tables of the database; importing this package makes `metadata` know all of them."""

from storage.tables.base import Instant, metadata
from storage.tables.group import account, community, entry, member, person, seen, total, venue
from storage.tables.library import resource, resource_mark, resource_tag
from storage.tables.quiz import (
    answer,
    draft,
    file,
    item,
    item_past,
    item_tag,
    player,
    practice,
    quiz,
    recall,
    round_,
    vote,
)
from storage.tables.search import search_count, search_entry, search_last, search_term
from storage.tables.work import WAITING, card, job, notice, pending

__all__ = [
    "WAITING",
    "Instant",
    "account",
    "answer",
    "card",
    "community",
    "draft",
    "entry",
    "file",
    "item",
    "item_past",
    "item_tag",
    "job",
    "member",
    "metadata",
    "notice",
    "pending",
    "person",
    "player",
    "practice",
    "quiz",
    "recall",
    "resource",
    "resource_mark",
    "resource_tag",
    "round_",
    "search_count",
    "search_entry",
    "search_last",
    "search_term",
    "seen",
    "total",
    "venue",
    "vote",
]
