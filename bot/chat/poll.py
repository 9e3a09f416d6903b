"""A native quiz poll within Telegram's limits, and whether one that is told of is the one that was meant."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from bot.chat.clean import clean_text, visible
from bot.chat.fit import ELLIPSIS, shorten
from bot.chat.message import Poll

LONGEST_QUESTION = 300
LONGEST_OPTION = 100
LONGEST_EXPLANATION = 200
MOST_LINE_FEEDS = 2
"""How long the parts of a poll may be (Bot API, sendPoll); line feeds are counted in the explanation."""

_LOST = regex.compile(r"[\r\u2028-\u202e\u0333\u033f\u030a]")
"""What Telegram leaves out of every text (TDLib, clean_input_string)."""

_UNSEEN = regex.compile(r"[\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]+")


def fit_poll(poll: Poll) -> Poll:
    """The poll with every text in a form that Telegram takes as it stands, whatever the text is."""
    return replace(
        poll,
        question=_shown(poll.question, LONGEST_QUESTION),
        options=tuple(_shown(_on_one_line(option), LONGEST_OPTION) for option in poll.options),
        explanation=_explained(poll.explanation),
    )


def is_asked_by(poll: Poll, question: str, options: Sequence[str]) -> bool:
    """Whether a poll that shows those words is this one; spaces and what cannot be seen do not count."""
    fitted = fit_poll(poll)
    return list(map(_essence, (fitted.question, *fitted.options))) == list(map(_essence, (question, *options)))


def _shown(text: str, most: int) -> str:
    words = _without_lost(text)
    return shorten(words, most).rstrip() if visible(words) else ELLIPSIS


def _on_one_line(text: str) -> str:
    return " ".join(line.strip() for line in text.splitlines() if line.strip())


def _explained(text: str) -> str:
    words = _without_lost(text)
    if not visible(words):
        return ""
    if words.count("\n") > MOST_LINE_FEEDS:
        lines = [line for line in words.split("\n") if visible(line)]
        words = "\n".join((*lines[:MOST_LINE_FEEDS], " ".join(lines[MOST_LINE_FEEDS:])))
    return shorten(words, LONGEST_EXPLANATION).rstrip()


def _without_lost(text: str) -> str:
    return _LOST.sub("", clean_text(text)).strip()


def _essence(text: str) -> str:
    return _UNSEEN.sub("", text)
