"""How the two kinds of chat behave: their limits, and what they can show."""

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.playground.cast import DISCORD, TELEGRAM
from adapters.playground.plain import lines
from bot.chat.fit import Profile
from bot.chat.message import Block
from bot.chat.places import Place


@dataclass(frozen=True, slots=True)
class Habits:
    """What one kind of chat can do: its limits, and whether it shows alerts, opens forms and hears free text."""

    profile: Profile
    alerts: bool
    forms: bool
    hears: bool


def _cost(block: Block) -> int:
    return sum(len(line) + 1 for line in lines(block)) + 1


TELEGRAM_LIKE = Habits(Profile("telegram-like", 4096, _cost, 8, 12, 64), alerts=True, forms=False, hears=True)
"""4,096 characters and 100 buttons a message (Bot API)."""

DISCORD_LIKE = Habits(Profile("discord-like", 4000, _cost, 5, 5, 80), alerts=False, forms=True, hears=False)
"""4,000 characters of text, five rows of five buttons (components v2). Without the privileged intent a bot does
not hear free text in a server, but for replies to its own messages."""

HABITS: Mapping[Place, Habits] = {TELEGRAM: TELEGRAM_LIKE, DISCORD: DISCORD_LIKE}
