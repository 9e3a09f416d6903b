"""HTML of question files as plain words: line breaks, lists, small raised and lowered signs; styles are left out."""

import re
from html import unescape

_TOKEN = re.compile(r"<!--|<(/?)([A-Za-z][A-Za-z0-9:-]*+)([^<>]*+)>|<[!?/][^<>]*+>")
"""A tag ends at the first `>`; looking for quotes around one would take time that grows with the square."""

_ADDRESS = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s]+)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_STYLES = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "body",
        "br",
        "cite",
        "code",
        "dfn",
        "em",
        "font",
        "html",
        "i",
        "kbd",
        "label",
        "mark",
        "nobr",
        "small",
        "span",
        "strong",
        "samp",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "ul",
    ]
)
_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SHIFTED = {"sup": ("^", _RAISED), "sub": ("_", _LOWERED)}


class Foreign(ValueError):
    """A tag that words cannot stand for, such as a picture."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


def plain(html: str) -> str:
    """What the HTML says, in lines of plain text; raises `Foreign`.

    The address of a link stands in brackets behind its words. `<sup>` and `<sub>` become raised and lowered signs
    where Unicode has them, else `^(...)` and `_(...)`.
    """
    reader = _Reader()
    at = 0
    while token := _TOKEN.search(html, at):
        reader.say(html[at : token.start()])
        at = token.end()
        if token.group() == "<!--":
            end = html.find("-->", at)
            at = end + 3 if end >= 0 else len(html)
        elif token[2]:
            reader.tag(token[2].casefold(), token[3], closes=bool(token[1]))
    reader.say(html[at:])
    return reader.said()


class _Reader:
    """The words so far, and what is still open: lists with their next number, shifts and links with their start."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._kept = 0
        self._shifts: list[int] = []
        self._links: list[tuple[str, int]] = []
        self._lists: list[int] = []

    def say(self, html: str) -> None:
        """Take words; white space means one space, except in `<pre>`."""
        text = _unescaped(html)
        if not self._kept:
            text = _SPACES.sub(" ", text)
            text = text if self._pieces and not self._pieces[-1].endswith("\n") else text.lstrip(" ")
        if text:
            self._pieces.append(text)

    def tag(self, name: str, attributes: str, *, closes: bool) -> None:
        """Take a tag; raises `Foreign`."""
        if name in _BLOCKS:
            self._block(name, closes=closes)
        elif name in _SHIFTED:
            self._shift(name, closes=closes)
        elif name not in _STYLES or attributes.count('"') % 2:
            raise Foreign(name)
        elif name == "br":
            self._pieces.append("\n")
        elif name == "a":
            self._link(attributes, closes=closes)

    def said(self) -> str:
        """The lines so far."""
        return "".join(self._pieces).replace("\xa0", " ").strip()

    def _block(self, name: str, *, closes: bool) -> None:
        if self._pieces and not self._pieces[-1].endswith("\n"):
            self._pieces[-1] = self._pieces[-1].rstrip(" ")
            self._pieces.append("\n")
        if name == "pre":
            self._kept = max(0, self._kept + (-1 if closes else 1))
        elif name in ("ol", "ul"):
            self._lists = self._lists[:-1] if closes else [*self._lists[-9:], int(name == "ol")]
        elif name == "li" and not closes:
            self._pieces.append(self._bullet())

    def _bullet(self) -> str:
        if not self._lists or not self._lists[-1]:
            return "• "
        self._lists[-1] += 1
        return f"{self._lists[-1] - 1}. "

    def _shift(self, name: str, *, closes: bool) -> None:
        if not closes:
            self._shifts.append(len(self._pieces))
        elif self._shifts:
            text = self._taken(self._shifts.pop()).strip()
            sign, table = _SHIFTED[name]
            if all(ord(char) in table for char in text):
                self._pieces.append(text.translate(table))
            else:
                self._pieces.append(f"{sign}{text}" if len(text) == 1 else f"{sign}({text})")

    def _link(self, attributes: str, *, closes: bool) -> None:
        if not closes:
            found = _ADDRESS.search(attributes)
            self._links.append((_unescaped(found[1]) if found else "", len(self._pieces)))
        elif self._links:
            address, start = self._links.pop()
            text = self._taken(start)
            self._pieces.append(text if not address or address in text else f"{text} ({address})")

    def _taken(self, start: int) -> str:
        """The words since then, which are taken back."""
        text = "".join(self._pieces[start:])
        del self._pieces[start:]
        return text


def _unescaped(html: str) -> str:
    try:
        return unescape(html)
    except ValueError:
        return html
