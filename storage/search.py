"""The index of what members search for: plain rows on both databases, weighed in `bot.domain.relevance`.

Neither FTS5 nor tsvector is used. They count a word's texts across all communities, weigh by formulas of their own, and
must read every text that has a word before they know the best. Here the best texts of a term stand first in its key.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, insert, select, union_all

from bot.domain.relevance import Candidate, Wanted, is_unknown, meant, partial, rank, wanted
from bot.domain.search import EVERY, MOST_FOUND, Entry, Found, Query, impacts, marks_of
from bot.domain.words import terms
from storage import tables
from storage.rows import Rows, packed

MOST_SOUGHT = 8
"""Words of a query by which texts are looked up, the rarest; the others only weigh what these find."""

MOST_PER_TERM = 200
"""Texts of one term that are looked at, the best."""

MOST_FILTERED = 2000
"""The same where a filter leaves few of them."""

_IMPACTS = msgspec.json.Decoder(dict[str, int])
_ENTRY = tables.search_entry.c
_TERM = tables.search_term.c
_COUNT = tables.search_count.c
_LAST = tables.search_last.c
_KEY = ("community_id", "kind", "term", "rank", "subject")
_TAKE = delete(tables.search_term).where(*(_TERM[name] == bindparam(f"its_{name}") for name in _KEY))

_Key = tuple[str, int]


class Searches(Rows):
    """See `bot.repository.Searches`."""

    async def put(self, entry: Entry) -> None:
        """Make it found."""
        key = (entry.community, entry.kind, entry.subject)
        marks, weighed = marks_of(entry), impacts(entry)
        await self._change(*key, _ranks(marks, weighed))
        values = {
            "community_id": entry.community,
            "kind": entry.kind,
            "subject": entry.subject,
            "marks": " ".join(marks),
            "impacts": packed(weighed),
            "at": entry.at,
        }
        await self._upsert(tables.search_entry, values)

    async def drop(self, community: int, kind: str, subject: int) -> None:
        """Let it be found no more."""
        await self._change(community, kind, subject, {})
        await self._link.execute(delete(tables.search_entry).where(_is(community, kind, (subject,))))

    async def find(self, community: int, query: Query, kinds: Sequence[str]) -> Found:
        """The best hits among these kinds."""
        stems = {term for word in query.words for term in terms(word)}
        counts = await self._counts(community, {EVERY, *query.marks, *stems})
        unknown = tuple(word for word in query.words if is_unknown(word, counts))
        other = {word: meant(word) for word in unknown}
        near = await self._counts(community, {term for each in other.values() for term in each})
        total = counts.get(EVERY, 0)
        words = [
            wanted(word, counts, {term: near[term] for term in other.get(word, ()) if term in near}, total)
            for word in query.words
        ]
        misspelt = tuple(word for word in unknown if not near.keys().isdisjoint(other[word]))
        if all(counts.get(mark) for mark in query.marks) and (query.words or query.marks or query.kinds):
            sources = _sources(query, words, counts)
            candidates = await self._candidates(community, query.marks, kinds, words, sources)
            return Found(rank(words, candidates), unknown, misspelt)
        return Found((), unknown, misspelt)

    async def remember(self, community: int, person: int, words: str) -> int:
        """Keep what somebody searches for in place of their last search."""
        statement = select(_LAST["number"]).where(_of(community, person)).with_for_update()
        number = ((await self._link.execute(statement)).scalar() or 0) + 1
        values = {"community_id": community, "person_id": person, "number": number, "words": words}
        await self._upsert(tables.search_last, values)
        return number

    async def recall(self, community: int, person: int, number: int) -> str | None:
        """The words of that search."""
        where = and_(_of(community, person), _LAST["number"] == number)
        found: str | None = (await self._link.execute(select(_LAST["words"]).where(where))).scalar()
        return found

    async def _counts(self, community: int, wished: Iterable[str]) -> dict[str, int]:
        """How many entries have each of these terms, without those that none has."""
        if not (sought := sorted(wished)):
            return {}
        where = and_(_COUNT.community_id == community, _COUNT.term.in_(sought))
        rows = await self._link.execute(select(_COUNT.term, _COUNT.entries).where(where))
        return {row.term: row.entries for row in rows}

    async def _candidates(
        self, community: int, marks: Sequence[str], kinds: Sequence[str], words: Sequence[Wanted], sources: list[str]
    ) -> list[Candidate]:
        """The entries that are worth weighing."""
        parts = [_best(community, kind, term, marks) for kind in kinds for term in sources]
        if not parts:
            return []
        seen: dict[_Key, dict[str, int]] = {}
        for kind, term, subject, impact in await self._link.execute(union_all(*parts)):
            seen.setdefault((kind, subject), {})[term] = impact
        likely = sorted(seen, key=lambda key: (-partial(words, seen[key]), key[0], -key[1]))
        # What a filter alone brought has a score that is not known yet.
        chosen = likely[: 2 * MOST_FOUND if marks else MOST_FOUND]
        found: list[Candidate] = []
        for kind in kinds:
            where = _is(community, kind, [subject for each, subject in chosen if each == kind])
            rows = await self._link.execute(select(_ENTRY.subject, _ENTRY.at, _ENTRY.impacts).where(where))
            found += [Candidate(kind, row.subject, row.at, _IMPACTS.decode(row.impacts)) for row in rows]
        return found

    async def _change(self, community: int, kind: str, subject: int, new: Mapping[str, int]) -> None:
        """Bring the terms of an entry to these, and the counts with them."""
        await self._count_on(community)
        old = await self._stored(community, kind, subject)
        fixed = {"community_id": community, "kind": kind, "subject": subject}
        if gone := old.items() - new.items():
            rows = [{**fixed, "term": term, "rank": impact} for term, impact in gone]
            await self._link.execute(_TAKE, [{f"its_{name}": value for name, value in row.items()} for row in rows])
        if fresh := new.items() - old.items():
            rows = [{**fixed, "term": term, "rank": impact} for term, impact in fresh]
            await self._link.execute(insert(tables.search_term), rows)
        await self._add(community, new.keys() - old.keys())
        await self._subtract(community, old.keys() - new.keys())

    async def _stored(self, community: int, kind: str, subject: int) -> dict[str, int]:
        """The terms of the entry as it stands."""
        statement = select(_ENTRY.marks, _ENTRY.impacts).where(_is(community, kind, (subject,)))
        row = (await self._link.execute(statement)).one_or_none()
        return _ranks(row.marks.split(), _IMPACTS.decode(row.impacts)) if row else {}

    async def _add(self, community: int, added: Iterable[str]) -> None:
        rows = [{"community_id": community, "term": term, "entries": 1} for term in sorted(added)]
        if rows:
            statement = self._link.insert(tables.search_count)
            more = statement.on_conflict_do_update(
                index_elements=["community_id", "term"], set_={"entries": _COUNT.entries + 1}
            )
            await self._link.execute(more, rows)

    async def _subtract(self, community: int, gone: Iterable[str]) -> None:
        if sought := sorted(gone):
            where = and_(_COUNT.community_id == community, _COUNT.term.in_(sought))
            table = tables.search_count
            await self._link.execute(table.update().where(where).values(entries=_COUNT.entries - 1))
            await self._link.execute(delete(table).where(where, _COUNT.entries <= 0))


def _sources(query: Query, words: Sequence[Wanted], counts: Mapping[str, int]) -> list[str]:
    """The terms by which texts are looked up: those of the rarest words, and the rarest mark."""
    rarest = sorted((word for word in words if word.weights), key=lambda word: -word.whole)[:MOST_SOUGHT]
    marks = sorted(query.marks, key=lambda mark: (counts[mark], mark))[:1]
    sought = [term for word in rarest for term in word.weights]
    return list(dict.fromkeys([*sought, *marks] if query.words or marks else [EVERY]))


def _best(community: int, kind: str, term: str, marks: Sequence[str]) -> Select[Any]:
    """The entries of the kind in which the term weighs most, among those that have the marks."""
    columns = (_TERM.kind, _TERM.term, _TERM.subject, _TERM.rank)
    where = and_(_TERM.community_id == community, _TERM.kind == kind, _TERM.term == term)
    best = select(*columns).where(where).order_by(_TERM.rank.desc(), _TERM.subject.desc())
    if not marks:
        return select(best.limit(MOST_PER_TERM).subquery())
    some = best.limit(MOST_FILTERED).subquery()
    kept = select(some)
    for mark in marks:
        its = tables.search_term.alias()
        same = and_(its.c.community_id == community, its.c.kind == kind, its.c.term == mark, its.c.rank == 0)
        kept = kept.join(its, and_(same, its.c.subject == some.c.subject))
    return select(kept.order_by(some.c.rank.desc(), some.c.subject.desc()).limit(MOST_PER_TERM).subquery())


def _ranks(marks: Iterable[str], weighed: Mapping[str, int]) -> dict[str, int]:
    """Every term of an entry with its place among the entries that have it; of marks the newest subject is first."""
    return {**weighed, **dict.fromkeys((EVERY, *marks), 0)}


def _is(community: int, kind: str, subjects: Sequence[int]) -> ColumnElement[bool]:
    return and_(_ENTRY.community_id == community, _ENTRY.kind == kind, _ENTRY.subject.in_(subjects))


def _of(community: int, person: int) -> ColumnElement[bool]:
    return and_(_LAST.community_id == community, _LAST.person_id == person)
