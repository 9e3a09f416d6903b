"""An item speaks the reader's language where it can."""

from bot.domain.items import Item, ItemText, letter

INDONESIAN, ENGLISH = (
    ItemText("Ibu kota Jepang?", ("Osaka", "Tokyo")),
    ItemText("Capital of Japan?", ("Osaka", "Tokyo")),
)


def test_an_item_is_read_in_the_wanted_language_or_in_its_first() -> None:
    item = Item(1, 1, {"id": INDONESIAN, "en": ENGLISH}, (1,))
    assert [item.text(language) for language in ("en", "id", "fr", "")] == [ENGLISH, INDONESIAN, INDONESIAN, INDONESIAN]


def test_options_are_named_by_letters() -> None:
    assert [letter(option) for option in range(5)] == ["A", "B", "C", "D", "E"]
