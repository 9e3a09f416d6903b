"""A community: one study group, living in one or more places."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum

from bot.chat.places import Ability, Place
from bot.domain.caution import SHORTENERS, WORDS
from bot.domain.moderation import DoorRule, ModerationRule, WatchRule


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
class PointRule:
    """What a group decided about points: `worth` by the word of a kind where it is not the usual one, 0 for a kind that
    is off. On one day thanks count `pair` times from one person to the same other, `giver` times from one person, and
    up to `receiver` points for one person. `tags` shows beside their names who helped most in the month before.
    """

    worth: Mapping[str, int] = field(default_factory=dict)
    pair: int = 1
    giver: int = 5
    receiver: int = 10
    tags: bool = False


MODERATOR = 0
"""The number of the moderator of the week among the duties."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A small duty of a week. `words` say what it is, "" for one that every group knows; no `number` is given twice."""

    number: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class RotaRule:
    """What a group decided about its duties.

    `moderator` draws a moderator of the week: off at first, for moderators did not ask to be written to. `last` is the
    highest number that a duty of the group's own had.
    """

    moderator: bool = False
    duties: tuple[Duty, ...] = (Duty(1), Duty(2), Duty(3), Duty(4), Duty(5))
    last: int = 9


@dataclass(frozen=True, slots=True)
class DigestRule:
    """When the digest comes by itself: `day` counts from Monday 0, `at` is local wall time.

    `on` is None until the group decides: then the preset does.
    """

    on: bool | None = None
    day: int = 6
    at: time = time(17)


@dataclass(frozen=True, slots=True)
class SessionRule:
    """What a group decided about its sessions: `clocks` tells their times in all three Indonesian zones."""

    clocks: bool = False


@dataclass(frozen=True, slots=True)
class Community:
    """A study group. `zone` is an IANA name. `ready` says that the onboarding was finished.

    In a group of `minors` nobody is written to first, and nobody is ranked or named in public. `joined` is the group of
    which this one has become a part, 0 for none.
    """

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
    points: PointRule = field(default_factory=PointRule)
    rota: RotaRule = field(default_factory=RotaRule)
    digest: DigestRule = field(default_factory=DigestRule)
    moderation: ModerationRule = field(default_factory=ModerationRule)
    watch: WatchRule = field(default_factory=WatchRule)
    door: DoorRule = field(default_factory=DoorRule)
    minors: bool = False
    joined: int = 0
    sessions: SessionRule = field(default_factory=SessionRule)


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
