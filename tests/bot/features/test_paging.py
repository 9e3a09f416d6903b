"""Lists that are looked through page by page."""

from bot.chat.press import Press
from bot.chat.text import T
from bot.features.paging import PAGE, Names, called, choices, page, steps

NAMES: Names = {"open": ("open", "terbuka"), "mine": ("mine", "saya")}
LABELS = {"open": T("Open"), "mine": T("Mine")}


def turn(which: str, start: int) -> Press:
    return Press("list", 1, (which, start))


def test_a_list_is_asked_for_by_any_of_its_names() -> None:
    assert [called(words, NAMES) for words in ("terbuka", "mine", "closed", "")] == ["open", "mine", "", ""]


def test_every_list_has_a_button_and_the_shown_one_is_picked() -> None:
    row = choices(LABELS, turn, "mine")
    assert [(button.press, button.pick) for button in row] == [(turn("open", 0), False), (turn("mine", 0), True)]


def test_one_goes_back_and_on_only_where_there_is_something() -> None:
    assert steps(turn, "open", 0, more=False) == ()
    assert [button.press for button in steps(turn, "open", 2 * PAGE, more=True)] == [
        turn("open", PAGE),
        turn("open", 3 * PAGE),
    ]
    assert [button.press for button in steps(turn, "open", 2, more=False)] == [turn("open", 0)]


def test_a_row_without_buttons_is_left_out() -> None:
    lists = choices(LABELS, turn, "open")
    assert page(T("Open"), [("a",)], (), (), lists).rows == (lists,)
