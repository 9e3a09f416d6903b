"""What is written as GIFT comes back as it was, and other readers of GIFT take it in the same way."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.items import Item, Kind
from bot.formats import gift
from tests.bot.formats.sample import items

HELD = (Kind.ONE, Kind.SEVERAL, Kind.TRUTH, Kind.TEXT, Kind.NUMBER)


def again(written: str, language: str = "en") -> tuple[Item, ...]:
    return tuple(draft.item for draft in gift.read(written, language))


@settings(max_examples=100, deadline=None)
@given(st.lists(items(HELD).filter(gift.holds), min_size=1, max_size=4))
def test_what_is_written_is_read_again_as_it_was(bank: list[Item]) -> None:
    assert again(gift.write(bank, "en")) == tuple(bank)
