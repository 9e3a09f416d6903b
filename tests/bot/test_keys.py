"""The keys of buttons: given ones, a file made once, and a file that is broken."""

from pathlib import Path

import pytest

from bot.chat.press import Press, sign, verify
from bot.keys import BYTES, BadKeyFile, read_keys


def test_given_keys_are_used_in_their_order_and_no_file_is_made(tmp_path: Path) -> None:
    assert read_keys(["new" * 11, "old" * 11], tmp_path / "bareng.db") == (b"new" * 11, b"old" * 11)
    assert not list(tmp_path.iterdir())


def test_a_key_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    database = tmp_path / "data" / "bareng.db"
    first = read_keys([], database)
    assert len(first[0]) == 2 * BYTES
    assert read_keys([], database) == first
    assert (tmp_path / "data" / "bareng.db.key").stat().st_mode & 0o077 == 0


def test_each_database_has_a_key_of_its_own(tmp_path: Path) -> None:
    assert read_keys([], tmp_path / "a.db") != read_keys([], tmp_path / "b.db")


def test_buttons_survive_a_restart(tmp_path: Path) -> None:
    database = tmp_path / "bareng.db"
    payload = sign(Press("tap", 3, (1, 2)), read_keys([], database))
    assert verify(payload, read_keys([], database)).words == ("1", "2")


def test_buttons_survive_a_new_key(tmp_path: Path) -> None:
    old, new = "o" * 32, "n" * 32
    payload = sign(Press("tap", 3), read_keys([old], None))
    assert verify(payload, read_keys([new, old], None)).scope == 3


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 64])
def test_a_broken_key_file_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bareng.db.key"
    path.write_bytes(content)
    with pytest.raises(BadKeyFile, match=r"bareng\.db\.key holds no key"):
        read_keys([], tmp_path / "bareng.db")
    assert path.read_bytes() == content


def test_chosen_keys_still_read_what_the_file_has_signed(tmp_path: Path) -> None:
    """Whoever begins to set keys by hand does not kill the buttons that stand in the chats."""
    made = read_keys([], tmp_path / "bareng.db")
    keys = read_keys(["new" * 11], tmp_path / "bareng.db")
    assert keys == (b"new" * 11, *made)
    assert verify(sign(Press("tap", 1), made), keys).action == "tap"
