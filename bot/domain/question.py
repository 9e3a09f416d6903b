"""Questions that members ask in public, the answers to them, and how both go on."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.chat.places import Ref

LONGEST_QUESTION = 1500
"""Characters. With two accepted answers in short it still fits one message on every platform."""

LONGEST_ANSWER = 2000
LONGEST_REASON = 200
LONGEST_TITLE = 80
"""Characters of a question's first words where only one line is to be seen; a Discord thread's name holds 100."""

LONGEST_TOPIC = 32
MOST_TOPICS = 5

MOST_AN_HOUR = 5
"""Questions of one person within an hour."""

MOST_ANSWERS = 999
"""Answers to one question: an answer is told of by the question's number times `MANY` plus its own."""

MANY = 1000


class State(StrEnum):
    """Whether a question waits for answers, has an accepted one, or was closed without."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Closing(StrEnum):
    """Why a question was closed; `WORDS` says that a note tells it."""

    NONE = ""
    FOUND = "found"
    SILENT = "silent"
    DUPLICATE = "duplicate"
    DELETED = "deleted"
    WORDS = "words"


class Label(StrEnum):
    """What a moderator found out about an answer."""

    NONE = ""
    VERIFIED = "verified"
    UNSOURCED = "unsourced"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Question:
    """A question. `id` counts within the community; 0 before it is stored.

    `author` is 0 for an anonymous one: whose it is then stands in no value, and the store alone knows it
    (`Questions.is_owner`). `touched_at` is when something last happened to it. `closer` is who closed it, 0 for nobody.
    `original` is the question that this one repeats, 0 for none. `nudged` says that further helpers have heard of it,
    `asked` that its author was asked whether it is solved; both since it was last touched. `uses` are the names of what
    was made of it ("R12"). From the answer `news_from` on its author hears of new ones at `news_at`.
    """

    community: int
    id: int
    text: str
    author: int
    asked_at: datetime
    touched_at: datetime
    anonymous: bool = False
    tags: tuple[str, ...] = ()
    state: State = State.OPEN
    closing: Closing = Closing.NONE
    note: str = ""
    closer: int = 0
    original: int = 0
    nudged: bool = False
    asked: bool = False
    uses: tuple[str, ...] = ()
    news_from: int = 0
    news_at: datetime | None = None

    @property
    def name(self) -> str:
        """How it is called: Q42."""
        return f"Q{self.id}"

    @property
    def title(self) -> str:
        """Its first words in one line, at most `LONGEST_TITLE` characters."""
        line = " ".join(self.text.replace("```", " ").split())
        return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; `number` counts within its question, from 1.

    `text` is "" where it was written in a thread whose words are hidden from us; `stands` is the message then, and
    whenever the answer is one. `author` is a person, `judge` who gave it its label, 0 for nobody. One that was
    `withdrawn`, or whose message was deleted, is shown nowhere and has no words any more. `turns` counts how often it
    was accepted and not any more, `unclear` is what its reader last found unclear. `rewarded` says that it has earned
    points, `accepter` is the moderator who accepted it, 0 where whoever asked did.
    """

    community: int
    question: int
    number: int
    text: str
    author: int
    at: datetime
    accepted: bool = False
    label: Label = Label.NONE
    judge: int = 0
    withdrawn: bool = False
    stands: Ref | None = None
    turns: int = 0
    unclear: str = ""
    rewarded: bool = False
    accepter: int = 0

    @property
    def name(self) -> str:
        """How it is called: Q42.1."""
        return f"Q{self.question}.{self.number}"

    @property
    def subject(self) -> int:
        """The number under which cards and jobs know it."""
        return self.question * MANY + self.number


@dataclass(frozen=True, slots=True)
class Wish:
    """Which questions somebody looks for: any state for None, any topic for "", everybody's for `owner` 0."""

    state: State | None = None
    tag: str = ""
    owner: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """How many answers a question has, and how many of them are accepted."""

    answers: int = 0
    accepted: int = 0


class Step(StrEnum):
    """What becomes of an open question by itself."""

    NUDGE = "nudge"
    ASK = "ask"
    CLOSE = "close"


NUDGE_AFTER = timedelta(hours=24)
"""Without an answer for this long, further helpers hear of it."""

ASK_AFTER = timedelta(days=3)
"""Without anything new for this long, its author is asked whether it is solved."""

CLOSE_AFTER = timedelta(days=7)
"""After that question without a word, it is closed."""


_NAME = re.compile(r"q?(\d{1,8})(?:\.(\d{1,3}))?", re.IGNORECASE | re.ASCII)


def read_name(words: str) -> tuple[int, int] | None:
    """The question and the answer that "Q42.1" names, the answer 0 for "Q42"; None for anything else."""
    found = _NAME.fullmatch(words.strip())
    return (int(found[1]), int(found[2] or 0)) if found else None


def next_step(question: Question, answers: int) -> tuple[Step, datetime]:
    """What happens next to an open question to which nothing happens, and when."""
    if question.asked:
        return Step.CLOSE, question.touched_at + ASK_AFTER + CLOSE_AFTER
    if not answers and not question.nudged:
        return Step.NUDGE, question.touched_at + NUDGE_AFTER
    return Step.ASK, question.touched_at + ASK_AFTER


_CODE = re.compile(r"```.+?```|`[^`\n]+`|\$[^$\n]+\$", re.DOTALL)
_TOPIC = re.compile(r"(?<!\S)#([^\W_]+(?:-[^\W_]+)*)(?!\S)")
_ENDS = re.compile(r"\A(?:\s*#[^\s#]+(?=\s))+|(?:(?<=\s)#[^\s#]+\s*)+\Z")


def take_topics(text: str) -> tuple[str, tuple[str, ...]]:
    """The text, and the `#topics` in it in lower case, each once.

    Those at its beginning and end are taken out. In code and formulas a `#` means something else and stays.
    """
    prose = _CODE.sub(lambda code: "x" * len(code[0]), text)
    topics = dict.fromkeys(
        found[1].casefold()[:LONGEST_TOPIC] for found in _TOPIC.finditer(prose) if not found[1].isdecimal()
    )
    kept = list(text)
    for end in _ENDS.finditer(prose):
        if all(_TOPIC.fullmatch(word) and not word[1:].isdecimal() for word in end[0].split()):
            kept[end.start() : end.end()] = [""] * (end.end() - end.start())
    return "".join(kept).strip(), tuple(topics)[:MOST_TOPICS]
