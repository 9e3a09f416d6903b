"""Items of every kind in one or both languages, with words that files easily damage, as hypothesis strategies."""

from decimal import Decimal

from hypothesis import strategies as st

from bot.domain.items import Item, ItemText, Kind, Number
from bot.formats.check import check

PIECES = (
    *"aB01 _-+=@＝'\"|,;\t\n\r#<>&{}~:%$\\/",
    "\r\n",
    "  ",
    "||",
    " | ",
    "''",
    "'=",
    "=1+1",
    "$$\\frac{a}{b}$$",
    "x_{1}",
    "`if a < b && c:`",
    "_x000D_",
    "é",
    "漢",
    "👩\u200d👧",
    "مريم",
    "\u00a0",
    "\u2028",
    "\x85",
    "\x1f",
    "<br>",
    "&amp;",
    "&nbsp;",
    "benar",
    "A",
)
"""Signs of tables, formulas, markup and code, and characters that are white space to some readers only."""

TAGS = ("biologi", "biologi-sel", "fisika", "a", "2026")


def words(most: int) -> st.SearchStrategy[str]:
    """Words in which something can be seen."""
    text = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)
    return st.tuples(text, st.sampled_from("xY7")).map("".join).map(lambda text: text[-most:])


def numbers() -> st.SearchStrategy[Number]:
    """Numbers as people write them."""
    value = st.decimals(-(10**9), 10**9, places=3) | st.integers(-99, 99).map(Decimal) | st.just(Decimal("6.02E+23"))
    tolerance = st.just(Decimal(0)) | st.decimals(0, 10, places=2)
    return st.builds(Number, value, tolerance, st.just("") | words(16))


@st.composite
def items(draw: st.DrawFn, languages: tuple[str, ...] = ("id", "en")) -> Item:
    """An item that may be in a bank, not yet in any, in at least one of the languages."""
    kind = draw(st.sampled_from(Kind))
    spoken = draw(st.lists(st.sampled_from(languages), min_size=1, unique=True))
    size = draw(st.integers(2, 10)) if kind in (Kind.ONE, Kind.SEVERAL, Kind.ORDER) else 0
    texts = {language: draw(_texts(kind, size)) for language in spoken}
    item = Item(
        0,
        0,
        texts,
        draw(_right(kind, size)),
        tags=tuple(draw(st.lists(st.sampled_from(TAGS), max_size=4, unique=True))),
        difficulty=draw(st.integers(1, 3)),
        source=draw(st.just("") | words(200)),
        kind=kind,
        number=draw(numbers()) if kind is Kind.NUMBER else None,
    )
    assert check(item) is None
    return item


@st.composite
def _texts(draw: st.DrawFn, kind: Kind, size: int) -> ItemText:
    shown = 2 if kind is Kind.TRUTH else size
    feedback = draw(st.lists(st.just("") | words(200), min_size=shown, max_size=shown))
    options = draw(st.lists(words(90), min_size=size, max_size=size))
    answers = draw(st.lists(words(60), min_size=1, max_size=4)) if kind is Kind.TEXT else []
    return ItemText(
        draw(words(300)),
        tuple(f"{option}{index}" for index, option in enumerate(options)),
        draw(st.just("") | words(600)),
        tuple(feedback) if any(feedback) else (),
        tuple(answers),
    )


def _right(kind: Kind, size: int) -> st.SearchStrategy[tuple[int, ...]]:
    match kind:
        case Kind.ONE:
            return st.integers(0, size - 1).map(lambda index: (index,))
        case Kind.SEVERAL:
            return st.sets(st.integers(0, size - 1), min_size=1).map(lambda found: tuple(sorted(found)))
        case Kind.TRUTH:
            return st.sampled_from([(0,), (1,)])
        case _:
            return st.just(())
