"""A small feature whose commands give every kind of answer, for trying the road of an event on Discord."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from bot.chat.message import Bar, Bars, Bullets, Button, Code, Message, Quote, Reply, Toast, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import Moment, T
from bot.command import Example, Feature, action, command, job
from bot.context import Context
from bot.param import Arg, Choice

TAPS: list[tuple[int, int]] = []
"""(person, value) of every tap that was handled, in order."""

NOTES: list[dict[str, Any]] = []
"""The arguments of every command that was carried out."""


class Door:
    """Slow handlers wait until it opens."""

    def __init__(self) -> None:
        self.is_open = False

    async def wait(self) -> None:
        while not self.is_open:  # noqa: ASYNC110 - each test has its own loop, which an Event would be bound to
            await asyncio.sleep(0.01)


DOOR = Door()

WHEN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@action("tap", right=Role.GUEST)
async def tap(ctx: Context, value: int) -> Toast:
    TAPS.append((ctx.person.id, value))
    return Toast(T("Tap {value} is in.", value=value))


@action("nothing", right=Role.GUEST)
async def nothing(ctx: Context) -> None:
    return None


@action("long", right=Role.GUEST)
async def long(ctx: Context) -> Message:
    return say("panjang " * 500)


@action("turn", right=Role.GUEST)
async def turn(ctx: Context, to: int) -> Reply:
    return Reply(panel(ctx.community.id, to), replaces=True, public=True)


@action("slow", right=Role.GUEST)
async def slow(ctx: Context, replaces: int) -> Reply:
    await DOOR.wait()
    return Reply(say(T("At last.")), replaces=bool(replaces), public=bool(replaces))


@action("rule", right=Role.ORGANISER)
async def rule(ctx: Context) -> Toast:
    return Toast(T("Done."))


@action("crash", right=Role.GUEST)
async def crash(ctx: Context) -> None:
    raise RuntimeError("a fault of ours")


def panel(community: int, number: int) -> Message:
    presses = (
        ("Tap", tap(community, number)),
        ("Nothing", nothing(community)),
        ("Long", long(community)),
        ("Turn", turn(community, number + 1)),
        ("Slow", slow(community, 0)),
        ("Slow turn", slow(community, 1)),
        ("Rule", rule(community)),
        ("Crash", crash(community)),
    )
    buttons = tuple(Button(label, press) for label, press in presses)
    return card(
        f"Panel {number}",
        T("Closes {when}.", when=Moment(WHEN)),
        Bullets((("one",), ("two",))),
        Bars((Bar(("A",), 3, 4, mark=True), Bar(("B",), 1, 4))),
        Quote(("her words",)),
        Code("x = 1", "python"),
        rows=(buttons[:4], buttons[4:], (Button("Site", url="https://x.example/a", tone=Tone.MAIN),)),
    )


def _example(line: str) -> tuple[Example, ...]:
    return (Example(line, T("an example")),)


@command("panel", right=Role.GUEST, summary=T("A card"), examples=_example("/panel"), private=False)
async def show(ctx: Context) -> Reply:
    return Reply(panel(ctx.community.id, 1), public=True)


@command("me", aliases=("saya",), right=Role.GUEST, summary=T("About me"), examples=_example("/me"))
async def me(ctx: Context) -> Message:
    return say(T("This is you."))


@command("hush", right=Role.GUEST, summary=T("Says nothing"), examples=_example("/hush"))
async def hush(ctx: Context) -> None:
    NOTES.append({})


@command("wait", right=Role.GUEST, summary=T("Slow"), examples=_example("/wait"))
async def wait(ctx: Context) -> Message:
    await DOOR.wait()
    return say(T("At last."))


@command("shout", right=Role.GUEST, summary=T("Slow and public"), examples=_example("/shout"), private=False)
async def shout(ctx: Context) -> Reply:
    await DOOR.wait()
    return Reply(say("SHOUT"), public=True)


@command("note", right=Role.GUEST, summary=T("Keep a note"), examples=_example("/note Hello"))
async def note(
    ctx: Context,
    text: Annotated[str, Arg(T("the text"), ask=T("What is the note?"), most=100)],
    times: Annotated[int, Arg(T("how often"), least=1, most=5)] = 1,
) -> Message:
    NOTES.append({"text": text, "times": times})
    return say(T("Noted: {text}", text=text))


@command("ask", right=Role.GUEST, summary=T("Ask a question"), examples=_example("/ask Why?"))
async def ask(
    ctx: Context,
    text: Annotated[str, Arg(T("the question, as long as you like, in your own words"), most=3000)],
    topic: Annotated[str, Arg(T("the topic"), choices=(Choice("math", T("Maths")), Choice("bio", T("Biology"))))],
) -> Message:
    NOTES.append({"text": text, "topic": topic})
    return say(T("Asked: {text}", text=text))


def _of_lines(bound: Mapping[str, Any]) -> tuple[Choice, ...]:
    return tuple(Choice(str(number), line) for number, line in enumerate(bound["options"]))


@command("box add", right=Role.ORGANISER, summary=T("Add"), examples=_example("/box add"))
async def box(
    ctx: Context,
    text: Annotated[str, Arg(T("the text"), most=300)],
    options: Annotated[tuple[str, ...], Arg(T("the options, a line each"), least=2, most=5)],
    right: Annotated[str, Arg(T("the right one"), offer=_of_lines)],
    source: Annotated[str, Arg(T("where it is from"), later=True)] = "",
) -> Message:
    NOTES.append({"text": text, "options": options, "right": right, "source": source})
    return say(T("Added."))


async def _topics(ctx: Context, typed: str) -> tuple[Choice, ...]:
    return tuple(Choice(f"{typed}{number}", f"{typed} {number}") for number in range(30))


@command("find", right=Role.GUEST, summary=T("Find"), examples=_example("/find x"))
async def find(ctx: Context, topic: Annotated[str, Arg(T("the topic"), complete=_topics, most=50)]) -> Message:
    NOTES.append({"topic": topic})
    return say(T("Found {topic}.", topic=topic))


@command("start", right=Role.GUEST, summary=T("Begin"), examples=_example("/start"), anywhere=True)
async def start(ctx: Context) -> Message:
    return say(T("Welcome."))


@job("post")
async def post(ctx: Context, subject: int) -> Message:
    return card(f"post {subject}", "text")


JOINED: list[str] = []


async def joined(ctx: Context) -> None:
    JOINED.append(ctx.community.name)


FEATURE = Feature(
    commands=(show, me, hush, wait, shout, note, ask, box, find, start),
    actions=(tap, nothing, long, turn, slow, rule, crash),
    jobs=(post,),
    groups=(("box", T("The box")),),
    joined=joined,
)
