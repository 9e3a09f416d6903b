"""The stretches of a GIFT file between empty lines: a question, its remarks, and the topic it stands under."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.chat.text import T, code
from bot.domain.items import LONGEST_TAG
from bot.formats.check import legal_tag

CATEGORY = "$CATEGORY:"

_FIELD = re.compile(r"\[(tag|difficulty|source):((?:\\.|[^\]\\])*)\]")
_ESCAPED = re.compile(r"\\(.)")
_SLASH = re.compile(r"(?<!/)/(?!/)")
_WORD = re.compile(r"[^a-z0-9]+")


class Wrong(ValueError):
    """What is wrong with a question, said for its writer; `line` counts from 1 in the file."""

    def __init__(self, line: int, text: T) -> None:
        super().__init__(text.source)
        self.line = line
        self.text = text


@dataclass(slots=True)
class Block:
    """The numbered lines of one question without its remarks, which begin with two slashes."""

    lines: list[tuple[int, str]] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)
    tags: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The lines as they stand."""
        return "\n".join(line for _, line in self.lines)

    def line_at(self, position: int) -> int:
        """The line of the file in which that character of the text stands."""
        return self.lines[min(self.text.count("\n", 0, position), len(self.lines) - 1)][0]


def split(text: str) -> Iterator[Block | Wrong]:
    """The questions of a file, those under a category with its topics; or what is wrong with a category."""
    tags: tuple[str, ...] = ()
    for block in _stretches(text):
        if block.lines and block.lines[0][1].lstrip().startswith(CATEGORY):
            number, line = block.lines.pop(0)
            try:
                tags = topics(number, line.strip().removeprefix(CATEGORY))
            except Wrong as wrong:
                yield wrong
        if block.lines:
            block.tags = tags
            yield block


def _stretches(text: str) -> Iterator[Block]:
    block = Block()
    for number, line in enumerate((*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""), 1):
        bare = line.strip()
        if not bare:
            yield block
            block = Block()
        elif bare.startswith("//"):
            block.remarks.append((number, bare))
        else:
            block.lines.append((number, line))


def topics(line: int, category: str) -> tuple[str, ...]:
    """The tags for a category path; its beginning, such as `$course$/top`, names no topic."""
    parts = (part.replace("//", "/").strip() for part in _SLASH.split(category))
    return tuple(dict.fromkeys(_tag(line, part) for part in parts if part not in ("", "top") and part[0] != "$"))


def remarked(block: Block) -> dict[str, tuple[str, ...]]:
    """What the remarks say in brackets, by name; tags are made legal."""
    found: dict[str, tuple[str, ...]] = {"tag": (), "difficulty": (), "source": ()}
    for number, remark in block.remarks:
        for name, raw in _FIELD.findall(remark):
            value = _ESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], raw)
            found[name] += (_tag(number, value) if name == "tag" else value,)
    return found


def _tag(line: int, words: str) -> str:
    """The words as a tag."""
    folded = unicodedata.normalize("NFKD", words.casefold())
    tag = _WORD.sub("-", "".join(char for char in folded if not unicodedata.combining(char))).strip("-")
    if not legal_tag(tag):
        raise Wrong(
            line,
            T(
                "{name} makes no topic: use up to {most} letters a to z and digits.",
                name=code(words[:40]),
                most=LONGEST_TAG,
            ),
        )
    return tag
