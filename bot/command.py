"""Declarations: a command, a button's action or a due job is read once from its annotated function."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Flag
from typing import Annotated, Any, get_origin

from bot.chat.act import Act, Together
from bot.chat.errors import PlatformError
from bot.chat.events import Polled, Reacted, Voted
from bot.chat.message import Block, Message, Outcome
from bot.chat.places import Role
from bot.chat.press import Argument, Forged, Press, number
from bot.chat.text import Line, T
from bot.context import Context
from bot.domain.jobs import State
from bot.domain.noise import Noise
from bot.followup import Deletion, Erasure, Hearing, Liking, Listening
from bot.param import Arg, Kind, Param, annotated, parameter

WAITING = "!"
"""Begins the path of a command that only a press can begin."""

PRESSED = "pressed"
"""The name under which such a command keeps the words of the press."""

Handler = Callable[..., Awaitable[Outcome]]
Intro = Callable[..., Awaitable[tuple[Block, ...]]]
Guard = Callable[[Context, Mapping[str, Any]], Awaitable[None]]
JobHandler = Callable[..., Awaitable[Message | Act | Together | State | None]]
After = Callable[[Context, int, PlatformError | None, str], Awaitable[None]]


class Menu(Flag):
    """Where a command stands in Telegram's menus; a command in none stays callable."""

    NONE = 0
    PRIVATE = 1
    GROUP = 2
    ADMIN = 4


@dataclass(frozen=True, slots=True)
class Example:
    """A line that works as it stands, with what it does; shown in help and run by the tests."""

    line: str
    note: T


@dataclass(frozen=True, slots=True)
class Command:
    """A command as every platform sees it.

    `path` is its words ("quizbank add"), `aliases` whole paths in either language. `private` says that the
    answer is for the asker alone. `anywhere` commands need no community. `role_aware` ones want to know the asker's
    standing although anybody may use them. `on_message` is what the command is called in a message's own menu, where a
    platform has one (Discord): at most 32 characters in each language, and at most 5 commands have one; `on_person` is
    the same in a person's menu, for at most 2. `slash` is the one of `aliases` under which a platform registers it that
    takes few first words (Discord), "" for `path`. `guard` is called with the arguments that are known before a missing
    one is asked for, and refuses what would be of no use.
    """

    path: str
    aliases: tuple[str, ...]
    right: Role
    summary: T
    examples: tuple[Example, ...]
    params: tuple[Param, ...]
    handler: Handler = field(compare=False)
    menu: Menu = Menu.NONE
    menu_name: str = ""
    private: bool = True
    anywhere: bool = False
    role_aware: bool = False
    on_message: T | None = None
    slash: str = ""
    guard: Guard | None = field(default=None, compare=False)
    on_person: T | None = None

    @property
    def wants(self) -> Role:
        """The standing that the platform must be asked for."""
        return Role.ORGANISER if self.role_aware else self.right

    @property
    def example(self) -> str:
        """The line that shows most arguments."""
        return max((example.line for example in self.examples), key=len)

    @property
    def title(self) -> T | str:
        """What a form for its arguments is headed with."""
        return self.summary if self.path.startswith(WAITING) else f"/{self.path}"

    @property
    def file(self) -> Param | None:
        """The parameter that takes a file."""
        return next((param for param in self.params if param.kind is Kind.FILE), None)

    def param(self, name: str) -> Param | None:
        """The parameter of that name."""
        return next((param for param in self.params if param.name == name), None)


@dataclass(frozen=True, slots=True)
class Action:
    """What a button does. Calling it gives the `Press` to put on a button.

    With `params` it asks the presser for these first, by the road of a command whose arguments are missing; `intro`
    takes the press's arguments and says what stands above the question. `role_aware` ones want to know the presser's
    standing although any member may press.
    """

    name: str
    right: Role
    types: tuple[type, ...]
    handler: Handler = field(compare=False)
    params: tuple[Param, ...] = ()
    intro: Intro | None = field(default=None, compare=False)
    role_aware: bool = False

    @property
    def wants(self) -> Role:
        """The standing that the platform must be asked for."""
        return Role.ORGANISER if self.role_aware else self.right

    def __call__(self, scope: int, *args: Argument, owner: int = 0) -> Press:
        """The press with these arguments; raises TypeError where they do not fit the handler's signature."""
        if len(args) != len(self.types) or not all(map(isinstance, args, self.types)):
            raise TypeError(f"{self.name} takes {self.types}, not {args}")
        return Press(self.name, scope, args, owner)

    def typed(self, words: Sequence[str]) -> tuple[Argument, ...]:
        """The words of a press as this action's types; raises Forged where they do not fit."""
        if len(words) != len(self.types):
            raise Forged
        return tuple(number(word) if kind is int else word for word, kind in zip(words, self.types, strict=True))

    @property
    def waiting(self) -> Command:
        """The command that stands for a press whose words are still missing; nobody can type its path."""
        pressed = Param(PRESSED, Kind.TEXT, Arg(self.params[0].arg.help), required=True)

        async def run(ctx: Context, **arguments: Any) -> Outcome:
            words = arguments.pop(PRESSED).split("_")[1:]
            return await self.handler(ctx, *self.typed(words), **arguments)

        help_ = self.params[0].arg.help
        params = (pressed, *self.params)
        return Command(WAITING + self.name, (), self.right, help_, (), params, run, role_aware=self.role_aware)


@dataclass(frozen=True, slots=True)
class Job:
    """Work that falls due.

    Its handler does it and returns None, or composes the message that is then sent to the job's place, or says what is
    to be done there, or that the job ends in another state (DROPPED: no longer useful). `after` hears how it went: the
    error with which the platform refused or None, and what the act gave back. `noise` says how a public post comes
    about: quiet hours and the group's budget hold for what nobody asked for. One that `insists` and cannot be sent in
    private calls the person in the group, without saying what it is about.
    """

    name: str
    handler: JobHandler = field(compare=False)
    after: After | None = field(default=None, compare=False)
    noise: Noise = Noise.ASKED
    insists: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A kind of thing that members find by searching: what a feature puts into `Unit.searches` under this `kind`.

    `label` names it in a list ("Resource"), `aliases` are further words for `kind:` in a search. `show` gives the line
    of each of these subjects that the asker may see; one without a line is not shown. `open` makes the press that
    shows a subject whole, from the community and the subject's number: an `Action` that takes one number.
    """

    kind: str
    label: T
    show: Callable[[Context, Sequence[int]], Awaitable[Mapping[int, Line]]] = field(compare=False)
    open: Callable[[int, int], Press] | None = field(default=None, compare=False)
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feature:
    """A capability: everything that it adds to the bot. `groups` describes the first words of its commands.

    `joined` is called when the bot comes into a place, `entered` when a person does, and `knocked` when one asks to be
    let in. `voted` and `polled` hear of native polls, `thanked` of marks that thank, `erased` of messages that are gone
    and `withdrawn` of events. `findings` are what members can search for, `digests` tell in a few lines what happened.
    """

    commands: tuple[Command, ...] = ()
    actions: tuple[Action, ...] = ()
    jobs: tuple[Job, ...] = ()
    groups: tuple[tuple[str, T], ...] = ()
    hearings: tuple[Hearing, ...] = ()
    likings: tuple[Liking, ...] = ()
    deletions: tuple[Deletion, ...] = ()
    listenings: tuple[Listening, ...] = ()
    findings: tuple[Finding, ...] = ()
    digests: tuple[Callable[[Context, timedelta], Awaitable[Sequence[Line]]], ...] = ()
    joined: Callable[[Context], Awaitable[None]] | None = None
    entered: Callable[[Context], Awaitable[None]] | None = None
    knocked: Callable[[Context], Awaitable[None]] | None = None
    withdrawn: Callable[[Context, str], Awaitable[None]] | None = None
    thanked: Callable[[Context, Reacted], Awaitable[None]] | None = None
    erased: Erasure | None = None
    voted: Callable[[Context, Voted], Awaitable[None]] | None = None
    polled: Callable[[Context, Polled], Awaitable[None]] | None = None


def command(
    path: str,
    *,
    right: Role,
    summary: T,
    examples: tuple[Example, ...],
    aliases: tuple[str, ...] = (),
    menu: Menu = Menu.NONE,
    menu_name: str = "",
    private: bool = True,
    anywhere: bool = False,
    role_aware: bool = False,
    on_message: T | None = None,
    on_person: T | None = None,
    slash: str = "",
    guard: Guard | None = None,
) -> Callable[[Handler], Command]:
    """Declare a command; without a right or an example, or with a slash path that is no alias, it does not import.

    `menu_name` is the alias that an Indonesian Telegram menu shows.
    """
    if not examples:
        raise TypeError(f"/{path} needs an example")
    if slash and slash not in aliases:
        raise TypeError(f"/{path} is not understood as /{slash}")

    def read(handler: Handler) -> Command:
        params = tuple(parameter(*item) for item in annotated(handler))
        return Command(
            path,
            aliases,
            right,
            summary,
            examples,
            params,
            handler,
            menu,
            menu_name,
            private,
            anywhere,
            role_aware,
            on_message,
            slash,
            guard,
            on_person,
        )

    return read


def action(
    name: str, *, right: Role, intro: Intro | None = None, role_aware: bool = False
) -> Callable[[Handler], Action]:
    """Declare what a button does; the handler's parameters after the context are `int` or `str`.

    Parameters after those, annotated like a command's, are asked for when the button is pressed.
    """

    def read(handler: Handler) -> Action:
        found = annotated(handler)
        types = tuple(hint for _, hint, _ in found if get_origin(hint) is not Annotated)
        if not set(types) <= {int, str}:
            raise TypeError(f"{name}: a button carries whole numbers and words")
        params = tuple(parameter(*item) for item in found[len(types) :])
        return Action(name, right, types, handler, params, intro, role_aware)

    return read


def job(
    name: str,
    *,
    after: After | None = None,
    unasked: bool = False,
    planned: bool = False,
    insists: bool = False,
) -> Callable[[JobHandler], Job]:
    """Declare due work; the handler takes the context and the subject's number.

    `unasked` posts come of the bot itself, `planned` ones at an hour that the group chose.
    """
    noise = Noise.UNASKED if unasked else Noise.PLANNED if planned else Noise.ASKED
    return lambda handler: Job(name, handler, after, noise, insists)
