"""An answer ready for a platform, and the form that may be shown in its place."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.chat.file import Document
from bot.chat.message import Message
from bot.chat.places import Ref


@dataclass(frozen=True, slots=True)
class Form:
    """The missing arguments of a command, for platforms that can ask for several at once (Discord's modal).

    `again` says that something given was no good: the message, which says what, must be seen before the form. `chosen`
    are choices that were made already; they come back with the form, because what waits may be forgotten meanwhile.
    """

    path: str
    params: tuple[str, ...]
    again: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer ready for a platform: every line of `message` holds only `Run`s in the reader's language.

    `toast` may be shown as a short alert, a `light` one as words that pass by themselves. `replaces` edits the message
    that was pressed. `public` is false for words that only the asker may see. `personal` words are never put in
    public, not even briefly. `form` may be shown instead of the message where the platform can still open one.
    `attach` makes a file that goes along, and is called before the platform hears of it. With `marks` a mark at the
    message `on`, or at the one that is answered, stands for the words in a group; `quiet` ones are then said in no
    other way.
    """

    message: Message
    toast: bool = False
    light: bool = False
    replaces: bool = False
    public: bool = False
    personal: bool = False
    form: Form | None = None
    attach: Callable[[], Document | Sequence[Document]] | None = None
    marks: bool = False
    on: Ref | None = None
    quiet: bool = False


Answerer = Callable[[Said], Awaitable[None]]
"""How an adapter answers one event. It raises nothing that the core must handle."""
