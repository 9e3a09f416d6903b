"""The command is the dialogue: a missing argument becomes a question whose answer is the person's next words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from bot import quote
from bot.bind import Bound, Missing, Wrong, bind, split
from bot.chat.clean import clean_text
from bot.chat.errors import Refusal
from bot.chat.events import Event, Invoked, Pressed
from bot.chat.message import Block, Button, Reply, Row, Tone, say
from bot.chat.places import Account, Place
from bot.chat.press import Forged, Outdated, Press, Signed, verify
from bot.chat.text import T, code
from bot.command import PRESSED, WAITING, Action, Command
from bot.context import Context
from bot.index import Found, Index
from bot.param import Choice
from bot.ports import Unit
from bot.repository import Pending
from bot.scene import Ears
from bot.speech import Speech, choose_language

FILL, SKIP, CANCEL, OPEN = "fill", "skip", "cancel", "open"
GO = "go"
"""A press that runs a command: its words are the path with hyphens, then at most one argument."""

ACTIONS = frozenset({FILL, SKIP, CANCEL, OPEN})
"""Presses that go on with a waiting command."""

PATIENCE = timedelta(minutes=30)
"""A question that nobody answered for this long is forgotten."""

_SKIPPED = "\0skipped"
"""Marks an optional argument that was asked for and left out; no person can type it."""


def go(path: str, argument: str = "", scope: int = 0) -> Press:
    """The press that runs this command for whoever presses."""
    return Press(GO, scope, (path.replace(" ", "-"), argument) if argument else (path.replace(" ", "-"),))


def pressed_command(event: Pressed, signed: Signed, index: Index) -> Invoked:
    """A press on such a button as the command that it stands for; refuses where there is no such command any more."""
    path, *argument = signed.words or ("",)
    line = " ".join((path.replace("-", " "), *argument))
    if index.find(line) is None:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    return Invoked(
        key=event.key,
        at=event.at,
        place=event.place,
        sender=event.sender,
        private=event.private,
        abilities=event.abilities,
        line=line,
    )


def linked_press(event: Invoked, payload: str) -> Pressed:
    """A deep link as the press of the button whose payload it carries."""
    return Pressed(
        key=event.key, at=event.at, place=event.place, sender=event.sender, private=event.private, data=payload
    )


def first_guess(event: Event) -> Ears:
    """The language before anything was read."""
    speech = Speech(choose_language(event.sender.language))
    return Ears(speech, speech)


async def reader(unit: Unit, place: Place, account: Account, now: datetime, rng: Random) -> tuple[Context, Speech]:
    """A read-only scene, for suggestions while somebody types."""
    arrival = await unit.arrivals.of(place, account)
    own = arrival.person.language if arrival.person else ""
    group = arrival.community.language if arrival.community else ""
    ctx = Context(
        unit, now, rng, place, account=account, found=arrival.community, who=arrival.person, seat=arrival.member
    )
    return ctx, Speech(choose_language(own, group))


async def complete(index: Index, ctx: Context, path: str, param: str, text: str) -> tuple[Choice, ...]:
    """Suggestions while somebody types that argument."""
    found = index.find(path)
    wanted = found.command.param(param) if found else None
    if wanted is None:
        return ()
    return await wanted.arg.complete(ctx, text) if wanted.arg.complete and ctx.found else wanted.arg.choices


async def awaited(unit: Unit, event: Invoked, found: Found) -> Pending | None:
    """The waiting command that a sent form belongs to; refuses where only a press could have begun it."""
    account = event.sender.account
    waiting = await unit.pendings.get(event.place, account) if account and event.values is not None else None
    if waiting and waiting.path == found.command.path and waiting.expires_at >= event.at:
        return waiting
    if found.command.path.startswith(WAITING):
        raise Refusal(T("This question is no longer open. Send the command again."))
    return None


async def given(ctx: Context, event: Invoked, found: Found) -> Mapping[str, str]:
    """The raw arguments of a command: named ones, joined with what a waiting form had already, or typed words."""
    if ctx.account is None:
        return typed(event, found)
    waiting = await ctx.unit.pendings.get(event.place, ctx.account)
    if waiting is not None:
        await ctx.unit.pendings.drop(event.place, ctx.account)
    same = waiting is not None and waiting.path == found.command.path and bool(event.values)
    return {**waiting.given, **typed(event, found)} if waiting and same else typed(event, found)


def typed(event: Invoked, found: Found) -> Mapping[str, str]:
    """The arguments that came with a command, whichever way the platform delivers them."""
    if event.values is None:
        return split(found.command, found.rest, about=event.quoted is not None)
    return {name: clean_text(value) for name, value in event.values.items() if name not in (PRESSED, quote.KEPT)}


def understand(
    command: Command, given: Mapping[str, str], content: object = None
) -> tuple[Bound | Missing, Mapping[str, str], T | None]:
    """The arguments, or the one to ask for, with what is known and why; only a value that is no good is asked again."""
    try:
        return bind(command, given, skipped(given), content), given, None
    except Wrong as wrong:
        if wrong.param.arg.ask is None:
            raise
        kept = {name: raw for name, raw in given.items() if name != wrong.param.name}
        return Missing(wrong.param, wrong.choices, {}), kept, wrong.text


def judge(
    ctx: Context, command: Command, bound: Bound, known: Mapping[str, str]
) -> tuple[Bound | Missing, Mapping[str, str], T | None]:
    """The arguments that hold for this person at this moment; the first one that does not is asked again."""
    for param in command.params:
        value = bound.arguments[param.name]
        try:
            if param.arg.judge and value not in (None, ""):
                param.arg.judge(ctx, value)
        except Refusal as refusal:
            kept = {name: raw for name, raw in known.items() if name != param.name}
            return Missing(param, (), {}), kept, refusal.text
    return bound, known, None


async def ask(
    ctx: Context,
    command: Command,
    known: Mapping[str, str],
    missing: Missing,
    problem: T | None = None,
    intro: tuple[Block, ...] = (),
) -> Reply:
    """Wait for the missing argument and put its question, with buttons where there are few choices."""
    community = ctx.found.id if ctx.found else 0
    param = missing.param
    owner = ctx.person.id
    if ctx.account is not None:
        until = ctx.now + PATIENCE
        await ctx.unit.pendings.put(
            Pending(ctx.place, ctx.account, community, command.path, _kept(ctx, known), param.name, until)
        )
    offered = missing.choices
    if param.arg.suggests and param.arg.complete and ctx.found:
        offered = await param.arg.complete(ctx, "")
    rows = tuple(
        (Button(choice.label, Press(FILL, community, (param.name, choice.value), owner)),) for choice in offered
    )
    last: Row = (Button(T("Cancel"), Press(CANCEL, community, (), owner), tone=Tone.DANGER),)
    if param.arg.later:
        last = (Button(T("Skip"), Press(SKIP, community, (param.name,), owner)), *last)
    question = param.arg.ask or param.arg.help
    lines: tuple[T, ...] = (problem, question) if problem else (question,)
    if command.examples and not known and not problem:
        lines = (question, T("Example: {example}", example=code(command.example)))
    message = say(*lines, rows=(*rows, last), asks=True)
    return Reply(replace(message, blocks=(*intro, *message.blocks)))


def _kept(ctx: Context, known: Mapping[str, str]) -> Mapping[str, str]:
    return {**known, **quote.keep(ctx.reply, ctx.quoted)}


def filled(waiting: Pending, command: Command, text: str | None, signed: Signed | None) -> Mapping[str, str]:
    """What is known once the question was answered by words or by a press."""
    if signed is not None and signed.action == OPEN:
        return waiting.given
    if signed is None:
        return {**waiting.given, waiting.param: text or ""}
    if signed.words[:1] != (waiting.param,):
        raise Refusal(T("This question is no longer open. Send the command again."))
    value = _SKIPPED if signed.action == SKIP else signed.words[1]
    return {**waiting.given, waiting.param: value}


def skipped(known: Mapping[str, str]) -> tuple[str, ...]:
    """The parameters that the person left out on purpose."""
    return tuple(name for name, raw in known.items() if raw == _SKIPPED)


def open_params(command: Command, known: Mapping[str, str]) -> tuple[str, ...]:
    """The parameters that a form can ask for together: those still open, choices with computed values last."""
    return tuple(
        param.name for param in command.params if param.name not in known and (param.required or param.arg.later)
    )


def chosen(command: Command, known: Mapping[str, str]) -> Mapping[str, str]:
    """The choices among what is known that are one of those offered, word for word."""
    return {
        param.name: known[param.name]
        for param in command.params
        if known.get(param.name) in [choice.value for choice in param.arg.choices]
    }


def typed_words(signed: Signed, action: Action) -> tuple[int | str, ...]:
    """The words of a press as the action's types; refuses where they do not fit."""
    try:
        return action.typed(signed.words)
    except Forged:
        raise Refusal(T("This button is too old. Send the command again for a fresh one.")) from None


def pressed_words(signed: Signed) -> Mapping[str, str]:
    """The words of a press that waits for more, as the arguments of the command that stands for it."""
    return {PRESSED: "_".join(("press", *signed.words))}


def check_owner(ctx: Context, signed: Signed) -> None:
    """Refuse somebody else's button."""
    if signed.owner and (ctx.who is None or ctx.who.id != signed.owner):
        raise Refusal(T("This button is for somebody else."))


async def check_presser(unit: Unit, event: Pressed, signed: Signed) -> None:
    """Refuse somebody else's question."""
    person = (await unit.arrivals.of(event.place, event.sender.account)).person
    if signed.owner and (person is None or person.id != signed.owner):
        raise Refusal(T("This button is for somebody else."))


def repeatable(payload: str, keys: Sequence[bytes]) -> str:
    """The payload of a press that may be given once more; "" for one that went on with a dialogue, which is used up."""
    try:
        return "" if verify(clean_text(payload), keys).action in ACTIONS else payload
    except (Forged, Outdated):
        return ""


async def leave_ticket(unit: Unit, event: Invoked, account: Account, private: Place, index: Index) -> Press:
    """Keep the command waiting in the private chat, where a deep link lets it go on once."""
    found = index.find(clean_text(event.line))
    arrival = await unit.arrivals.of(event.place, account)
    community = arrival.community.id if arrival.community else 0
    if found is None or arrival.person is None:
        raise Refusal(T("This question is no longer open. Send the command again."))
    until = event.at + PATIENCE
    known = {**typed(event, found), **quote.keep(event.reply, quote.clean(event.quoted))}
    await unit.pendings.put(Pending(private, account, community, found.command.path, known, "", until))
    return Press(OPEN, community, (), arrival.person.id)


def group_help(index: Index, line: str) -> Found | None:
    """A group's first word alone ("/quizbank") is answered with help about the group."""
    group = index.group(line)
    help_command = index.find("help") if group else None
    return Found(help_command.command, group) if help_command else None


def suggestion(index: Index, line: str) -> Refusal:
    """What was probably meant by an unknown command in a private chat."""
    near = index.near(line)
    if not near:
        return hint()
    return Refusal(T("I don't know that command. Did you mean {command}?", command=code(f"/{near}")))


def hint() -> Refusal:
    """An answer to free text in a private chat, where silence would look broken."""
    return Refusal(T("Tell me what you need with a command. The list is in /help."))
