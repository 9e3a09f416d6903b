"""What a Discord server that the bot is in costs in memory."""

import tempfile
from pathlib import Path

from bench.contender import Task, contender
from bench.discord import TOKEN
from bench.server import fake

CHANNELS = 20


async def resident_with(guilds: int) -> int:
    """Resident bytes of the bot, idle in so many synthetic servers of 20 channels."""
    with tempfile.TemporaryDirectory() as folder:
        async with fake("discord", "--no-validation") as server:
            await server.post("settings", {"log": False})
            channels = [f"kanal-{number}" for number in range(CHANNELS)]
            for number in range(guilds):
                guild = await server.post("guild", {"name": f"Kelas {number}", "channels": channels})
            person = await server.post("person", {"name": "orang", "guild": guild["id"]})
            task = Task(
                way="idle", address=server.address, token=TOKEN, database=str(Path(folder) / "bench.db"),
                chat=guild["id"], thread=guild["channels"][0], people=(person["id"],),
            )  # fmt: skip
            async with contender("road_discord", task) as started:
                pass
            return started.spent.resident
