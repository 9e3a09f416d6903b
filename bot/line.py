"""Lines of words as they will be drawn: which piece stands where, whatever the scripts and the way they read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.glyph import Piece, fit, width
from bot.ink import Ink, measured

_SPACE, _SIDE = 0.34, 0.06
"""Between the ink of two pieces, in em: with a space between them, and without."""

_SURE = 0.6
"""A line of one font that takes less of its room than this need not be measured: none is twice what the index says."""

_SAFE = 0.97
"""The part of the room that is aimed at with a line which has turned out too long."""

_TRIES = 3
"""Cuts after the first; one is nearly always enough."""


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces and where each begins, from left to right, and the length of all; in em."""

    places: Sequence[tuple[float, Piece]]
    length: float = 0.0


def lines(texts: Sequence[tuple[str, float]]) -> list[Line]:
    """Each text, cut to its room (in em). Text of several fonts in one line is not reliably shaped by the renderer,
    so each piece has its own place, and for that it is measured.
    """
    drafts = [fit(words, room) for words, room in texts]
    doubtful = [at for at, draft in enumerate(drafts) if len(draft) > 1 or width(draft) > _SURE * texts[at][1]]
    found = dict(zip(doubtful, _set([drafts[at] for at in doubtful]), strict=True))
    goals = {at: room for at, (_, room) in enumerate(texts)}
    for _ in range(_TRIES):
        long = [at for at in doubtful if found[at].length > texts[at][1]]
        goals |= {at: goals[at] * texts[at][1] / found[at].length * _SAFE for at in long}
        found |= zip(long, _set([fit(texts[at][0], goals[at]) for at in long]), strict=True)
    return [found.get(at) or Line([(0.0, piece) for piece in draft]) for at, draft in enumerate(drafts)]


def _set(drafts: Sequence[Sequence[Piece]]) -> list[Line]:
    inks = iter(measured([piece for draft in drafts for piece in draft]))
    return [_placed([(next(inks), piece) for piece in draft]) for draft in drafts]


def _placed(draft: Sequence[tuple[Ink, Piece]]) -> Line:
    if len(draft) == 1:
        ((bearing, length), piece) = draft[0]
        return Line([(0.0, piece)], bearing + length)
    places: list[tuple[float, Piece]] = []
    at, gap = 0.0, _SIDE
    for (bearing, length), piece in _ordered(draft):
        if places and _apart(places[-1][1], piece):
            gap = _SPACE
        places.append((at + gap - bearing, piece))
        at, gap = at + gap + length, _SIDE
    return Line(places, at)


def _apart(left: Piece, right: Piece) -> bool:
    return any(one.text[:1].isspace() or one.text[-1:].isspace() for one in (left, right))


def _ordered(draft: Sequence[tuple[Ink, Piece]]) -> Iterable[tuple[Ink, Piece]]:
    """From left to right: the first letter says which way the line goes, what reads the other way goes its own way."""
    ways = _ways([piece for _, piece in draft])
    runs = [(way, [one for _, one in run]) for way, run in groupby(zip(ways, draft, strict=True), lambda one: one[0])]
    backwards = next((piece.backwards for _, piece in draft if piece.backwards is not None), False)
    for way, run in reversed(runs) if backwards else runs:
        yield from reversed(run) if way else run


def _ways(pieces: Sequence[Piece]) -> list[bool]:
    """Which pieces go backwards; one without letters goes as both its neighbours do, else as the whole line."""
    known = [piece.backwards for piece in pieces]
    base = next((way for way in known if way is not None), False)
    ways = []
    for at, way in enumerate(known):
        before = next((one for one in reversed(known[:at]) if one is not None), base)
        after = next((one for one in known[at:] if one is not None), base)
        ways.append(way if way is not None else before if before == after else base)
    return ways
