"""A road for events: the app on a real store with two communities, a small feature, and what it answered."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random
from typing import Annotated, Any

from bot.app import App
from bot.chat.act import Act
from bot.chat.errors import PlatformError, Refusal, Refused
from bot.chat.events import Incoming, Invoked, Pressed, Quoted, Sender, Typed
from bot.chat.file import Document, File
from bot.chat.message import Block, Message, Outcome, Paragraph, Reply, Toast, say
from bot.chat.places import Account, Place, Power, Ref, Role
from bot.chat.text import Run, T
from bot.command import Example, Feature, action, command, job
from bot.context import Context
from bot.domain.community import Community, Venue
from bot.domain.people import Member
from bot.followup import hearing
from bot.param import Arg, Choice
from bot.said import Said
from storage.store import DatabaseStore
from tests.adapters.about import ABOUT

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KEYS = [b"k" * 32]
GROUP, OTHER, HOME = Place("wire", "g1"), Place("wire", "g2"), Place("wire", "ani")
ANI, BUDI = Account("wire", "ani"), Account("wire", "budi")
HELP = T("Anything")
BROKEN = 13
"""A card of this number cannot be composed."""


async def count(ctx: Context, by: int = 1) -> int:
    """A number that is stored with the effect: how long the group's goal is."""
    held = await ctx.held()
    community = replace(held, goal=held.goal + "x" * by)
    await ctx.unit.communities.save(community)
    return len(community.goal)


def line(path: str, right: Role = Role.MEMBER, **more: Any) -> Callable[..., Any]:
    return command(path, right=right, summary=HELP, examples=(Example(f"/{path}", HELP),), **more)


@line("more")
async def more(ctx: Context, by: Annotated[int, Arg(HELP, most=9)] = 1) -> Outcome:
    return say(f"now {await count(ctx, by)}")


@line("order", Role.ORGANISER)
async def order(ctx: Context) -> Outcome:
    return say(f"now {await count(ctx)}")


@line("refuse")
async def refuse(ctx: Context) -> Outcome:
    await count(ctx)
    raise Refusal(T("Skip"))


@line("break")
async def break_(ctx: Context) -> Outcome:
    await count(ctx)
    raise LookupError("broken on purpose")


@line("ask")
async def ask(
    ctx: Context,
    question: Annotated[str, Arg(HELP, ask=T("What is the question?"), most=40)],
    level: Annotated[str, Arg(HELP, choices=(Choice("easy", "Easy one"), Choice("hard", "Hard one")))],
    topic: Annotated[str, Arg(HELP, later=True)] = "",
) -> Outcome:
    return say(f"{question}|{level}|{topic}|{await count(ctx)}")


@line("whoami", Role.GUEST, anywhere=True, role_aware=True)
async def whoami(ctx: Context) -> Outcome:
    return say(f"{ctx.role.name} {ctx.found.id if ctx.found else 0}")


@line("name", Role.GUEST, anywhere=True)
async def name(ctx: Context) -> Outcome:
    return say(ctx.person.name)


@line("start", Role.GUEST, anywhere=True)
async def start(ctx: Context) -> Outcome:
    return say("hello")


@action("plus", right=Role.MEMBER)
async def plus(ctx: Context, by: int) -> Outcome:
    return Toast(T("{n} day", "{n} days", n=await count(ctx, by)))


@action("rule", right=Role.ORGANISER)
async def rule(ctx: Context, word: str) -> Outcome:
    return Reply(say(f"{word} {await count(ctx)}"), replaces=True, public=True)


@action("swap", right=Role.MEMBER)
async def swap(ctx: Context) -> Outcome:
    return Reply(say(f"swapped {await count(ctx)}"), replaces=True)


async def above(ctx: Context, number: int) -> tuple[Block, ...]:
    return (Paragraph((Run(f"about {number}"),)),)


@action("note", right=Role.MEMBER, intro=above)
async def note(
    ctx: Context, number: int, words: Annotated[str, Arg(HELP, ask=T("What is the question?"), most=20)]
) -> Outcome:
    return say(f"{number} {words} {await count(ctx)}")


@action("aware", right=Role.MEMBER, role_aware=True)
async def aware(ctx: Context) -> Outcome:
    return say(f"{ctx.role.name} {await count(ctx)}")


@action("heard", right=Role.MEMBER, role_aware=True)
async def heard(ctx: Context, words: Annotated[str, Arg(HELP, ask=T("What is the question?"))]) -> Outcome:
    return say(f"{ctx.role.name} {words} {await count(ctx)}")


@action("bare", right=Role.ORGANISER)
async def bare(ctx: Context, words: Annotated[str, Arg(HELP, ask=T("What is the question?"))]) -> Outcome:
    return say(f"bare {words} {await count(ctx)}")


def upper(document: Document) -> str:
    """Reads a file for the tests."""
    if document.content == b"bad":
        raise Refusal(T("Skip"))
    return f"{document.name}:{document.content.decode().upper()}"


@line("load", Role.TRUSTED)
async def load(
    ctx: Context, source: Annotated[str, Arg(HELP, ask=T("What is the question?"), most=2048, read=upper)]
) -> Outcome:
    return say(f"{source} {await count(ctx)}")


@job("card")
async def show(ctx: Context, subject: int) -> Message | None:
    """A card of the group, or a word to one person."""
    if subject == BROKEN:
        raise LookupError("broken on purpose")
    return say(f"card {subject} for {ctx.who.name if ctx.who else 'all'} in {ctx.language}")


@hearing("card", right=Role.MEMBER)
async def hear(ctx: Context, subject: int, words: str) -> Outcome:
    return say(f"{subject} heard {words} {await count(ctx)}")


@line("post")
async def post(ctx: Context) -> Outcome:
    await ctx.post(show, 7)
    return None


@line("tell")
async def tell(ctx: Context) -> Outcome:
    return say(f"told {await ctx.tell(ctx.person.id, show, 3)}")


FEATURE = Feature(
    commands=(more, order, refuse, break_, ask, whoami, name, start, load, post, tell),
    actions=(plus, rule, swap, note, aware, heard, bare),
    jobs=(show,),
    hearings=(hear,),
)


@dataclass
class Wire:
    """A platform at the edge: who stands how where, and what it answers when it is asked."""

    roles: dict[tuple[str, str], Role] = field(default_factory=dict)
    error: PlatformError | None = None
    sent: list[tuple[str, str]] = field(default_factory=list)
    content: bytes = b"content"
    fetched: int = 0
    name: str = "wire"
    has_polls: bool = False
    has_events: bool = False
    whispers: bool = True
    repeats_safely: bool = False
    asked: list[Account | None] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)

    async def role(self, place: Place, account: Account) -> Role:
        if self.error:
            raise self.error
        return self.roles.get((place.chat, account.id), Role.GUEST)

    async def power(self, place: Place, account: Account | None) -> Power:
        if self.error:
            raise self.error
        self.asked.append(account)
        return Power(self.roles.get((place.chat, account.id), Role.GUEST) if account else Role.MEMBER, here=True)

    async def act(self, place: Place, act: Act, key: str) -> str:
        if self.error:
            raise self.error
        self.acts.append(act)
        return "as it was"

    async def private(self, account: Account) -> Place:
        return Place("wire", account.id)

    async def send(self, place: Place, message: Message, key: str) -> Ref:
        self.sent.append((place.chat, words(message)))
        return Ref(place, "1")

    async def edit(self, ref: Ref, message: Message) -> None: ...

    async def delete(self, ref: Ref) -> None: ...

    async def fetch(self, file: File, most: int) -> bytes:
        self.fetched += 1
        if self.error:
            raise self.error
        if len(self.content) > most:
            raise Refused("too large")
        return self.content

    def invite(self) -> str:
        return ""

    def link(self, ref: Ref) -> str:
        return ""


class Road:
    """An app on a real store with two communities in two places, and what it answered."""

    def __init__(self, store: DatabaseStore) -> None:
        self.store = store
        self.wire = Wire()
        self.now = NOW
        self.number = 0
        self.said: list[Said] = []
        self.app = self.fresh()

    def fresh(self) -> App:
        """The app as another process would have it."""
        app = App((FEATURE, ABOUT), self.store, KEYS, lambda: self.now, Random(5))
        app.platforms["wire"] = self.wire
        return app

    async def hears(self, event: Incoming) -> str:
        """The words of the answer, "" for silence."""
        self.said.clear()

        async def answer(said: Said) -> None:
            self.said.append(said)

        await self.app.handle(event, answer)
        await self.app.drain()
        return "\n".join(words(said.message) for said in self.said)

    def parts(self, who: Account | None, place: Place, key: str, **sender: Any) -> dict[str, Any]:
        self.number += 1
        return {
            "key": key or str(self.number),
            "at": self.now,
            "place": place,
            "sender": Sender(who, name="Ani", language="en", **sender),
            "private": place.chat in ("ani", "budi"),
        }

    async def says(
        self,
        text: str,
        who: Account | None = ANI,
        place: Place = GROUP,
        key: str = "",
        values: Mapping[str, str] | None = None,
        sent: datetime | None = None,
        reply: str = "",
        file: File | None = None,
        quoted: Quoted | None = None,
        **sender: Any,
    ) -> str:
        parts = self.parts(who, place, key, **sender) | {"reply": Ref(place, reply) if reply else None, "file": file}
        if text.startswith("/"):
            return await self.hears(Invoked(line=text[1:], values=values, sent=sent, quoted=quoted, **parts))
        return await self.hears(Typed(text=text, **parts))

    async def presses(self, data: str, who: Account | None = ANI, place: Place = GROUP, key: str = "", **s: Any) -> str:
        return await self.hears(Pressed(data=data, **self.parts(who, place, key, **s)))

    def button(self, label: str) -> str:
        """The payload of a button of the last answer."""
        buttons = (button for said in self.said for row in said.message.rows for button in row)
        press = next(button.press for button in buttons if button.label == label)
        assert press is not None
        return self.app.sign(press)

    async def counted(self, community: int = 1) -> int:
        async with self.store.read() as unit:
            found = await unit.communities.get(community)
        assert found is not None
        return len(found.goal)


def words(message: Message) -> str:
    """The bare words of a message of paragraphs."""
    lines = (block.line for block in message.blocks)  # type: ignore[union-attr]
    return "\n".join("".join(run.text for run in line if isinstance(run, Run)) for line in lines)


@asynccontextmanager
async def paved(address: str) -> AsyncIterator[Road]:
    """The road on that database, with Ani known in the first group."""
    store = DatabaseStore(address)
    async with store.begin() as unit:
        for place in (GROUP, OTHER):
            community = await unit.communities.add(Community(0, place.chat, NOW, language="en"))
            await unit.communities.put_venue(Venue(community.id, place, place.chat))
    made = Road(store)
    await made.says("/whoami")
    async with store.begin() as unit:
        person = (await unit.arrivals.of(GROUP, ANI)).person
        assert person is not None
        await unit.people.save_member(Member(1, person.id, tipped=True))
    yield made
    await made.app.drain()
    await made.app.outbox.drain()
    await store.close()
