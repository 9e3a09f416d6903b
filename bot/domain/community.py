"""A community: one study group, living in one or more places."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum

from bot.chat.places import Ability, Place
from bot.domain.caution import SHORTENERS, WORDS


class Register(StrEnum):
    """How the group is addressed in Indonesian: `kamu` or `Anda`."""

    WARM = "warm"
    FORMAL = "formal"


class Preset(StrEnum):
    """How much the bot may say in public by itself."""

    CALM = "calm"
    BALANCED = "balanced"
    LIVELY = "lively"


class Reveal(StrEnum):
    """When a member learns whether the tapped option was right."""

    NOW = "now"
    CLOSE = "close"


class Review(StrEnum):
    """Whose items a second person must approve before they are asked: nobody's, members', or everybody's."""

    NOBODY = "nobody"
    MEMBERS = "members"
    EVERYBODY = "everybody"


MOST_ITEMS = 5
"""One row of buttons for each item of a daily quiz: Discord shows five."""


@dataclass(frozen=True, slots=True)
class DailyRule:
    """The daily mini-quiz of a group, in local wall time; `size` items, 1 to `MOST_ITEMS`.

    Where `close` is not after `at`, the quiz closes on the next day.
    """

    on: bool = True
    at: time = time(7)
    close: time = time(20)
    size: int = 3
    reveal: Reveal = Reveal.NOW


@dataclass(frozen=True, slots=True)
class Pause:
    """Days without a daily quiz, both ends included; `reason` is shown to the group, "" for none."""

    first: date
    last: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class QuizRule:
    """What a group decided about its bank and its quizzes.

    `anyone` lets every member start a live round. `holidays` rests the daily quiz on Indonesian public holidays.
    """

    review: Review = Review.MEMBERS
    anyone: bool = False
    holidays: bool = False
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryRule:
    """What a group changed in the list of words and shorteners that make what is shared wait: its own, and ours that it
    took out. An entry with a dot is the name of a site.
    """

    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The words that hold."""
        return tuple(word for word in (*WORDS, *self.added) if word not in self.dropped and "." not in word)

    @property
    def sites(self) -> tuple[str, ...]:
        """The sites that hold."""
        return tuple(word for word in (*SHORTENERS, *self.added) if word not in self.dropped and "." in word)


@dataclass(frozen=True, slots=True)
class QuestionRule:
    """What a group decided about questions: `topics` opens a topic for each of them on Telegram."""

    topics: bool = False


@dataclass(frozen=True, slots=True)
class Community:
    """A study group. `zone` is an IANA name. `ready` says that the onboarding was finished."""

    id: int
    name: str
    created_at: datetime
    language: str = "id"
    register: Register = Register.WARM
    zone: str = "Asia/Jakarta"
    preset: Preset = Preset.BALANCED
    goal: str = ""
    ready: bool = False
    daily: DailyRule = field(default_factory=DailyRule)
    quizzes: QuizRule = field(default_factory=QuizRule)
    library: LibraryRule = field(default_factory=LibraryRule)
    questions: QuestionRule = field(default_factory=QuestionRule)


@dataclass(frozen=True, slots=True)
class Venue:
    """A place where a community lives. It is paused while the bot cannot speak there.

    `questions` is the thread in which questions are posted there, "" for where everything is.
    """

    community: int
    place: Place
    title: str = ""
    paused: bool = False
    abilities: frozenset[Ability] = field(default=frozenset())
    questions: str = ""

    @property
    def question_place(self) -> Place:
        """Where questions are posted."""
        return replace(self.place, thread=self.questions) if self.questions else self.place
