"""A small feature whose commands give every kind of answer, for trying the road of an event on Telegram."""

from typing import Annotated

from bot.chat.message import Button, Message, Reply, Toast, card, say
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import Example, Feature, Menu, action, command, job
from bot.context import Context
from bot.param import Arg

LONG = "panjang " * 40
TAPS: list[tuple[int, int]] = []
"""(person, value) of every tap that was handled, in order."""


@action("tap", right=Role.GUEST)
async def tap(ctx: Context, value: int) -> Toast:
    TAPS.append((ctx.person.id, value))
    return Toast(T("Tap {value} is in.", value=value))


@action("light", right=Role.GUEST)
async def light(ctx: Context) -> Toast:
    return Toast(T("Done."), light=True)


@action("detail", right=Role.GUEST)
async def detail(ctx: Context, value: int) -> Message:
    scope = ctx.community.id
    more = (Button(T("More"), tap(scope, 9)), Button(T("Turn"), turn(scope, 5)))
    return say(T("Detail of {value}", value=value), rows=(more,))


@action("short", right=Role.GUEST)
async def short(ctx: Context) -> Message:
    return say(T("Benar!"))


@action("long", right=Role.GUEST)
async def long(ctx: Context) -> Message:
    return say(LONG)


@action("turn", right=Role.GUEST)
async def turn(ctx: Context, to: int) -> Reply:
    return Reply(panel(ctx.community.id, to), replaces=True, public=True)


@action("rule", right=Role.ORGANISER)
async def rule(ctx: Context) -> Toast:
    return Toast(T("Done."))


@action("tell", right=Role.GUEST)
async def tell(ctx: Context) -> Reply:
    return Reply(say("for everybody"), public=True)


@action("flood", right=Role.GUEST)
async def flood(ctx: Context) -> Reply:
    return Reply(say("banyak " * 1000), replaces=True, public=True)


@action("write", right=Role.GUEST)
async def write(ctx: Context, words: Annotated[str, Arg(T("the text"), ask=T("What do you think?"))]) -> Message:
    return say(T("You think: {words}", words=words))


@action("crash", right=Role.GUEST)
async def crash(ctx: Context) -> None:
    raise RuntimeError("a fault of ours")


def panel(community: int, number: int) -> Message:
    presses = (
        ("Tap", tap(community, number)),
        ("Light", light(community)),
        ("Detail", detail(community, number)),
        ("Short", short(community)),
        ("Long", long(community)),
        ("Turn", turn(community, number + 1)),
        ("Rule", rule(community)),
        ("Crash", crash(community)),
        ("Tell", tell(community)),
        ("Flood", flood(community)),
        ("Write", write(community)),
    )
    return card(f"Panel {number}", "text", rows=tuple((Button(label, press),) for label, press in presses))


def _example(line: str) -> tuple[Example, ...]:
    return (Example(line, T("an example")),)


@command("panel", right=Role.GUEST, summary=T("A card"), examples=_example("/panel"), menu=Menu.GROUP, private=False)
async def show(ctx: Context) -> Reply:
    return Reply(panel(ctx.community.id, 1), public=True)


@command(
    "me",
    aliases=("saya",),
    right=Role.GUEST,
    summary=T("About me"),
    examples=_example("/me"),
    menu=Menu.PRIVATE | Menu.GROUP,
    menu_name="saya",
)
async def me(ctx: Context) -> Message:
    return say(T("This is you."))


@command("secret", right=Role.GUEST, summary=T("Secret"), examples=_example("/secret"), menu=Menu.PRIVATE)
async def secret(ctx: Context) -> Reply:
    return Reply(say("rahasia"), personal=True)


@command("note", right=Role.GUEST, summary=T("Keep a note"), examples=_example("/note Hello"), menu=Menu.ADMIN)
async def note(ctx: Context, text: Annotated[str, Arg(T("the text"), ask=T("What is the note?"))]) -> Message:
    return say(T("Noted: {text}", text=text))


@command("box add", right=Role.ORGANISER, summary=T("Add"), examples=_example("/box add"), menu=Menu.ADMIN)
async def box(ctx: Context) -> Message:
    return say(T("Added."))


@command("start", right=Role.GUEST, summary=T("Begin"), examples=_example("/start"), anywhere=True, menu=Menu.PRIVATE)
async def start(ctx: Context) -> Message:
    return say(T("Welcome."))


@job("post")
async def post(ctx: Context, subject: int) -> Message:
    return say(f"post {subject}")


FEATURE = Feature(
    commands=(show, me, secret, note, box, start),
    actions=(tap, light, detail, short, long, turn, rule, tell, flood, write, crash),
    jobs=(post,),
    groups=(("box", T("The box")),),
)
