"""Pictures that a group keeps."""

import asyncio
from dataclasses import replace

from bot.repository import Stored
from storage.store import DatabaseStore
from tests.storage.sample import Group

CONTENT = bytes(range(256)) * 4000


async def test_a_picture_is_its_groups_byte_for_byte(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    picture = Stored(ours.id, "0f" * 32, "sel 'tumbuhan' \U0001f331.png", "image/png", CONTENT)
    async with store.begin() as unit:
        await unit.files.put(picture)
        await unit.files.put(replace(picture, id="1f" * 32, content=b""))
    async with store.read() as unit:
        assert await unit.files.get(ours.id, picture.id) == picture
        assert await unit.files.get(ours.id, "1f" * 32) == replace(picture, id="1f" * 32, content=b"")
        assert await unit.files.get(ours.id, "2f" * 32) is None
        assert await unit.files.get(theirs.id, picture.id) is None


async def test_the_same_picture_twice_at_once_is_kept_once(store: DatabaseStore, ours: Group) -> None:
    async def puts(name: str) -> None:
        async with store.begin() as unit:
            await unit.files.put(Stored(ours.id, "0f" * 32, name, "image/png", CONTENT))
            await asyncio.sleep(0.01)

    await asyncio.gather(*(puts(f"{number}.png") for number in range(4)))
    async with store.read() as unit:
        found = await unit.files.get(ours.id, "0f" * 32)
    assert found
    assert found.content == CONTENT
