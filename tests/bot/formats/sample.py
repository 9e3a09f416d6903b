"""Items as people write them, as hypothesis strategies: words of all scripts, formulas, code, all signs of formats."""

from collections.abc import Callable
from decimal import Decimal

from hypothesis import assume
from hypothesis import strategies as st

from bot.domain.items import MOST_OPTIONS, Item, ItemText, Kind, Number
from bot.formats.check import check

SIGNS = "\\~=#{}:%*[]<>&$/->\"'_.,;|()!?@`^+"
PIECES = (
    *SIGNS,
    *"abnxABT012 ",
    "\n",
    "\n\n",
    "\nn",
    "\\n",
    "\\neq ",
    "\\\\",
    "$\\frac{a}{b} \\neq \\nu$",
    "\\(\\nabla x\\)",
    "####",
    "->",
    "::",
    "//",
    "\n// x",
    "\n$CATEGORY: a",
    "[html]",
    "[plain]",
    "%50%",
    "%100%x",
    "<b>tebal</b>",
    "&amp;",
    "x = y[0] # kode\n    return {'a': 1}",
    "ANSWER: A",
    "\nA. x",
    "T",
    "TRUE",
    "e\u0301",
    "👨\u200d👩\u200d👧",
    "مريم",
    "漢字",
    "\u2028",
    "\x85",
    "\u00a0",
    "\t",
)


def words(most: int, *, least: int = 1) -> st.SearchStrategy[str]:
    """Words without space around them, of at most that many characters, at least one to see."""
    joined = st.lists(st.sampled_from(PIECES), min_size=least, max_size=12).map("".join)
    return joined.map(lambda text: text[:most].strip()).filter(lambda text: len(text) >= least)


@st.composite
def items(
    draw: st.DrawFn, kinds: tuple[Kind, ...] = tuple(Kind), text: Callable[[int], st.SearchStrategy[str]] = words
) -> Item:
    """An item of one of the kinds that `check` has nothing to say about."""
    kind = draw(st.sampled_from(kinds))
    chosen = kind in (Kind.ONE, Kind.SEVERAL, Kind.ORDER)
    count = draw(st.integers(2, MOST_OPTIONS)) if chosen else 0
    options = tuple(draw(text(90)) + f" {n}" for n in range(count))
    size = 2 if kind is Kind.TRUTH else count if chosen else 0
    feedback = tuple(draw(st.just("") | text(200)) for _ in range(size))
    item = Item(
        0,
        0,
        {
            "en": ItemText(
                draw(text(300)),
                options,
                draw(st.just("") | text(600)),
                feedback if any(feedback) else (),
                tuple(draw(st.lists(text(60), min_size=1, max_size=4))) if kind is Kind.TEXT else (),
            )
        },
        _right(draw, kind, size),
        tags=tuple(
            draw(st.lists(st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True), max_size=5, unique=True))
        ),
        difficulty=draw(st.integers(1, 3)),
        source=draw(st.just("") | text(200)),
        kind=kind,
        number=_number(draw) if kind is Kind.NUMBER else None,
    )
    assume(check(item) is None)
    return item


def _right(draw: st.DrawFn, kind: Kind, size: int) -> tuple[int, ...]:
    match kind:
        case Kind.ONE | Kind.TRUTH:
            return (draw(st.integers(0, size - 1)),)
        case Kind.SEVERAL:
            return tuple(sorted(draw(st.sets(st.integers(0, size - 1), min_size=1))))
        case _:
            return ()


def _number(draw: st.DrawFn) -> Number:
    part = st.decimals(-(10**9), 10**9, places=6, allow_nan=False) | st.sampled_from(
        [Decimal("6.02214076E+23"), Decimal("1E-15"), Decimal("-0.0"), Decimal(0)]
    )
    return Number(draw(part), abs(draw(part)))
