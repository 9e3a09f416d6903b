"""The playground in a terminal: the same people, chats and clock, drawn with plain lines."""

import asyncio
import re
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from adapters.playground import almanac
from adapters.playground.act import jump
from adapters.playground.adapter import Playground
from adapters.playground.cast import DISCORD, TELEGRAM, Actor
from adapters.playground.clock import Turning
from adapters.playground.disk import save, with_file
from adapters.playground.form import Dialog, Field
from adapters.playground.plain import plain
from adapters.playground.shelf import Leaf
from adapters.playground.state import summary
from adapters.playground.transcript import Alert, Entry
from adapters.playground.words import ROLES, TERMINAL
from bot.chat.message import Button
from bot.chat.places import Place
from bot.chat.text import Moment, T, code
from bot.param import Kind
from bot.speech import Speech

_LENGTH = re.compile(r"\+(\d{1,3})([mhdw])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What could move the cursor, change colours or not be written at all; nobody's words may do that."""

MOST_RECALLED = 5
"""Messages that are shown again when somebody comes into a chat."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Key:
    """A numbered button."""

    entry: str
    page: int
    row: int
    column: int


async def run_terminal(
    playground: Playground,
    clock: Turning | None,
    language: str = "id",
    *,
    lines: AsyncIterator[str] | None = None,
    tell: Tell | None = None,
) -> None:
    """Play until the input ends or somebody types `quit`; without a `clock` the time cannot be turned."""
    terminal = Terminal(playground, clock, Speech(language), tell or _print)
    await terminal.run(lines or read_lines())


class Terminal:
    """Somebody at a keyboard, who is one of the people and looks at one chat at a time."""

    def __init__(self, playground: Playground, clock: Turning | None, speech: Speech, tell: Tell) -> None:
        self._playground = playground
        self._clock = clock
        self._speech = speech
        self._tell = tell
        self._me: Actor = next(iter(playground.cast.values()))
        self._place = TELEGRAM
        self._keys: dict[int, Key] = {}
        self._seen = 0
        self._dialog: Dialog | None = None
        self._values: dict[str, str] = {}
        self._part: list[str] = []

    async def run(self, lines: AsyncIterator[str]) -> None:
        """Read lines and show what happens, at the same time."""
        self._help()
        watching = asyncio.create_task(self._watch())
        try:
            async for line in lines:
                if line.strip() == "quit":
                    break
                await self._act(line.rstrip("\n"))
                await self._playground.settle()
                self._show_news()
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching

    async def _watch(self) -> None:
        while not self._playground.transcript.closed:
            await self._playground.transcript.changed(self._seen)
            self._show_news()

    async def _act(self, line: str) -> None:
        if self._dialog:
            return await self._fill(self._dialog, line)
        word, _, rest = line.strip().partition(" ")
        match word:
            case "":
                return None
            case "?":
                return self._help()
            case "as":
                return self._become(rest.strip())
            case "in":
                return self._go(rest.strip())
            case "clock":
                return await self._turn(rest.strip())
        if word.isascii() and word.isdigit() and not rest:
            return await self._press(int(word))
        reply = self._newest() if word == "re" else ""
        words, file = with_file(rest.strip() if reply else line.strip())
        return await self._playground.say(self._me.account, self._place, words, file=file, reply=reply)

    def _newest(self) -> str:
        """The newest message here, which `re` replies to."""
        return next((entry.id for entry in reversed(self._here())), "")

    def _here(self) -> list[Entry]:
        return [entry for entry in self._playground.transcript if entry.place == self._place and self._sees(entry)]

    def _become(self, name: str) -> None:
        found = [
            actor for actor in self._playground.cast.values() if name.casefold() in (actor.id, actor.name.casefold())
        ]
        if not found:
            return self._help()
        private = self._place == self._me.private
        self._me = found[0]
        self._place = self._me.private if private else self._place
        return self._stand()

    def _go(self, name: str) -> None:
        place = {"telegram": TELEGRAM, "discord": DISCORD, "private": self._me.private}.get(name)
        if place is None:
            return self._help()
        self._place = place
        return self._stand()

    async def _turn(self, to: str) -> None:
        if to and self._clock:
            length = _LENGTH.fullmatch(to)
            named = {each.name: each.at for each in await almanac.jumps(self._playground)}
            at = self._clock() + int(length[1]) * _UNITS[length[2]] if length else named.get(to)
            if at is None or not await jump(self._playground, self._clock, at):
                return self._help()
        self._say(T("It is {now}.", now=Moment(self._playground.clock())))
        return None

    async def _press(self, number: int) -> None:
        key = self._keys.get(number)
        try:
            if key is None:
                raise LookupError(number)
            await self._playground.press(self._me.account, key.entry, key.row, key.column, page=key.page)
        except LookupError:
            self._say(TERMINAL["no_button"])

    async def _fill(self, dialog: Dialog, line: str) -> None:
        """One line for the field that is asked; several for a field of lines, until an empty one."""
        field = dialog.fields[len(self._values)]
        if field.kind in (Kind.LINES, Kind.FILE) and line.strip():
            return self._part.append(line)
        self._values[field.name] = "\n".join([*self._part, line]).strip()
        self._part.clear()
        if len(self._values) < len(dialog.fields):
            return self._ask(dialog.fields[len(self._values)])
        self._dialog = None
        return await self._playground.submit(dialog, self._values)

    def _open(self, dialog: Dialog) -> None:
        self._dialog, self._values, self._part = dialog, {}, []
        self._tell(f"┌ {dialog.title}")
        self._ask(dialog.fields[0])

    def _ask(self, field: Field) -> None:
        need = TERMINAL["required"] if field.required else TERMINAL["optional"]
        offered = "".join(f" {value}={label}" for value, label in field.choices)
        note = f" · {self._speech.words(TERMINAL['end_lines'])}" if field.kind in (Kind.LINES, Kind.FILE) else ""
        self._tell(f"│ {_safe(field.label)} ({self._speech.words(need)}{note}){_safe(offered)}")

    def _show_news(self) -> None:
        transcript, since = self._playground.transcript, self._seen
        self._seen = transcript.version
        news = [entry for entry in transcript if entry.version > since and self._sees(entry)]
        self._show([entry for entry in news if entry.place == self._place])
        elsewhere = {self._name(entry.place) for entry in news if entry.place != self._place}
        for name in sorted(elsewhere):
            self._say(T("(There is something new in {place}.)", place=code(name)))
        for signal in transcript.signals:
            if signal.version > since and signal.what.account == self._me.account:
                match signal.what:
                    case Alert() as alert:
                        self._tell(f"  ⟦ {_safe(alert.text)} ⟧")
                    case Dialog() as dialog:
                        self._open(dialog)

    def _sees(self, entry: Entry) -> bool:
        return not entry.deleted and entry.is_for(self._me.account)

    def _show(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            for text in self._drawn(entry):
                self._tell(text)

    def _drawn(self, entry: Entry) -> Iterator[str]:
        author = self._playground.cast[entry.author].name if entry.author else "Bareng"
        notes = [TERMINAL["only_you"]] if entry.only else []
        notes += [TERMINAL["edited"]] if entry.edited else []
        notes += [TERMINAL["marked"]] if entry.marked else []
        at = self._speech.words(Moment(entry.at))
        likes = [f"{sign} {len(by)}" for sign, by in (("👍", entry.likes), ("🙏", entry.thanks)) if by]
        head = " · ".join([self._name(entry.place), at, *map(self._speech.words, notes), *likes])
        yield f"{author}  ({head})"
        yield from (f"  ▤ {_safe(self._saved(leaf))}" for leaf in entry.files)
        for number, page in enumerate(entry.pages):
            yield from (f"  {_safe(line)}" for line in plain(page).split("\n") if line or page.blocks)
            for row, buttons in enumerate(page.rows):
                keys = [(Key(entry.id, number, row, column), button) for column, button in enumerate(buttons)]
                labels = [self._label(key, button) for key, button in keys if button.press]
                if labels:
                    yield f"  {_safe('   '.join(labels))}"

    def _saved(self, leaf: Leaf) -> str:
        file = self._playground.shelf.get(leaf.id)
        return f"{leaf.name} · {save(leaf, file) if file else leaf.size}"

    def _label(self, key: Key, button: Button) -> str:
        return f"[{self._numbered(key)}] {button.label}{' ✓' if button.pick else ''}"

    def _numbered(self, key: Key) -> int:
        number = next((number for number, known in self._keys.items() if known == key), len(self._keys) + 1)
        self._keys[number] = key
        return number

    def _name(self, place: Place) -> str:
        return place.chat if place in (TELEGRAM, DISCORD) else "private"

    def _stand(self) -> None:
        role = self._speech.words(ROLES[self._me.role])
        self._tell(f"— {_safe(self._me.name)} ({role}) @ {self._name(self._place)} —")
        self._keys.clear()
        for line in summary(self._playground, self._place, self._speech):
            self._tell(_safe(line))
        self._show(self._here()[-MOST_RECALLED:])

    def _help(self) -> None:
        names = ", ".join(actor.id for actor in self._playground.cast.values())
        self._say(TERMINAL["help"])
        for usage, text in TERMINAL_USAGE.items():
            self._tell(f"  {usage.format(names=names):<44} {self._speech.words(text)}")
        self._stand()

    def _say(self, text: T) -> None:
        self._tell(self._speech.words(text))


TERMINAL_USAGE = {
    "/…": TERMINAL["use_command"],
    "… @notes.csv": TERMINAL["use_file"],
    "re …": TERMINAL["use_reply"],
    "1, 2, 3 …": TERMINAL["use_number"],
    "as {names}": TERMINAL["use_as"],
    "in telegram, discord, private": TERMINAL["use_in"],
    "clock +1h, +2d, quiz, close, monday": TERMINAL["use_clock"],
    "?, quit": TERMINAL["use_quit"],
}


async def read_lines() -> AsyncIterator[str]:
    """The lines of standard input; a thread reads them, so that nobody waits for the keyboard at the end."""
    loop, queue = asyncio.get_running_loop(), asyncio.Queue[str]()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(queue.put_nowait, line)
        loop.call_soon_threadsafe(queue.put_nowait, "")

    threading.Thread(target=read, daemon=True, name="keyboard").start()
    while line := await queue.get():
        yield line


def _safe(text: str) -> str:
    return _CONTROL.sub("�", text)


def _print(text: str) -> None:
    # A terminal without the characters for a bar still gets the words.
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()
