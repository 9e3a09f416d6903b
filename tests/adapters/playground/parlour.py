"""A small feature that uses every way of answering, and a playground that runs it over a real store."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Annotated

from adapters.playground.adapter import Playground
from adapters.playground.cast import CAST, DISCORD, GROUPS, NEWCOMERS, TELEGRAM
from adapters.playground.clock import Turning
from adapters.playground.plain import plain
from bot.app import App
from bot.chat.act import Act, Admit
from bot.chat.events import Reacted, Typed
from bot.chat.message import Bar, Bars, Button, Message, Outcome, Reply, Toast, card, say
from bot.chat.places import Account, Place, Ref, Role
from bot.chat.text import Listing, Name, T
from bot.command import Example, Feature, action, command, job
from bot.context import Context
from bot.domain.community import Community, Venue
from bot.domain.jobs import Job
from bot.domain.people import Member
from bot.followup import Listening, deletion, hearing, liking
from bot.param import Arg, Choice
from storage.store import DatabaseStore
from tests.adapters.about import ABOUT
from tests.adapters.shelf import SHELF

ANI, BUDI, CITRA, DEWI, EKO = (actor.account for actor in CAST)
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""A Monday, 08.00 in Jakarta."""


@action("wink", right=Role.MEMBER)
async def wink(ctx: Context, number: int) -> Outcome:
    """A toast."""
    return Toast(T("You winked at {n}.", n=number))


@action("turn", right=Role.MEMBER)
async def turn(ctx: Context) -> Outcome:
    """Turns the pressed message over, for everybody who sees it."""
    return Reply(say(T("Turned over."), rows=((Button(T("Wink"), wink(ctx.community.id, 2)),),)), replaces=True)


@action("flip", right=Role.MEMBER)
async def flip(ctx: Context) -> Outcome:
    """Turns the public card over in front of everybody."""
    return Reply(say(T("Flipped by somebody.")), replaces=True, public=True)


TOLD: list[tuple[object, ...]] = []
"""What people said and did about the tea, in order."""


@hearing("tea", right=Role.MEMBER)
async def hear(ctx: Context, subject: int, text: Annotated[str, Arg(T("the words"))]) -> None:
    """A reply to the card."""
    TOLD.append((ctx.person.name, text, ctx.own))


@liking("tea")
async def like(ctx: Context, subject: int, likes: bool) -> None:
    """A thumb at the card."""
    TOLD.append((ctx.person.name, likes))


@deletion("note")
async def forget(ctx: Context, subject: int, message: Ref | None) -> None:
    """A message that is known as a note is gone."""
    TOLD.append((ctx.who, message))


HEARD: list[Typed] = []
"""What people said in the groups, as the bot heard it."""


def hear_all() -> Callable[[Typed], None]:
    """Keeps every message and is interested in none."""
    return HEARD.append


async def hear_nothing(ctx: Context, event: Typed, found: object) -> Outcome:
    """Is never asked."""
    raise AssertionError(found)


async def greet(ctx: Context) -> None:
    """Somebody came in."""
    TOLD.append((ctx.person.name, "entered"))


async def ask_who(ctx: Context) -> None:
    """Somebody asks to be let in."""
    TOLD.append((ctx.person.name, "knocked"))


async def thank(ctx: Context, event: Reacted) -> None:
    """Somebody was thanked by a mark."""
    TOLD.append((ctx.person.name, "thanked", event.author, event.likes))


@job("tea")
async def tea(ctx: Context, subject: int) -> Message | None:
    """A public card, composed when it falls due."""
    scope = ctx.community.id
    bars = Bars((Bar(("Oolong",), 3, 4, mark=True), Bar(("Mint",), 1, 4)))
    row = (Button(T("Wink"), wink(scope, subject)), Button(T("Turn"), turn(scope)), Button(T("Flip"), flip(scope)))
    return card(T("Tea time {n}", n=subject), bars, rows=(row,))


@job("tea-weekly")
async def tea_weekly(ctx: Context, subject: int) -> Message | None:
    """Posts a card and plans the next one, a day later."""
    await ctx.post(tea, subject)
    at = ctx.now + timedelta(days=1)
    await ctx.unit.jobs.put(Job(ctx.community.id, f"weekly:{subject + 1}", tea_weekly.name, subject + 1, at))
    return None


@job("door")
async def door(ctx: Context, subject: int) -> Act:
    """Lets the first newcomer in."""
    return Admit(NEWCOMERS[0].account)


@command("hello", right=Role.MEMBER, summary=T("What you can do here"), examples=(Example("/hello", T("Says hello")),))
async def hello(ctx: Context) -> Outcome:
    """A private reply with a button."""
    return say(T("Hello."), rows=((Button(T("Turn"), turn(ctx.community.id)),),))


@command("shout", right=Role.MEMBER, summary=T("Shouts"), examples=(Example("/shout hey", T("Shouts")),))
async def shout(ctx: Context, words: Annotated[str, Arg(T("What to shout"), most=5000)]) -> Outcome:
    """A public reply in the words of the asker."""
    return Reply(say(words), public=True)


@command("serve", right=Role.ORGANISER, summary=T("Serves tea"), examples=(Example("/serve", T("Serves tea")),))
async def serve(ctx: Context) -> Outcome:
    """Posts the card in both groups and starts the week."""
    await tea_weekly.handler(ctx, 1)
    return Toast(T("Served."))


@command(
    "brew cup",
    aliases=("seduh cangkir",),
    right=Role.MEMBER,
    summary=T("Brews a cup"),
    examples=(Example("/brew cup green Slowly", T("Brews green tea")),),
)
async def brew(
    ctx: Context,
    leaf: Annotated[str, Arg(T("Which leaf"), choices=(Choice("green", T("Green")), Choice("black", T("Black"))))],
    how: Annotated[str, Arg(T("How to brew it"), most=200)],
) -> Outcome:
    """Asks for both arguments."""
    return say(T("A cup of {leaf}, {how}.", leaf=leaf, how=how))


@command("list", right=Role.MEMBER, summary=T("Lists things"), examples=(Example("/list\nmilk", T("Lists milk")),))
async def list_(ctx: Context, things: Annotated[tuple[str, ...], Arg(T("What to list"), most=5)]) -> Outcome:
    """Takes several lines."""
    return say(T("{things}", things=Listing(things)))


@command(
    "poke",
    right=Role.MODERATOR,
    summary=T("Pokes somebody"),
    examples=(Example("/poke @citra", T("Pokes Citra")),),
    on_person=T("Poke"),
)
async def poke(ctx: Context, whom: Annotated[int, Arg(T("Whom to poke"), person=True)]) -> Outcome:
    """About a person, by what mentions them or in their own menu."""
    person = await ctx.unit.people.get(whom)
    return say(T("You poked {whom}.", whom=Name(person.name if person else "")))


@command("crash", right=Role.MEMBER, summary=T("Breaks"), examples=(Example("/crash", T("Breaks")),))
async def crash(ctx: Context) -> Outcome:
    """Fails."""
    raise RuntimeError("broken on purpose")


PARLOUR = Feature(
    commands=(hello, shout, serve, brew, list_, poke, crash),
    actions=(wink, turn, flip),
    jobs=(tea, tea_weekly, door),
    groups=(("brew", T("Brews")),),
    hearings=(hear,),
    likings=(like,),
    deletions=(forget,),
    listenings=(Listening(hear_all, hear_nothing),),
    entered=greet,
    knocked=ask_who,
    thanked=thank,
)


class Still:
    """A base clock that stands still at one moment."""

    def __call__(self) -> datetime:
        """That moment."""
        return MONDAY


@asynccontextmanager
async def open_parlour(address: str) -> AsyncIterator[Playground]:
    """A playground over a fresh database whose two groups are one community named Parlour."""
    TOLD.clear()
    HEARD.clear()
    store = DatabaseStore(address)
    clock = Turning(Still())
    app = App((PARLOUR, SHELF, ABOUT), store, [b"k" * 32], clock, Random(1))
    playground = Playground([replace(actor, language="en") for actor in CAST], clock)
    playground.attach(app)
    async with store.begin() as unit:
        community = await unit.communities.add(Community(0, "Parlour", clock(), "en", ready=True))
        for place in GROUPS:
            await unit.communities.put_venue(Venue(community.id, place, "Parlour"))
        for actor in CAST:
            person = await unit.people.add(actor.account, actor.name, "")
            await unit.people.join(Member(community.id, person.id, tipped=True))
    try:
        yield playground
        await playground.settle()
    finally:
        await store.close()


def sees(playground: Playground, viewer: Account, place: Place) -> list[str]:
    """The words of every page that the viewer sees in that place."""
    entries = [entry for entry in playground.transcript if entry.place == place and entry.is_for(viewer)]
    return [plain(page) for entry in entries for page in entry.pages]


__all__ = [
    "ANI",
    "BUDI",
    "CITRA",
    "DEWI",
    "DISCORD",
    "EKO",
    "HEARD",
    "MONDAY",
    "PARLOUR",
    "TELEGRAM",
    "TOLD",
    "open_parlour",
    "sees",
]
