"""How the two kinds of chat behave: their limits, and what they can show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from adapters.playground.cast import DISCORD, TELEGRAM
from adapters.playground.plain import lines
from bot.chat.fit import Profile
from bot.chat.message import Block
from bot.chat.places import Place


@dataclass(frozen=True, slots=True)
class Habits:
    """What one kind of chat can do: its limits, whether it shows alerts and opens forms.

    With `hears` free text is said to the bot too, else only to people unless it names the bot or replies to it.
    `whispers` says that it shows somebody words in a group unasked, `knocks` that people ask to be let in. A mute
    ends after `mute` at the latest, None for never.
    """

    profile: Profile
    alerts: bool
    forms: bool
    hears: bool
    whispers: bool
    knocks: bool
    mute: timedelta | None = None


def _cost(block: Block) -> int:
    return sum(len(line) + 1 for line in lines(block)) + 1


TELEGRAM_LIKE = Habits(
    Profile("telegram-like", 4096, _cost, 8, 12, 64), alerts=True, forms=False, hears=True, whispers=True, knocks=True
)
"""4,096 characters and 100 buttons a message (Bot API)."""

DISCORD_LIKE = Habits(
    Profile("discord-like", 4000, _cost, 5, 5, 80),
    alerts=False,
    forms=True,
    hears=False,
    whispers=False,
    knocks=False,
    mute=timedelta(days=28),
)
"""4,000 characters of text, five rows of five buttons (components v2). What people say in a server is not said to the
bot, but for replies to its own messages. A timeout lasts for 28 days at most."""

HABITS: Mapping[Place, Habits] = {TELEGRAM: TELEGRAM_LIKE, DISCORD: DISCORD_LIKE}
