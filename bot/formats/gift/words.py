"""Words inside a GIFT question: what is escaped, and text that is marked as HTML."""

import re

from bot.formats.html import plain

MARK = re.compile(r"\s*\[(html|moodle|markdown|plain)\]")
"""How the words after it are to be read; without a mark as those of the whole question."""

_RESERVED = re.compile(r"[\\~=#{}:]|\n(?![A-Za-z])")
_ESCAPED = re.compile(r"\\\\([()\[\]])?|\\(n[A-Za-z]*|[\s\S])|\$")
_OPENS, _CLOSES = "([", ")]"
_FORMULAS = frozenset(
    [
        "nLeftarrow",
        "nLeftrightarrow",
        "nRightarrow",
        "nVDash",
        "nVdash",
        "nabla",
        "natural",
        "ncong",
        "ne",
        "nearrow",
        "neg",
        "neq",
        "newline",
        "nexists",
        "ngeq",
        "ngeqq",
        "ngeqslant",
        "ngtr",
        "ni",
        "nleftarrow",
        "nleftrightarrow",
        "nleq",
        "nleqq",
        "nleqslant",
        "nless",
        "nmid",
        "nobreakspace",
        "nolimits",
        "nonumber",
        "not",
        "notin",
        "nparallel",
        "nprec",
        "npreceq",
        "nrightarrow",
        "nshortmid",
        "nshortparallel",
        "nsim",
        "nsubseteq",
        "nsucc",
        "nsucceq",
        "nsupseteq",
        "ntriangleleft",
        "ntrianglelefteq",
        "ntriangleright",
        "ntrianglerighteq",
        "nu",
        "nvDash",
        "nvdash",
        "nwarrow",
    ]
)
"""LaTeX commands that begin as the line break of GIFT does."""


def escape(text: str) -> str:
    """The text as GIFT writes it.

    A line break before a letter stays one, because `\\n` and letters can be read as a LaTeX command.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _RESERVED.sub(lambda match: "\\n" if match.group() == "\n" else "\\" + match.group(), lines)


def unescape(raw: str) -> str:
    """What escaped text says. Only the characters that GIFT defines are unescaped, so `\\frac` stays; so does `\\neq`
    in a formula, where Moodle would see a line break.
    """
    pieces: list[str] = []
    end = 0
    within = False
    for match in _ESCAPED.finditer(raw):
        pieces += raw[end : match.start()], _meant(match, within)
        end = match.end()
        within = _stays_within(match, within)
    return "".join((*pieces, raw[end:]))


def words(raw: str, mark: str) -> str:
    """The plain words of a part of a question, in the mark that it begins with or else in that one.

    Raises `bot.formats.html.Foreign` for HTML that plain words cannot say.
    """
    own = MARK.match(raw)
    return said(raw[own.end() :], own[1]) if own else said(raw, mark)


def said(raw: str, mark: str) -> str:
    """The plain words of what stands behind a mark."""
    text = unescape(raw.strip())
    return (plain(text) if mark == "html" else text).strip()


def _meant(match: re.Match[str], within: bool) -> str:
    bracket, char = match.groups()
    if char is None:
        return "$" if match.group() == "$" else f"\\{bracket or ''}"
    if char[0] == "n":
        return match.group() if within and char in _FORMULAS else "\n" + char[1:]
    return char if char in "~=#{}:" else match.group()


def _stays_within(match: re.Match[str], within: bool) -> bool:
    """Whether a formula goes on behind this sign: dollars, or brackets with a backslash, are around it."""
    bracket, char = match.groups()
    if match.group() == "$":
        return not within
    sign = bracket or char or " "
    return sign in _OPENS or (within and sign not in _CLOSES)
