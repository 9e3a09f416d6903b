"""The parts of one GIFT question, found by the grammar in `gift.lark`."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.chat.text import T, code
from bot.formats.gift.block import Block, Wrong

LONGEST_BLOCK = 20_000
MOST_SIGNS = 60
"""More characters, and more of `=` and `~` among the answers, than any question here can have; more costs only time."""

_SIGN = re.compile(r"(?<!\\)[~=]")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its sign `=` or `~` ("" for a number without), its weight as written ("" for none), its raw words."""

    position: int
    sign: str
    weight: str
    words: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Parts:
    """A question's raw parts. `truth` is T or F with its remarks; `numeric` says that the choices are numbers.

    `answered` is False where there are no braces at all.
    """

    mark: str
    head: str
    tail: str
    answered: bool
    truth: tuple[str, ...]
    numeric: bool
    choices: tuple[Choice, ...]
    general: str


def parse(block: Block) -> Parts:
    """Take a question apart; raises `Wrong` with the line at fault."""
    from lark.exceptions import UnexpectedInput

    text = block.text
    if len(text) > LONGEST_BLOCK or len(_SIGN.findall(text.partition("{")[2].partition("####")[0])) > MOST_SIGNS:
        raise Wrong(block.lines[0][0], T("This is too long for one question. An empty line stands between questions."))
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise _wrong(block, text, error) from None
    return _parts(block, tree)


@cache
def _parser() -> Any:
    from lark import Lark

    grammar = (Path(__file__).parent / "gift.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", maybe_placeholders=False)


def _wrong(block: Block, text: str, error: Any) -> Wrong:
    """What the reader says about the place where the grammar ended."""
    position = error.pos_in_stream
    rest = "" if position is None else text[position:].lstrip()
    opens = text.find("{")
    if not rest or getattr(getattr(error, "token", None), "type", "") == "$END":
        return Wrong(
            block.line_at(opens),
            T(
                "The brace {open} is never closed. An empty line must not stand before {close}.",
                open=code("{"),
                close=code("}"),
            ),
        )
    line = block.line_at(len(text) - len(rest))
    match rest[0]:
        case "{":
            return Wrong(
                line,
                T(
                    "There is a second {open}. A brace in the text itself is written {example}.",
                    open=code("{"),
                    example=code("\\{"),
                ),
            )
        case "}":
            return Wrong(
                line,
                T(
                    "There is a {close} too many. A brace in the text itself is written {example}.",
                    close=code("}"),
                    example=code("\\}"),
                ),
            )
        case _:
            return Wrong(
                line,
                T(
                    "Each answer in braces begins with {right} or {other}. Example: {example}",
                    right=code("="),
                    other=code("~"),
                    example=code("{=4 ~5}"),
                ),
            )


def _parts(block: Block, tree: Any) -> Parts:
    tokens = {token.type: str(token) for token in tree.children if hasattr(token, "type")}
    answers = next((child for child in tree.children if not hasattr(child, "type")), None)
    prose = [str(token) for token in tree.children if hasattr(token, "type") and token.type == "PROSE"]
    behind = answers is not None and prose and getattr(tree.children[-1], "type", "") == "PROSE"
    tail = prose.pop() if behind else ""
    head = prose.pop() if prose else ""
    if "TITLE" not in tokens and head.lstrip().startswith("::"):
        raise Wrong(
            block.lines[0][0],
            T("The title is not closed. It stands between colons, like {example}.", example=code("::Sel::")),
        )
    return Parts(tokens.get("MARK", "").strip(" \t\n[]"), head, tail, answers is not None, *_answers(answers))


def _answers(tree: Any) -> tuple[tuple[str, ...], bool, tuple[Choice, ...], str]:
    if tree is None:
        return (), False, (), ""
    general = next((str(child) for child in tree.children if getattr(child, "type", "") == "GENERAL"), "")
    truth = tuple(str(token) for part in tree.find_data("truth") for token in part.children)
    choices = tuple(_choice(part) for part in tree.iter_subtrees_topdown() if part.data in ("bare", "choice"))
    return truth, any(tree.find_data("number")), choices, general.strip().removeprefix("####")


def _choice(tree: Any) -> Choice:
    parts = {token.type: token for token in tree.children}
    words = str(parts.get("TEXT", ""))
    weight = str(parts.get("WEIGHT", ""))
    first = tree.children[0]
    position = first.start_pos + len(first) - len(first.lstrip())
    return Choice(position, parts.get("SIGN", "").strip(), weight, words, parts.get("FEEDBACK", "")[1:])
