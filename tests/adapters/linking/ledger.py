"""Two looks at every row: what became of each when two groups became one, and what is not as before after the way back.

It knows from the registry whether a table's rows are carried, merged or left, and what the subject of a kind of job
or card counts; all else it counts for itself.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table

from storage.joining.number import FRESH, SAME, SHIFTED, Number
from storage.joining.registry import RULES, Left, Merged, Numbered

Row = Mapping[str, Any]
Whole = Mapping[str, Sequence[Row]]

REWRITTEN: Mapping[str, frozenset[str]] = {
    "quiz": frozenset(("items", "day", "state")),
    "record": frozenset(("subject",)),
    "thanks": frozenset(("cause",)),
}
"""Columns whose words say another number or, of a quiz, that it is over; a body is compared by its words alone."""

COUNTED: Mapping[str, Number] = {
    **dict.fromkeys(("question_id", "original"), Number.QUESTION),
    **dict.fromkeys(("resource_id", "origin"), Number.RESOURCE),
    **dict.fromkeys(("slip_id", "other_id"), Number.SLIP),
    "item_id": Number.ITEM,
    "quiz_id": Number.QUIZ,
    "suggestion_id": Number.SUGGESTION,
    "report_id": Number.REPORT,
    "session_id": Number.SESSION,
    "focus_id": Number.FOCUS,
}
"""What a column counts; `id` counts what its table is called."""

ABOUT_NUMBERS = frozenset(("community", "id", "question", "original", "origin", "cause", "rule", "uses", "source"))
"""Inside of a body."""


@dataclass(slots=True)
class Found:
    """What became of the rows of the group that joined, by table, and every row of which nobody knows why it is so."""

    carried: Counter[str] = field(default_factory=Counter)
    merged: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)

    def blame(self, table: str, why: str, rows: object) -> None:
        """Note what nobody can explain."""
        if rows:
            self.strange.append(f"{table}: {why}: {rows}")


@dataclass(frozen=True, slots=True)
class Books:
    """All rows before two groups became one and after that; `both` are the people who are in both."""

    before: Whole
    after: Whole
    ours: int
    theirs: int
    both: frozenset[int]

    def of(self, whole: Whole, table: str, group: int) -> list[Row]:
        """The rows of a group."""
        return [row for row in whole[table] if row["community_id"] == group]

    def explained(self) -> Found:
        """What became of each row."""
        found = Found()
        for table, rule in RULES.items():
            match rule:
                case Numbered():
                    self._numbered(found, table)
                case Merged(moves=True):
                    self._moved(found, table)
                case Merged():
                    self._merged(found, table)
                case Left() if "community_id" in table.c:
                    self._left(found, table)
                case _:
                    pass  # each of these is looked at by itself
        return found

    def _high(self, number: Number) -> int:
        """The last number that the group which is joined had given."""
        return max((row["id"] for row in self.of(self.before, number, self.ours)), default=0)

    def _numbered(self, found: Found, table: Table) -> None:
        name = table.name
        mine, came = (self.of(self.before, name, group) for group in (self.ours, self.theirs))
        now = self.of(self.after, name, self.ours)
        found.blame(name, "changed where it stood", [row for row in mine if row not in now])
        found.blame(name, "changed in what is kept", _difference(came, self.of(self.after, name, self.theirs)))
        expected = [self._as(name, self._shifted(name, row)) for row in came]
        new = [self._as(name, row) for row in now if row not in mine]
        found.blame(name, "did not come", _difference(expected, new))
        # What the joining itself has to say comes after all that was carried.
        found.blame(name, "came from nowhere", [row for row in _difference(new, expected) if name != "record"])
        found.carried[name] += len(came)

    def _shifted(self, table: str, row: Row) -> Row:
        """The row under the numbers that come after those of the group which is joined."""
        counts = {c: Number(table) if c == "id" else COUNTED[c] for c in row if c == "id" or c in COUNTED}
        return dict(row) | {c: row[c] + self._high(number) if row[c] else row[c] for c, number in counts.items()}

    def _as(self, table: str, row: Row) -> Row:
        """The row without what is rewritten inside of it."""
        kept = {c: value for c, value in row.items() if c != "community_id" and c not in REWRITTEN.get(table, ())}
        return kept | ({"body": _words(row["body"])} if row.get("body") else {})

    def _merged(self, found: Found, table: Table) -> None:
        name, keys = table.name, [c.name for c in table.primary_key if c.name != "community_id"]
        mine, came = (self.of(self.before, name, group) for group in (self.ours, self.theirs))
        now = {tuple(row[c] for c in keys): row for row in self.of(self.after, name, self.ours)}
        there = {tuple(row[c] for c in keys): row for row in mine}
        found.blame(name, "changed in what is kept", _difference(came, self.of(self.after, name, self.theirs)))
        for row in came:
            key = tuple(row[c] for c in keys)
            if key not in now:
                found.blame(name, "did not come", row)
            elif key in there:
                found.blame(name, "nobody in both", [key] if row["person_id"] not in self.both else [])
                found.merged[name] += 1
            else:
                found.blame(name, "came otherwise", _difference([self._as(name, row)], [self._as(name, now[key])]))
                found.carried[name] += 1
        for key, row in there.items():
            is_met = any(tuple(other[c] for c in keys) == key for other in came)
            found.blame(name, "changed where it stood", [row] if not is_met and now.get(key) != row else [])
        found.blame(name, "came from nowhere", now.keys() - there.keys() - {tuple(r[c] for c in keys) for r in came})

    def _moved(self, found: Found, table: Table) -> None:
        """Work and cards go over: what the group as a whole has to do, the other one has to do as well."""
        name = table.name
        self._blame_unknown(found, name)
        found.blame(name, "still there", self.of(self.after, name, self.theirs))
        now = {row["key"]: row for row in self.of(self.after, name, self.ours)} if name != "pending" else {}
        for row in self.of(self.before, name, self.theirs):
            if name == "pending" or (name == "job" and (row["kind"] in FRESH or row["state"] != "due")):
                found.left[name] += 1
            else:
                found.blame(name, "did not come", [row["key"]] if self._renamed(row["key"]) not in now else [])
                found.carried[name] += 1
        came = {self._renamed(row["key"]) for row in self.of(self.before, "card", self.theirs)}
        for row in self.of(self.before, name, self.ours):
            found.blame(name, "is gone", [row["key"]] if row["key"] not in now else [])
        known = {row["key"] for row in self.of(self.before, name, self.ours)}
        known |= {self._renamed(row["key"]) for row in self.of(self.before, name, self.theirs) if name != "pending"}
        for key in now.keys() - known:
            renews = any(key.startswith(f"{card}:") for card in came)
            found.blame(name, "came from nowhere", [key] if not renews and not key.startswith("link-") else [])

    def _blame_unknown(self, found: Found, name: str) -> None:
        """A kind of which nobody said whether its subject is a number, as any kind must be."""
        kinds = {row["key"].partition(":")[0] for row in self.before[name]} if name != "pending" else set()
        found.blame(name, "of an unknown kind", kinds - {*SHIFTED, *SAME, *FRESH})

    def _renamed(self, key: str) -> str:
        """What a key of theirs is called now."""
        kind, _, rest = key.partition(":")
        subject, colon, more = rest.partition(":")
        if kind not in SHIFTED:
            return key
        number, times = SHIFTED[kind]
        return f"{kind}:{int(subject) + self._high(number) * times}{colon}{more}"

    def _left(self, found: Found, table: Table) -> None:
        for group in (self.ours, self.theirs):
            was, now = (self.of(each, table.name, group) for each in (self.before, self.after))
            found.blame(table.name, "was to be left", _difference(was, now))
        found.left[table.name] += len(self.of(self.before, table.name, self.theirs))


def sums(whole: Whole, group: int) -> Counter[tuple[Any, ...]]:
    """The points of each person by kind and month."""
    rows = (row for row in whole["total"] if row["community_id"] == group)
    return Counter({(row["person_id"], row["reason"], row["month"]): row["points"] for row in rows if row["points"]})


def changed(before: Whole, after: Whole) -> dict[str, tuple[list[Row], list[Row]]]:
    """By table: the rows that are there no more, and those that are new."""
    found = {name: (_difference(before[name], after[name]), _difference(after[name], before[name])) for name in before}
    return {name: rows for name, rows in found.items() if any(rows)}


def _difference(these: Sequence[Row], those: Sequence[Row]) -> list[Row]:
    known = Counter(repr(sorted(row.items(), key=str)) for row in those)
    left = []
    for row in these:
        key = repr(sorted(row.items(), key=str))
        if known[key]:
            known[key] -= 1
        else:
            left.append(row)
    return left


def _words(body: str) -> Any:
    value = json.loads(body)
    return {name: each for name, each in value.items() if name not in ABOUT_NUMBERS} if isinstance(value, dict) else ""
