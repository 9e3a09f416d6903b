"""A button's payload comes back as it was built, or not at all."""

import re
import string

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.chat.press import MOST_BYTES, Forged, Outdated, Press, Signed, number, sign, verify
from tests.bot.nasty import TEXTS, bad_inputs

OLD, NEW, FOREIGN = b"k" * 32, b"n" * 32, b"f" * 32
ACTIONS = st.text(string.ascii_lowercase, min_size=1, max_size=6)
NUMBERS = st.integers(0, 2**31)
WORDS = st.text(string.ascii_lowercase + string.digits + "-", max_size=4)
PRESSES = st.builds(Press, ACTIONS, NUMBERS, st.lists(NUMBERS | WORDS, max_size=3).map(tuple), NUMBERS)


def base36(value: int) -> str:
    digits = string.digits + string.ascii_lowercase
    return digits[value] if value < 36 else base36(value // 36) + digits[value % 36]


@given(press=PRESSES)
def test_a_press_comes_back_as_it_was_built(press: Press) -> None:
    words = tuple(base36(arg) if isinstance(arg, int) else arg for arg in press.args)
    assert verify(sign(press, [NEW]), [NEW]) == Signed(press.action, press.scope, press.owner, words)


@given(value=st.integers(-(2**40), 2**40))
def test_a_number_comes_back_from_its_word(value: int) -> None:
    signed = verify(sign(Press("go", 0, (value,)), [NEW]), [NEW])
    assert number(signed.words[0]) == value


@given(press=PRESSES)
def test_every_payload_is_a_deep_link_and_a_callback(press: Press) -> None:
    payload = sign(press, [NEW])
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)


@given(press=PRESSES, data=st.data())
def test_a_payload_with_any_bit_flipped_is_refused(press: Press, data: st.DataObject) -> None:
    raw = bytearray(sign(press, [NEW]).encode())
    for index in range(len(raw)):
        flipped = bytearray(raw)
        flipped[index] ^= 1 << data.draw(st.integers(0, 7))
        with pytest.raises((Forged, Outdated)):
            verify(flipped.decode("latin-1"), [NEW])


@given(press=PRESSES)
def test_a_payload_of_another_key_is_refused(press: Press) -> None:
    with pytest.raises(Forged):
        verify(sign(press, [FOREIGN]), [NEW, OLD])


@given(press=PRESSES)
def test_old_buttons_outlive_a_new_key_until_the_old_one_is_dropped(press: Press) -> None:
    old = sign(press, [OLD])
    assert verify(old, [NEW, OLD]).action == press.action
    assert verify(sign(press, [NEW, OLD]), [NEW]).action == press.action
    with pytest.raises(Forged):
        verify(old, [NEW])


@given(press=PRESSES, other=PRESSES)
def test_two_meanings_never_share_a_payload(press: Press, other: Press) -> None:
    assume(press != other)
    same = verify(sign(press, [NEW]), [NEW]) == verify(sign(other, [NEW]), [NEW])
    assert same == (sign(press, [NEW]) == sign(other, [NEW]))
    assert not same or any(isinstance(arg, str) for arg in (*press.args, *other.args))


@given(payload=TEXTS | st.text(string.ascii_letters + string.digits + "_-", max_size=70))
@example(payload="")
@example(payload="1" * 11)
@example(payload="\ud83d" * 12)
def test_junk_is_refused(payload: str) -> None:
    with pytest.raises((Forged, Outdated)):
        verify(payload, [NEW])


@pytest.mark.parametrize(("name", "payload"), bad_inputs("callback"))
def test_collected_bad_payloads_are_refused(name: str, payload: str) -> None:
    with pytest.raises((Forged, Outdated)):
        verify(payload, [NEW])


def test_a_button_of_another_version_is_called_outdated() -> None:
    with pytest.raises(Outdated):
        verify("9quiz_1_0_aaaaaaaaaaa", [NEW])


@pytest.mark.parametrize("word", ["01", "+1", "-0", "1_0", "", "A", "٣", "1 "])
def test_a_number_has_one_spelling(word: str) -> None:
    with pytest.raises(Forged):
        number(word)


@pytest.mark.parametrize("word", ["A", "a_b", "a b", "é", "\n", "٣"])
def test_a_word_that_would_not_come_back_is_refused_when_built(word: str) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        Press("go", 0, (word,))


def test_a_press_that_would_not_fit_is_refused_when_built() -> None:
    longest = Press("go", 0, ("x" * 45,))
    assert len(sign(longest, [NEW])) == MOST_BYTES
    with pytest.raises(ValueError, match="at most"):
        Press("go", 0, ("x" * 46,))
