"""How well a text fits a query: BM25, counted here so that every database gives the same order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log

from bot.domain.search import MOST_FOUND, Hit
from bot.domain.words import terms

FORGIVING_FROM = 5
"""Letters from which a word may have one typing error, as for questions of a quiz."""

MOST_NEAR = 3
"""Terms that one misspelt word is taken for."""

_MISSPELT = 0.7
"""What a term counts that the word may have meant."""

_LEAST = 0.2
"""Texts that share less than this part of what the best one shares are no hits: nearly all texts have that word."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word of the query: the terms that it may be found by, each with its weight, and the weight of having it.

    `guessed` says that the terms are what a misspelt word may stand for.
    """

    weights: Mapping[str, float]
    whole: float
    guessed: bool = False

    def score(self, impacts: Mapping[str, int]) -> float:
        """What a text with these impacts gains by the word: its best term counts."""
        return max((weight * impacts[term] for term, weight in self.weights.items() if term in impacts), default=0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may be a hit."""

    kind: str
    subject: int
    at: datetime
    impacts: Mapping[str, int]


def meant(word: str) -> frozenset[str]:
    """The terms that a misspelt word may stand for: the error may be in what its stems keep."""
    return frozenset().union(*map(typos, (word, *terms(word))))


def typos(word: str) -> frozenset[str]:
    """All that are one error away from the word: a letter more, less or changed, or two swapped."""
    if len(word) < FORGIVING_FROM or not word.isalpha():
        return frozenset()
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = sorted({*_LETTERS, *word})
    shorter = {left + right[1:] for left, right in parts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1}
    changed = {left + letter + right[1:] for left, right in parts if right for letter in letters}
    longer = {left + letter + right for left, right in parts for letter in letters}
    return frozenset(shorter | swapped | changed | longer) - {word}


def is_unknown(word: str, counts: Mapping[str, int]) -> bool:
    """Whether no text has the word; `counts` says how many texts have a term."""
    return not any(counts.get(term) for term in terms(word))


def wanted(word: str, counts: Mapping[str, int], near: Mapping[str, int], total: int) -> Wanted:
    """The word's terms and weights; `near` counts what a misspelt one may have been meant as."""
    weights = {term: _rarity(counts[term], total) for term in terms(word) if counts.get(term)}
    guessed = not weights
    if guessed:
        best = sorted(near.items(), key=lambda each: (-each[1], each[0]))[:MOST_NEAR]
        weights = {term: _MISSPELT * _rarity(count, total) for term, count in best}
    return Wanted(weights, max(weights.values(), default=_rarity(0, total)), guessed)


def partial(words: Sequence[Wanted], impacts: Mapping[str, int]) -> float:
    """The score of a text with these impacts."""
    return sum(word.score(impacts) for word in words)


def rank(words: Sequence[Wanted], candidates: Sequence[Candidate]) -> Sequence[Hit]:
    """The hits, best first, the newer first among equals; without words all of them, the newest first."""
    hits = [(_hit(words, each), each) for each in candidates]
    least = _LEAST * max((hit.share for hit, _ in hits), default=0)
    kept = [(hit, each.at) for hit, each in hits if hit.share > least]
    kept.sort(key=lambda pair: (-pair[0].score, -pair[1].timestamp(), pair[0].kind, -pair[0].subject))
    return [hit for hit, _ in kept[:MOST_FOUND]]


def _hit(words: Sequence[Wanted], text: Candidate) -> Hit:
    gained = [(word, word.score(text.impacts)) for word in words]
    has, whole = sum(word.whole for word, score in gained if score), sum(word.whole for word, _ in gained)
    found = sum(score > 0 and not word.guessed for word, score in gained)
    return Hit(text.kind, text.subject, sum(score for _, score in gained), has / whole if whole else 1.0, found)


def _rarity(count: int, total: int) -> float:
    """BM25's weight of a term that so many of all texts have."""
    return log(1 + (total - count + 0.5) / (count + 0.5))
