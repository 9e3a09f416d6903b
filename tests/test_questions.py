"""What docs/questions.md says is so: its examples go through, and its table of formats is that of the code."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.domain.items import Item, ItemText, Kind, Number
from bot.formats import library
from bot.formats.source import Format
from tests.world import World, opened

TEXT = (Path(__file__).parent.parent / "docs" / "questions.md").read_text()
BLOCKS = re.findall(r"```(\w+)\n(.*?)\n```", TEXT, re.DOTALL)
KINDS = {
    Kind.ONE: Item(0, 0, {"id": ItemText("Apa?", ("a", "b"))}, (0,)),
    Kind.SEVERAL: Item(0, 0, {"id": ItemText("Apa?", ("a", "b", "c"))}, (0, 2), kind=Kind.SEVERAL),
    Kind.TRUTH: Item(0, 0, {"id": ItemText("Apa?")}, (0,), kind=Kind.TRUTH),
    Kind.TEXT: Item(0, 0, {"id": ItemText("Apa?", answers=("kata",))}, kind=Kind.TEXT),
    Kind.NUMBER: Item(0, 0, {"id": ItemText("Apa?")}, kind=Kind.NUMBER, number=Number(Decimal(5))),
    Kind.ORDER: Item(0, 0, {"id": ItemText("Urutkan", ("a", "b", "c"))}, kind=Kind.ORDER),
}
HELD = {
    Format.CSV: set(Kind),
    Format.XLSX: set(Kind),
    Format.GIFT: set(Kind) - {Kind.ORDER},
    Format.AIKEN: {Kind.ONE, Kind.TRUTH},
    Format.ANKI: set(Kind),
}


@pytest.mark.parametrize(("name", "block"), [block for block in BLOCKS if block[0] != "add"])
def test_the_examples_of_files_are_read(name: str, block: str) -> None:
    drafts = library.read(f"example.{'txt' if name in ('aiken', 'anki') else name}", block.encode(), "id")
    assert len(drafts) == {"csv": 2, "gift": 3, "aiken": 1, "anki": 2}[name]


@pytest.mark.parametrize("block", [block for name, block in BLOCKS if name == "add"])
async def test_the_examples_of_the_chat_are_saved(sqlite_address: str, block: str) -> None:
    async with opened(sqlite_address) as world:
        before = await count(world)
        await world.ani.private.says(block)
        while "Lewati" in world.ani.private.buttons:
            await world.ani.private.presses("Lewati")
        assert await count(world) == before + 1, world.ani.private.told


async def count(world: World) -> int:
    async with world.store.read() as unit:
        return await unit.items.count(1, "")


@pytest.mark.parametrize("format_", Format)
def test_the_table_says_which_kinds_a_format_holds(format_: Format) -> None:
    assert {kind for kind, item in KINDS.items() if library.holds(format_, item)} == HELD[format_]


@pytest.mark.parametrize(
    ("change", "held"),
    [
        ({"tags": ("biologi",)}, {"csv", "xlsx", "gift", "anki"}),
        ({"difficulty": 3}, {"csv", "xlsx", "gift"}),
        ({"source": "Buku"}, {"csv", "xlsx", "gift", "anki"}),
        ({"texts": {"id": ItemText("Apa?", ("a", "b"), "Karena.")}}, {"csv", "xlsx", "gift", "anki"}),
        ({"texts": {"id": ItemText("Apa?", ("a", "b"), "", ("ya", "bukan"))}}, {"csv", "xlsx", "gift"}),
        ({"texts": {"id": ItemText("Apa?", ("a", "b")), "en": ItemText("What?", ("c", "d"))}}, {"csv", "xlsx"}),
    ],
    ids=["topics", "difficulty", "source", "explanation", "feedback", "languages"],
)
def test_the_table_says_what_a_format_keeps(change: dict[str, object], held: set[str]) -> None:
    item = replace(KINDS[Kind.ONE], **change)  # type: ignore[arg-type]
    kept = set()
    for format_ in Format:
        (draft,) = library.read(f"x.{format_.value}", library.write(format_, [item], "id"), "id")
        if all(getattr(draft.item, name) == value for name, value in change.items()):
            kept.add(format_.value)
    assert kept == held
