"""How organisers link their groups: a code from the one side, used in private on the other, and a word from both."""

import re

from tests.adapters.linking.pair import Pair
from tests.adapters.linking.side import Side


async def code(side: Side) -> str:
    """A code that leads to that group."""
    await side.says("boss", "/link")
    await side.presses("boss", "Make a code for")
    found = re.search(r"/link (\w{4}-\w{4})", side.told("boss"))
    assert found
    return found[1]


async def offer(pair: Pair) -> None:
    """The organiser on Discord uses a code from Telegram and says which group it is about."""
    telegram, discord = pair.sides
    await discord.writes("boss", f"/link {await code(telegram)}")
    assert "Which of your groups becomes a part of Fisika?" in discord.told("boss")
    await discord.presses("boss", "Kelas")


async def link(pair: Pair) -> None:
    """Both agree."""
    telegram, discord = pair.sides
    await offer(pair)
    await discord.presses("boss", "Join the groups")
    assert "the organiser of Fisika has to agree too" in discord.told("boss")
    await telegram.presses("boss", "Join the groups")
    for side in pair.sides:
        assert "Kelas is a part of Fisika now" in side.told("boss")


async def unlink(side: Side) -> None:
    """The organiser on that side parts the two."""
    await side.writes("boss", "/link undo")
    await side.presses("boss", "Part from Kelas")
    assert "Fisika and Kelas are two groups again" in side.told("boss")
