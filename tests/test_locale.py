"""Every sentence is said in Indonesian too, in both registers, with nothing missing and nothing left over."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
PLACEHOLDER = re.compile(r"\{(\w+)\}")
INTIMATE = re.compile(r"(?<!\()\b(?!ilmu\b|tamu\b|bertemu\b|temu\b)(kamu|\w{3,}mu)\b", re.IGNORECASE)
"""Words that say `kamu` where the formal register says `Anda`; in brackets the register itself is named."""

MOST_FORMAL = 60

Source = tuple[str, ...]
"""A sentence, with its plural where it has one."""


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every T(...) in the code with where it stands."""
    for folder in ("bot", "adapters", "storage"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "T":
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def literal(call: ast.Call) -> Source | None:
    """The sentence of a call, None where it is not written there."""
    words = tuple(arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))
    return words if words and len(words) == len(call.args) else None


def catalogue(name: str) -> Mapping[Source, Message]:
    with (ROOT / "bot" / "locale" / f"{name}.po").open("rb") as file:
        return {_words(message.id): message for message in read_po(file, locale="id") if message.id}


def _words(text: str | list[str] | tuple[str, ...] | None) -> Source:
    return (text,) if isinstance(text, str) else tuple(text or ())


SOURCES = {source: where for where, call in calls() if (source := literal(call))}
WARM, FORMAL = catalogue("id"), catalogue("id_formal")
entries = pytest.mark.parametrize("entries", [WARM, FORMAL], ids=["id", "id_formal"])


def test_every_sentence_is_written_where_it_is_used() -> None:
    computed = {where.rpartition(":")[0] for where, call in calls() if literal(call) is None}
    assert computed == {"bot/speech.py"}


def test_every_sentence_is_given_exactly_what_it_names() -> None:
    for where, call in calls():
        if source := literal(call):
            given = {keyword.arg for keyword in call.keywords}
            named = {name for words in source for name in PLACEHOLDER.findall(words)}
            assert given == named or (named == {"n"} and not given), where
            assert (len(source) == 1) or "n" in named, f"{where}: a plural is chosen by {{n}}"


def test_every_sentence_is_translated() -> None:
    missing = {" | ".join(source): where for source, where in SOURCES.items() if source not in WARM}
    assert not missing


@entries
def test_no_translation_is_left_over(entries: Mapping[Source, Message]) -> None:
    assert set(entries) <= set(SOURCES)


@entries
def test_every_translation_names_the_same_arguments(entries: Mapping[Source, Message]) -> None:
    for source, message in entries.items():
        for words in _words(message.string):
            assert set(PLACEHOLDER.findall(words)) == set(PLACEHOLDER.findall(source[-1])), source


@entries
def test_every_translation_is_finished(entries: Mapping[Source, Message]) -> None:
    for source, message in entries.items():
        assert not message.fuzzy, source
        assert all(_words(message.string)), source
        assert len(_words(message.string)) == 1, f"{source}: Indonesian has no plural forms"


@entries
def test_every_translation_begins_and_ends_as_its_source(entries: Mapping[Source, Message]) -> None:
    for source, message in entries.items():
        (words,) = _words(message.string)
        assert words == words.strip(), source
        assert words[-1:] in ".?!:" if source[0][-1] in ".?!:" else words[-1:] not in ".:", source


def test_what_says_kamu_has_a_formal_form() -> None:
    intimate = {source for source, message in WARM.items() if INTIMATE.search(_words(message.string)[0])}
    assert intimate <= set(FORMAL)


def test_the_formal_register_says_anda_and_stays_small() -> None:
    assert len(FORMAL) <= MOST_FORMAL
    for source, message in FORMAL.items():
        assert not INTIMATE.search(_words(message.string)[0]), source
        assert message.string != WARM[source].string, source
