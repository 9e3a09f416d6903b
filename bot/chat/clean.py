"""Making words from outside safe to keep and to show, without changing what they say."""

import unicodedata

import regex

LONGEST_NAME = 32
MOST_MARKS = 4
"""Combining marks shown on one letter: enough for every living script, too few to climb out of the line."""

_GRAPHEME = regex.compile(r"\X")
_VISIBLE = regex.compile(r"[^\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800\ufffc]")
_PARAGRAPH = regex.compile(r"[^\n\r\x1c-\x1e\x85\u2029]+")
_OPEN, _CLOSE = "\u2066\u2067\u2068", "\u2069"
_JOINERS = "\u200c\u200d"
_DIRECTION = regex.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\p{Bidi_Class=R}\p{Bidi_Class=AL}]")


def clean_text(raw: str) -> str:
    """The text without what no database or platform takes: NUL, lone surrogates."""
    if raw.isascii() and "\0" not in raw:
        return raw
    return raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def clean_name(raw: str, fallback: str = "?", longest: int = LONGEST_NAME) -> str:
    """A name fit for one line: NFC, no control or direction characters, at most 32 characters as people see them.

    `fallback` stands in where nothing visible is left.
    """
    text = unicodedata.normalize("NFC", clean_text(raw))
    kept = "".join(_visible(char) for char in text)
    graphemes = _GRAPHEME.findall(" ".join(kept.split()))
    shown = "".join(_calm(grapheme) for grapheme in graphemes[:longest]).rstrip()
    return shown if visible(shown) else fallback


def visible(text: str) -> bool:
    """Whether anything of the text can be seen."""
    return _VISIBLE.search(text) is not None


def isolate(text: str) -> str:
    """The text, kept from changing the order of what stands around it (Unicode isolates FSI and PDI)."""
    return text if text.isascii() else _PARAGRAPH.sub(lambda match: _isolated(match.group()), text)


def _isolated(line: str) -> str:
    """One paragraph in isolates, which end with it; a mark that would close ours early is left out."""
    if not _DIRECTION.search(line):
        return line
    kept = []
    depth = 0
    for char in line:
        if char == _CLOSE and not depth:
            continue
        depth += (char in _OPEN) - (char == _CLOSE)
        kept.append(char)
    return _OPEN[-1] + "".join(kept) + _CLOSE * (depth + 1)


def graphemes(text: str) -> list[str]:
    """The characters of a text as people see them."""
    return list(_GRAPHEME.findall(text))


def _visible(char: str) -> str:
    if char in _JOINERS:
        return char
    category = unicodedata.category(char)
    if category in ("Zl", "Zp", "Zs") or char in "\t\n\r\x0b\x0c\x85":
        return " "
    return "" if category in ("Cc", "Cf", "Cs", "Cn", "Co") else char


def _calm(grapheme: str) -> str:
    marks = 0
    kept = []
    for char in grapheme:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)
