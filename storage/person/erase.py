"""Erasing a person: what is theirs goes, what others need stays with a number that leads to nobody."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import and_, delete, or_, select, update

from bot.chat.places import Account
from bot.domain.people import FORMER
from bot.domain.privacy import REMOVED
from bot.repository.privacy import Trace
from storage import tables
from storage.link import Link
from storage.person.registry import HOLDINGS, Erased, Holding
from storage.person.row import Row, key_of, rows_of
from storage.reply import Replies
from storage.search import Searches

_SEARCHED = {"suggestion": "suggestion", "slip": "board", "faq": "faq"}
"""Kinds of what is found no more, by their tables."""

_TRACED = {
    "question": ("question", "id"),
    "question_answer": ("question", "question_id"),
    "resource": ("resource", "id"),
    "suggestion": ("suggestion", "id"),
    "slip": ("slip", "id"),
    "player": ("round", "quiz_id"),
}
"""Tables whose rows stand in cards or are found by words and a name: the thing, and the column with its number."""

_NOT_ASKED = {"state": "closed", "closing": "deleted"}
"""What becomes of a question that still was open: nobody waits for its answer."""


async def erase(link: Link, person: int, accounts: Sequence[Account]) -> Sequence[Trace]:
    """Let nothing lead to the person; returns what must be shown and found anew. Doing it again is fine."""
    touched: list[Trace] = []
    for holding in sorted(HOLDINGS, key=lambda each: each.erased is Erased.DELETED):
        # What says whose an anonymous question is goes after the question's words.
        if holding.table in (tables.person, tables.account):
            continue
        touched += await _leave(link, holding, person, accounts)
    await _forget_events(link, accounts)
    await _forget_notes(link, accounts)
    await _part(link, person)
    await link.execute(delete(tables.account).where(tables.account.c.person_id == person))
    nobody = {"name": FORMER, "language": "", "home": 0, "handle": ""}
    await link.execute(update(tables.person).where(tables.person.c.id == person).values(nobody))
    return list(dict.fromkeys(touched))


async def _leave(link: Link, holding: Holding, person: int, accounts: Sequence[Account]) -> list[Trace]:
    name = holding.table.name
    rows = await rows_of(link, holding, person, accounts)
    if holding.blanks_named:
        await _blank_named(link, holding, person)
    if holding.erased is Erased.DELETED:
        for row in rows:
            await link.execute(delete(holding.table).where(key_of(holding, row)))
    elif holding.erased is Erased.BLANKED or holding.blank:
        for row in rows:
            if values := _blanked(holding, row):
                await link.execute(update(holding.table).where(key_of(holding, row)).values(values))
    if holding.table is tables.question_answer:
        for row in rows:
            await Replies(link).recount(row["community_id"], row["question_id"])
    if kind := _SEARCHED.get(name):
        for row in rows:
            await Searches(link).drop(row["community_id"], kind, row["id"])
    if name not in _TRACED:
        return []
    thing, column = _TRACED[name]
    return [Trace(row["community_id"], thing, row[column]) for row in rows]


async def _blank_named(link: Link, holding: Holding, person: int) -> None:
    where = or_(*(holding.table.c[name] == person for name in holding.named))
    await link.execute(update(holding.table).where(where).values(dict(holding.blank)))


def _blanked(holding: Holding, row: Row) -> dict[str, Any]:
    values = dict(holding.blank)
    if holding.words and row["body"] is not None:
        body = msgspec.json.decode(row["body"]) | dict(holding.words)
        if holding.table is tables.question and row["state"] == "open":
            body |= _NOT_ASKED
            values["state"] = _NOT_ASKED["state"]
        if holding.table is tables.question_answer and (body.get("withdrawn") or not body.get("accepted")):
            # One that nobody accepted is of no use without its words.
            body |= {"text": "", "withdrawn": True, "accepted": False}
            values["withdrawn"] = True
        if holding.table is tables.resource and not body.get("url"):
            body["title"] = REMOVED
        values["body"] = msgspec.json.encode(body).decode()
    return values


async def _forget_events(link: Link, accounts: Iterable[Account]) -> None:
    """Some keys of events name whose they are."""
    at = tables.seen.c
    for account in accounts:
        last, within = f":{account.id}", f":{account.id}:"
        named = or_(at.key.endswith(last, autoescape=True), at.key.contains(within, autoescape=True))
        await link.execute(delete(tables.seen).where(and_(at.platform == account.platform, named)))


async def _forget_notes(link: Link, accounts: Iterable[Account]) -> None:
    """What was noted of rows that go by an account, when groups were joined, has its number and what was said."""
    at = tables.joining_row.c
    for account in accounts:
        likely = select(tables.joining_row).where(at.before.contains(f'"{account.id}"', autoescape=True))
        for row in (await link.execute(likely)).all():
            noted = msgspec.json.decode(row.before)
            if noted.get("platform") == account.platform and account.id in (noted.get("account"), noted.get("chat")):
                await link.execute(
                    delete(tables.joining_row).where(at.joining_id == row.joining_id, at.number == row.number)
                )


async def _part(link: Link, person: int) -> None:
    """What persons were before they were joined cannot be had again."""
    at = tables.person_union.c
    unions = [row.id for row in await link.execute(select(at.id).where(_in_union(person)))]
    rows = tables.person_union_row
    await link.execute(delete(rows).where(rows.c.union_id.in_(unions)))
    await link.execute(delete(tables.person_union).where(at.id.in_(unions)))


def _in_union(person: int) -> Any:
    at = tables.person_union.c
    return or_(at.person_id == person, at.other_id == person)
