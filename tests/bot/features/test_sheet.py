"""How items, responses and what is right are put into words."""

from bot.domain.answer import shown_order
from bot.domain.items import Item, ItemText, Kind, letter
from bot.features import sheet
from bot.speech import Speech

STEPS = ("satu", "dua", "tiga", "empat")
ORDER = Item(1, 7, {"id": ItemText("Urutkan.", STEPS)}, kind=Kind.ORDER)
ONE = Item(1, 8, {"id": ItemText("2 + 2?", ("3", "4"), "Dua dan dua.", ("Kurang satu.", ""))}, (1,))


def said(words: object) -> str:
    return Speech("id").words(words)  # type: ignore[arg-type]


def test_an_order_is_spelled_with_the_letters_that_were_shown() -> None:
    assert shown_order(ORDER) != (0, 1, 2, 3)
    letters = [letter(place) for place in range(4)]
    assert sheet.spelled(ORDER, "".join(map(str, shown_order(ORDER)))) == " → ".join(letters)
    where = {option: letter(place) for place, option in enumerate(shown_order(ORDER))}
    assert sheet.spelled(ORDER, "0123") == " → ".join(where[option] for option in range(4))


def test_the_key_of_a_copy_whose_order_was_corrected_is_the_corrected_one() -> None:
    corrected = Item(1, 7, ORDER.texts, (1, 0, 2, 3), kind=Kind.ORDER)
    assert sheet.short_key(ORDER, "id") == "satu → dua → tiga → empat"
    assert sheet.short_key(corrected, "id") == "dua → satu → tiga → empat"


def test_a_verdict_says_what_the_author_thinks_of_the_chosen_option_and_why() -> None:
    assert said(sheet.verdict(ONE, "0", "id")) == "❌ Belum tepat: jawabannya B. Kurang satu. Dua dan dua."
    assert said(sheet.verdict(ONE, "1", "id")) == "✅ Benar! Dua dan dua."
