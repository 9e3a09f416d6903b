"""Asking a platform about somebody while no unit of work is open, and then beginning anew with the answer."""

from collections.abc import Mapping

from bot.chat.errors import PlatformError, Refusal
from bot.chat.places import Account, Place, Power
from bot.chat.text import T
from bot.ports import Platform

MOST_ASKED = 40
"""Questions to platforms for one event: an act concerns up to four people, each in a few places."""

Powers = dict[tuple[Place, Account | None], Power]
"""What was heard so far about people and, under None, about the bot itself."""


class Asking(Exception):
    """A handler wants to know of somebody's power: its unit is rolled back, the platform asked, and it runs anew."""

    def __init__(self, place: Place, account: Account | None) -> None:
        super().__init__(place.platform)
        self.place = place
        self.account = account


async def hear(asking: Asking, powers: Powers, platforms: Mapping[str, Platform]) -> None:
    """Add what was asked for; refuses where the platform cannot say. Raises RuntimeError where it goes on and on."""
    if len(powers) >= MOST_ASKED:
        raise RuntimeError("a handler asks about too many people")
    platform = platforms.get(asking.place.platform)
    if platform is None:
        raise Refusal(_UNHEARD)
    try:
        powers[asking.place, asking.account] = await platform.power(asking.place, asking.account)
    except PlatformError as error:
        raise Refusal(_UNHEARD) from error


_UNHEARD = T("I couldn't check the rights there just now. Nothing changed; try again soon.")
