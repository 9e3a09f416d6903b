"""What a command asks to be sent leaves at once, not with the next tick of the clock."""

import asyncio

from tests.world import TELEGRAM, opened


async def test_a_card_follows_the_commit_without_a_tick(sqlite_address: str) -> None:
    async with opened(sqlite_address, seeded=False) as world:
        await world.stage.add_bot(world.ani.account, TELEGRAM, "Kelas")
        async with asyncio.timeout(2):
            while not world.public:  # noqa: ASYNC110 - the message itself is all that can be waited for
                await asyncio.sleep(0.01)
    assert len(world.public) == 1
