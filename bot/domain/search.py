"""What can be searched for: the texts of features as entries, and what the words of a search mean."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.domain.words import MOST_LETTERS, fold, terms, tokens, words

MOST_FOUND = 200
"""Hits that a search gives at the most."""

MOST_WORDS = 24
"""Words of a query that count, the first; and marks."""

MOST_READ = 2000
"""Words of a text by which it is found, the first."""

MOST_TERMS = 300
"""Different terms by which an entry is found, the weightiest."""

EVERY = ""
"""The mark that every entry has."""

_TITLE, _TAG, _BODY = 3, 2, 1
_SATURATION, _LENGTHWISE, _USUAL_LENGTH = 1.2, 0.5, 40
"""BM25's k1 and b, and the words of a usual text: their true average would change with every entry."""

_FINE = 1000
"""Impacts are kept as whole thousandths, which every database holds exactly."""

_FILTER = re.compile(r'(?<!\w)(?:(?P<sign>#)|(?P<name>[a-z]+):)(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))', re.IGNORECASE)
_NAMES = {
    "from": "from", "dari": "from", "oleh": "from",
    "is": "is", "status": "is",
    "kind": "kind", "jenis": "kind",
    "topic": "#", "topik": "#",
}  # fmt: skip
_STATES = {
    "terbuka": "open", "terjawab": "answered", "selesai": "answered", "ditutup": "closed", "tutup": "closed",
    "terverifikasi": "verified", "diverifikasi": "verified", "belum": "unverified", "diragukan": "doubtful",
    "meragukan": "doubtful",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that can be found: subject number `subject` of a `kind` ("resource", at most 16 characters).

    `states` answer `is:`, `author` (a name, "" for nobody) answers `from:`, `tags` answer `#`. Nothing of it is shown;
    what may not be found by a member must not be put in.
    """

    community: int
    kind: str
    subject: int
    title: str
    body: str
    tags: tuple[str, ...]
    at: datetime
    author: str = ""
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: any of the `words` and all of the `marks` ("#fungsi", "is:open", "from:ani").

    `kinds` are the words after `kind:`, folded, which the registered kinds are matched with.
    """

    words: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that fits: `share` (0 to 1) says how much of the query's weight it has, `found` how many of its words.

    Words that were read as typing errors do not count there.
    """

    kind: str
    subject: int
    score: float
    share: float
    found: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, best first, and the query's words that stand nowhere, of which some were read as typing errors."""

    hits: Sequence[Hit]
    unknown: tuple[str, ...] = ()
    misspelt: tuple[str, ...] = ()


def parse(text: str) -> Query:
    """What the words of a search mean: filters are `#topic`, `from:name`, `is:open`, `kind:resource`.

    Their names and values are understood in Indonesian too; quotes hold several words together. Whatever else looks
    like a search engine's syntax is only words.
    """
    marks: list[str] = []
    kinds: list[str] = []
    for found in filter(_is_filter, _FILTER.finditer(text)):
        value = found["bare"] if found["quoted"] is None else found["quoted"]
        match "#" if found["sign"] else _NAMES[found["name"].casefold()]:
            case "kind":
                kinds.append(fold(value))
            case "is":
                marks += _mark("is:", _STATES.get(fold(value), value))
            case "from":
                marks += [mark for word in tokens(value) for mark in _mark("from:", word)]
            case _:
                marks += _mark("#", value)
    rest = _FILTER.sub(lambda found: " " if _is_filter(found) else found[0], text)
    wanted = islice(dict.fromkeys(words(rest)), MOST_WORDS)
    return Query(tuple(wanted), tuple(dict.fromkeys(marks))[:MOST_WORDS], tuple(kinds))


def impacts(entry: Entry) -> dict[str, int]:
    """The terms by which the entry is found, with BM25's weight of each in it, in thousandths.

    It depends on this entry alone, so that the others need not be weighed anew.
    """
    counts: Counter[str] = Counter()
    title, body = list(islice(words(entry.title), MOST_READ)), list(islice(words(entry.body), MOST_READ))
    tags = [word for tag in entry.tags for word in words(tag)]
    for weight, part in ((_TITLE, title), (_TAG, tags), (_BODY, body)):
        for word, times in Counter(part).items():
            for term in terms(word):
                counts[term] += weight * times
    length = _SATURATION * (1 - _LENGTHWISE + _LENGTHWISE * (len(title) + len(body)) / _USUAL_LENGTH)
    found = {term: round(_FINE * (_SATURATION + 1) * count / (count + length)) for term, count in counts.items()}
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0]))[:MOST_TERMS])


def marks_of(entry: Entry) -> tuple[str, ...]:
    """What filters ask for in the entry."""
    tags = [mark for tag in entry.tags for mark in _mark("#", tag)]
    states = [mark for state in entry.states for mark in _mark("is:", state)]
    names = [mark for word in tokens(entry.author) for mark in _mark("from:", word)]
    return tuple(dict.fromkeys((*tags, *states, *names)))


def _is_filter(found: re.Match[str]) -> bool:
    return bool(found["sign"]) or found["name"].casefold() in _NAMES


def _mark(prefix: str, value: str) -> list[str]:
    """The filter's one spelling, none where the value has no letter or digit."""
    plain = "-".join(tokens(value))
    return [f"{prefix}{plain[:MOST_LETTERS]}"] if plain else []
