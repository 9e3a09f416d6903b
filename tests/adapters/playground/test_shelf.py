"""Files on the shelf: one id for one file, guessed by nobody, and an end to what is kept."""

import pytest

from adapters.playground import shelf
from adapters.playground.shelf import Leaf, Shelf
from bot.chat.file import Document

TABLE = Document("soal.csv", b"a,b", "text/csv")


def test_the_same_file_has_the_same_id_and_any_other_another() -> None:
    kept = Shelf()
    others = (
        Document("x.csv", b"a,b", "text/csv"),
        Document("soal.csv", b"a,c", "text/csv"),
        Document("soal.csv", b"a,b"),
    )
    ids = [leaf.id for leaf in kept.keep((TABLE, *others, TABLE))]
    assert ids[0] == ids[-1]
    assert len(set(ids)) == 4
    assert kept.get(ids[0]) == TABLE
    assert kept.get("nothing") is None


def test_an_id_says_nothing_of_what_it_stands_for() -> None:
    (one,), (other,) = Shelf().keep((TABLE,)), Shelf().keep((TABLE,))
    assert one.id != other.id
    assert len(one.id) == 36


def test_the_oldest_files_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_TOGETHER", 10)
    kept = Shelf()
    first, second = kept.keep((Document("1", b"x" * 5), Document("2", b"x" * 5)))
    kept.keep((Document("1", b"x" * 5),))
    (third,) = kept.keep((Document("3", b"x" * 5),))
    assert [kept.get(leaf.id) is not None for leaf in (first, second, third)] == [True, False, True]


def test_a_leaf_tells_a_picture_from_anything_else() -> None:
    leaves = Shelf().keep((Document("a.png", b"x", "image/png"), Document("a.svg", b"x", "image/svg+xml"), TABLE))
    assert [leaf.is_picture for leaf in leaves] == [True, False, False]
    assert leaves[2] == Leaf(leaves[2].id, "soal.csv", "text/csv", 3)


def test_a_name_that_is_no_text_is_kept_too() -> None:
    (leaf,) = Shelf().keep((Document("\ud800.csv", b"x"),))
    assert leaf.name == "\ud800.csv"
