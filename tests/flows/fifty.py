"""A study group of fifty and those who care for it, and an account of everything that the bot says to them."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from adapters.playground.adapter import Playground
from adapters.playground.cast import Actor
from adapters.playground.clock import Turning
from adapters.playground.plain import plain
from adapters.playground.transcript import Entry, Transcript
from bot.app import App
from bot.chat.act import Act, Whisper
from bot.chat.events import Mark
from bot.chat.message import Message
from bot.chat.places import Account, Place, Ref, Role
from bot.domain.community import Preset
from bot.domain.quiet import awake
from bot.example.seed import seed
from bot.features import FEATURES
from bot.ports import Clock
from storage.store import DatabaseStore
from tests.world import DISCORD, GROUPS, KEYS, TELEGRAM, World

COMMUNITY = 1
ZONE = ZoneInfo("Asia/Jakarta")

NAMES = (
    "Agus Bayu Cahya Dian Eka Fajar Gita Hadi Indra Joko Kartika Lestari Mega Nanda Oki Putri Qori Rani Surya "
    "Tika Umar Vina Wulan Yanti Zaki Arif Bella Cici Doni Elsa Farah Galih Heni Intan Jaya Kiki Lina Maya Nisa Oscar "
    "Puspa Rudi Sinta Tono Ulfa Vera Wawan Yusuf Zahra Ratna"
)
CARE = (
    Actor("ani", "Ani", Role.ORGANISER, owner=True),
    Actor("budi", "Budi", Role.MODERATOR),
    Actor("sari", "Sari", Role.MODERATOR),
)
MEMBERS = tuple(
    Actor(name.lower(), name, language="en" if number % 10 == 9 else "id") for number, name in enumerate(NAMES.split())
)
ABROAD = frozenset(actor.id for actor in MEMBERS[4::5])
"""Those who are in the Discord-like chat; everybody else is in the Telegram-like one."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message as it came. `kind` and `subject` are those of the job that sent it, "" for what was answered or written
    by people; `asked` says that somebody was doing something at that moment."""

    entry: Entry
    asked: bool
    kind: str = ""
    subject: str = ""


class Log(Transcript):
    """A transcript that forgets nothing of what came and what was taken away."""

    def __init__(self) -> None:
        super().__init__()
        self.posts: dict[str, Post] = {}
        self.gone: set[str] = set()
        self.asked = False

    def post(self, *args: Any, **values: Any) -> Entry:
        """Add an entry, and note it."""
        entry = super().post(*args, **values)
        self.posts.setdefault(entry.id, Post(entry, self.asked))
        return entry

    def delete(self, entry: Entry) -> None:
        """Take an entry away, and note it."""
        super().delete(entry)
        self.gone.add(entry.id)

    def sent(self, entry: str, key: str) -> None:
        """Note which job sent it."""
        _, kind, subject, *_ = key.split(":")
        self.posts[entry] = replace(self.posts[entry], kind=kind, subject=subject)

    def now(self, entry: str) -> Entry:
        """The entry as it stands; as it came where it is forgotten."""
        return self.get(entry) or self.posts[entry].entry


class Hall(Playground):
    """A playground that knows which job sent what."""

    def __init__(self, clock: Clock) -> None:
        super().__init__((*CARE, *MEMBERS), clock)
        self.log = self.transcript = Log()

    async def send(self, place: Place, message: Message, key: str) -> Ref:
        """Post a message."""
        ref = await super().send(place, message, key)
        self.log.sent(ref.message, key)
        return ref

    async def act(self, place: Place, act: Act, key: str) -> str:
        """Do something in a group."""
        before = len(self.log.posts)
        gave = await super().act(place, act, key)
        if isinstance(act, Whisper) and len(self.log.posts) > before:
            self.log.sent([*self.log.posts][-1], key)
        return gave


class Fifty:
    """What these people can do; whatever they do has happened, with all that follows, when it returns."""

    def __init__(self, world: World, stage: Hall) -> None:
        self.world = world
        self.stage = stage
        self.log = stage.log
        self.commands: Counter[str] = Counter()
        self.done: Counter[str] = Counter()
        self.residue: set[str] = set()

    async def until(self, moment: datetime) -> None:
        """Let time pass up to that moment, quickly where nothing falls due on the way."""
        async with self.world.store.read() as unit:
            due = await unit.jobs.next_due()
        if due is None or due > moment:
            self.world.clock.offset += max(moment - self.world.clock(), timedelta())
        else:
            await self.world.until(moment)

    def home(self, who: str) -> Place:
        """The group chat in which somebody is."""
        return DISCORD if who in ABROAD else TELEGRAM

    def account(self, who: str) -> Account:
        """Somebody's account."""
        return Account(self.stage.name, who)

    def alone(self, who: str) -> Place:
        """Somebody's private chat."""
        return self.stage.actor(self.account(who)).private

    async def says(self, who: str, text: str, *, at: Place | None = None, reply: str = "") -> str:
        """Write something; returns the entry, "" where nobody else may write or see it."""
        place = at or self.home(who)
        if text.startswith("/"):
            self.commands[text.split(maxsplit=1)[0]] += 1
        with self._doing():
            known = len(self.log.posts)
            await self.stage.say(self.account(who), place, text, reply=reply)
            await self.stage.settle()
        new = [*self.log.posts.values()][known:]
        own = next((post.entry for post in new if post.entry.author == self.account(who)), None)
        if own and own.is_public and text.startswith("/"):
            self.residue.add(own.id)
        return own.id if own else ""

    async def tells(self, who: str, text: str) -> None:
        """Answer in the group what the bot asked there: it stands there like a command."""
        self.residue.add(await self.says(who, text))

    async def taps(self, who: str, entry: str, label: str) -> bool:
        """Press the button of that label, or the first one that contains it; False where there is none."""
        shown = self.stage.transcript.get(entry)
        rows = shown.pages[-1].rows if shown and shown.pages else ()
        buttons = [(str(each.label), row, at) for row, some in enumerate(rows) for at, each in enumerate(some)]
        found = [each for each in buttons if each[0] == label] or [each for each in buttons if label in each[0]]
        if not found:
            return False
        with self._doing():
            await self.stage.press(self.account(who), entry, *found[0][1:])
            await self.stage.settle()
        self.done[f"tap {label}"] += 1
        return True

    async def marks(self, who: str, entry: str, mark: Mark) -> None:
        """Put a mark at an entry, if it still stands."""
        if self.stage.transcript.get(entry):
            with self._doing():
                await self.stage.react(self.account(who), entry, True, mark=mark)
                await self.stage.settle()

    async def comes(self, who: str) -> None:
        """Somebody new comes into the Telegram-like group."""
        actor = Actor(who, who.title())
        self.stage.come(actor)
        with self._doing():
            await self.stage.enter(actor.account, TELEGRAM)
            await self.stage.settle()

    def told(self, who: str, words: str = "", *, within: int = 400) -> str:
        """The newest thing that the bot told somebody alone with these words, "" for nothing."""
        for post in [*self.log.posts.values()][-1:-within:-1]:
            entry = self.log.now(post.entry.id)
            mine = entry.only == self.account(who) or entry.place == self.alone(who)
            if entry.author is None and mine and words in "\n".join(map(plain, entry.pages)):
                return entry.id
        return ""

    async def key(self) -> str:
        """The right letters of the quiz that is open, all of one choice."""
        async with self.world.store.read() as unit:
            quiz = await unit.quizzes.latest(COMMUNITY)
        return "".join("ABCDE"[item.right[0]] for item in quiz.items) if quiz else ""

    def cards(self, kind: str, place: Place) -> list[Post]:
        """What jobs of that kind posted there, oldest first."""
        return [post for post in self.log.posts.values() if post.kind == kind and post.entry.place == place]

    @contextmanager
    def _doing(self) -> Iterator[None]:
        self.log.asked = True
        try:
            yield
        finally:
            self.log.asked = False

    def of_bot(self) -> list[Post]:
        """What the bot posted for everybody in either group."""
        return [post for post in self.log.posts.values() if post.entry.is_public and post.entry.author is None]

    def of_people(self) -> list[Post]:
        """What people wrote for everybody to read, commands and answers to the bot left out."""
        public = (post for post in self.log.posts.values() if post.entry.is_public and post.entry.author)
        return [post for post in public if post.entry.id not in self.residue]

    def written_first(self) -> list[Post]:
        """What jobs told people alone, be it in private or where nobody else in the group sees it."""
        return [post for post in self.log.posts.values() if post.kind and not post.entry.is_public]


def at_night(moment: datetime) -> bool:
    """Whether it is within the quiet hours."""
    return awake(moment, ZONE.key) != moment


@asynccontextmanager
async def fifty(address: str, preset: Preset, at: datetime) -> AsyncIterator[Fifty]:
    """The group at that moment, in both kinds of chat."""
    store, clock = DatabaseStore(address), Turning(lambda: at.astimezone(UTC))
    app = App(FEATURES, store, KEYS, clock, Random(7))
    stage = Hall(clock)
    stage.attach(app)
    await seed(store, at, GROUPS, ((actor.account, actor.name, Role.MEMBER) for actor in (*CARE, *MEMBERS)))
    async with store.begin() as unit:
        group = await unit.communities.hold(COMMUNITY)
        await unit.communities.save(replace(group, preset=preset))
    try:
        yield Fifty(World(app, stage, clock, TELEGRAM), stage)
    finally:
        await app.drain()
        await app.outbox.drain()
        await store.close()
