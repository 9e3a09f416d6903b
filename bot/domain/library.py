"""Learning resources that members share: links, tips, templates, lessons from failures, and what is known of them."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from urllib.parse import urlsplit

from bot.chat.places import Role
from bot.domain.address import Address, check_keys, find_address, read_address
from bot.domain.caution import listed_site, listed_word
from bot.domain.community import Community
from bot.domain.people import Member

LONGEST_TITLE = 120
LONGEST_NOTE = 1000
LONGEST_TAG = 32
LONGEST_LABEL = 40
"""Characters of a licence or a region."""

MOST_TAGS = 5
MOST_MINUTES = 60_000
MOST_KILOBYTES = 20_000_000

NEW_FOR = timedelta(hours=24)
"""A member's links are read by a second person for this long after joining, as points wait for new accounts."""

_TAG = re.compile(r"#([^\W_]+(?:-[^\W_]+)*)")


class Kind(StrEnum):
    """What is shared. A link is an address; the others are words, with an address or without."""

    LINK = "link"
    TIP = "tip"
    TEMPLATE = "template"
    LESSON = "lesson"


class Level(StrEnum):
    """For whom it is."""

    ANY = ""
    BASIC = "basic"
    MIDDLE = "middle"
    ADVANCED = "advanced"


class State(StrEnum):
    """How far it can be relied on; those that wait and those removed are in no list."""

    WAITING = "waiting"
    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    UNSOURCED = "unsourced"
    DOUBTFUL = "doubtful"
    REMOVED = "removed"


SHOWN = (State.UNVERIFIED, State.VERIFIED, State.UNSOURCED, State.DOUBTFUL)
"""The states of what everybody sees."""


class Mark(StrEnum):
    """What somebody says about a resource once: useful, wanted again later, or something is wrong with it."""

    VOTE = "vote"
    BOOKMARK = "bookmark"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Resource:
    """Something to learn from. `id` counts within the community; 0 before it is stored.

    `url` is "" for words alone, and `key` the same for all spellings of an address. `minutes` is how long it takes and
    `kilobytes` how much it loads, 0 where nobody said. `licence`, `language` (a code) and `region` are "" then.
    `judge` is who gave it its state, 0 for nobody. `origin` is the resource that this one adapts, 0 for none.
    `file` is the hash of a file that goes with it, "" for none.
    """

    community: int
    id: int
    kind: Kind
    title: str
    author: int
    created_at: datetime
    url: str = ""
    key: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    level: Level = Level.ANY
    minutes: int = 0
    kilobytes: int = 0
    licence: str = ""
    language: str = ""
    region: str = ""
    state: State = State.UNVERIFIED
    judge: int = 0
    origin: int = 0
    file: str = ""
    file_name: str = ""

    @property
    def name(self) -> str:
        """How it is called: R12."""
        return f"R{self.id}"

    @property
    def is_shown(self) -> bool:
        """Whether everybody sees it."""
        return self.state in SHOWN

    @property
    def print(self) -> str:
        """The hash under which a second one of the same address is found, "" without an address."""
        return sha256(self.key.encode()).hexdigest() if self.key else ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for: a topic, a level, at most so many kB (0: any size; otherwise only known sizes)."""

    tag: str = ""
    level: Level = Level.ANY
    kilobytes: int = 0


@dataclass(frozen=True, slots=True)
class Marks:
    """How many people said what about a resource."""

    votes: int = 0
    bookmarks: int = 0
    reports: int = 0


class Doubt(StrEnum):
    """Why a second person looks at a resource before everybody sees it."""

    NEWCOMER = "newcomer"
    SHORTENER = "shortener"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody shared in one message: an address or none, the first line, the lines below it, and topics."""

    address: Address | None
    title: str
    note: str
    tags: tuple[str, ...]


def is_new(member: Member, community: Community, now: datetime) -> bool:
    """Whether somebody joined so lately that their links wait. Nobody is new in a group that itself began today: then
    everybody is seen for the first time.
    """
    if member.since is None or member.since - community.created_at < NEW_FOR:
        return False
    return now - member.since < NEW_FOR


def doubt(resource: Resource, member: Member, community: Community, role: Role, now: datetime) -> Doubt | None:
    """Why it waits for a second person, None where it does not. What moderators share never waits."""
    if role >= Role.MODERATOR:
        return None
    text = "\n".join((resource.title, resource.note, resource.url, *resource.tags))
    if listed_site(text, community.library.sites):
        return Doubt.SHORTENER
    if listed_word(text, community.library.words):
        return Doubt.WORD
    return (
        Doubt.NEWCOMER
        if (resource.url or resource.file) and role < Role.TRUSTED and is_new(member, community, now)
        else None
    )


def take_tags(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without its `#topics`, and the topics in lower case, each once."""
    tags = tuple(dict.fromkeys(found.casefold()[:LONGEST_TAG] for found in _TAG.findall(text)))
    return _TAG.sub("", text).strip(), tags[:MOST_TAGS]


def read_given(words: str, quoted: str) -> Given:
    """What is shared by a command's words, about a message that said `quoted`, "" for none.

    The words come first: their address, their first line as the title, the lines below as the note. Of the quoted
    message its address is taken where the words have none, and the rest as the title, or as what is shared where
    there is no address at all. Raises Refusal for an address that is not taken, and for words that hold a key.
    """
    check_keys(f"{words}\n{quoted}")
    raw = find_address(words) or find_address(quoted)
    address = read_address(raw) if raw else None
    head, _, below = (words.replace(raw, " ", 1) if raw else words).partition("\n")
    (title, first), (note, second) = take_tags(head), take_tags(below)
    rest, third = take_tags(quoted.replace(raw, " ", 1) if raw else quoted)
    if not title:
        title, _, rest = rest.partition("\n")
    if address is None:
        note = f"{note}\n{rest}".strip()
    title = " ".join(title.split()) or _named(address)
    if len(title) > LONGEST_TITLE:
        note = f"{title}\n{note}".strip()
    tags = tuple(dict.fromkeys((*first, *second))) or third
    return Given(address, shorten(title, LONGEST_TITLE), note[:LONGEST_NOTE], tags[:MOST_TAGS])


def shorten(text: str, most: int) -> str:
    """At most so many characters, cut between words where that is possible."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def _named(address: Address | None) -> str:
    """An address without a title is called by where it leads."""
    if address is None:
        return ""
    path = urlsplit(address.url).path.strip("/")
    return f"{address.host}/{path}" if path else address.host
