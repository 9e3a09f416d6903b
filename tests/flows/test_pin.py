"""Pins: silent, few, with a label and an end, and honest where the platform refuses."""

import pytest

from adapters.playground import room
from bot.chat.act import Pin, Unpin
from bot.chat.errors import Gone
from bot.chat.places import Ability, Role
from tests.flows.asked import COMMUNITY
from tests.flows.refusal import refuses
from tests.world import World


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await world.budi.private.says("/start")


async def pins(world: World, words: str, line: str = "/pin") -> None:
    """Citra says it and Budi pins it."""
    await world.citra.says(words)
    await world.budi.replies(line, to=words)


async def deeds(world: World) -> list[str]:
    async with world.store.read() as unit:
        return [record.deed.value for record in reversed(await unit.records.page(COMMUNITY, 0, 0, 50))]


async def test_a_message_is_pinned_without_a_word_and_without_a_sound(world: World) -> None:
    before, noise = world.public, world.stage.transcript.noise.sounding
    await pins(world, "Jadwal ujian: Senin")
    assert world.pins == ["Jadwal ujian: Senin"]
    assert world.public == before
    assert world.stage.transcript.noise.sounding == noise
    assert await deeds(world) == ["pin"]


async def test_its_own_words_are_the_label_unless_another_is_given(world: World) -> None:
    await pins(world, "Jadwal ujian: Senin")
    await pins(world, "Tautan kelas di sini", "/sematkan 3d Kelas daring")
    await world.dewi.private.says("/sematan")
    assert world.dewi.private.sees("Jadwal ujian: Senin", "Kelas daring", "sampai Kam, 26 Nov")
    assert not world.dewi.private.sees("Tautan kelas")


@pytest.mark.parametrize("line", ["/pin 2 minggu Ujian", "/pin 2minggu Ujian", "/pin loud 2w Ujian"])
async def test_a_length_is_told_from_the_label(world: World, line: str) -> None:
    await pins(world, "Jadwal", line)
    assert "Sen, 7 Des" in world.budi.told
    await world.budi.private.says("/pins")
    assert world.budi.private.sees("Ujian", "Sen, 7 Des")
    assert world.stage.transcript.noise.sounding == ("loud" in line)


async def test_one_that_ended_while_nobody_was_there_comes_down_at_the_start(world: World) -> None:
    await pins(world, "Jadwal", "/pin 1h")
    world.sleeps(days=3)
    assert world.pins == ["Jadwal"]
    await world.wakes()
    assert world.pins == []
    assert await deeds(world) == ["pin", "unpin"]


async def test_pinning_the_same_again_only_changes_its_label_and_end(world: World) -> None:
    await pins(world, "Jadwal", "/pin 1h Lama")
    await world.passes(minutes=5)
    await world.budi.replies("/pin 2d Baru", to="Jadwal")
    assert world.pins == ["Jadwal"]
    await world.passes(hours=3)
    assert world.pins == ["Jadwal"], "the old end no longer counts"
    await world.budi.private.says("/pins")
    assert world.budi.private.sees("Baru")
    assert not world.budi.private.sees("Lama")


async def test_the_sixth_takes_the_place_of_the_oldest_which_is_said_before(world: World) -> None:
    for number in range(5):
        await pins(world, f"Info {number}")
        assert "dilepas" not in world.budi.told
    await pins(world, "Info 5")
    assert "yang terlama dilepas: Info 0" in world.budi.told
    assert world.pins == [f"Info {number}" for number in (5, 4, 3, 2, 1)]


async def test_where_the_sixth_is_refused_the_oldest_stays(world: World) -> None:
    for number in range(5):
        await pins(world, f"Info {number}")
    with refuses(world, Pin, error=Gone()):
        await pins(world, "Info 5")
    assert len(world.pins) == 5
    assert "Info 0" in world.pins
    assert "pesannya sudah tidak ada" in world.budi.private.told


async def test_a_platform_that_refuses_is_reported_and_the_pin_is_not_kept(world: World) -> None:
    with refuses(world, Pin):
        await pins(world, "Jadwal")
    assert world.pins == []
    assert "platform tidak mengizinkan" in world.budi.private.told
    assert await deeds(world) == ["pin", "fail"]
    await world.budi.private.says("/pins")
    assert "Belum ada yang saya sematkan" in world.budi.private.told


async def test_one_that_cannot_be_taken_down_is_reported_to_whoever_pinned_it(world: World) -> None:
    await pins(world, "Jadwal", "/pin 1h")
    with refuses(world, Unpin):
        await world.passes(hours=2)
    assert "tidak bisa saya lepas" in world.budi.private.told
    assert world.pins == ["Jadwal"]
    assert await deeds(world) == ["pin", "unpin", "fail"]


async def test_without_the_right_nothing_is_promised(world: World) -> None:
    await world.citra.says("Jadwal")
    world.stage.may(world.group, Ability.SEND)
    await world.budi.replies("/pin", to="Jadwal")
    assert "menyematkan" in world.budi.told
    assert world.pins == []
    assert await deeds(world) == []


async def test_members_cannot_pin(world: World) -> None:
    await world.citra.says("Jadwal")
    await world.dewi.replies("/pin", to="Jadwal")
    assert "moderator" in world.dewi.told
    assert world.pins == []


async def test_it_comes_down_by_a_reply_or_from_a_list_and_once(world: World) -> None:
    await pins(world, "Satu")
    await pins(world, "Dua")
    await world.budi.replies("/lepas", to="Satu")
    assert world.pins == ["Dua"]
    await world.budi.says("/unpin")
    assert "Sematan mana yang dilepas?" in world.budi.told
    await world.budi.presses("Dua")
    assert world.pins == []
    assert (await deeds(world)).count("unpin") == 2
    await world.budi.says("/unpin")
    assert "Belum ada yang saya sematkan" in world.budi.told


async def test_one_button_pressed_by_two_is_one_act(world: World) -> None:
    await pins(world, "Satu")
    for person in (world.ani, world.budi):
        await person.private.says("/unpin")
    await world.ani.private.presses("Satu")
    await world.budi.private.presses("Satu")
    assert "sudah tidak disematkan" in world.budi.private.told
    assert (await deeds(world)).count("unpin") == 1


@pytest.mark.parametrize("line", ["/pin", "/pin 3d", "/unpin", "/pins"])
async def test_without_a_message_it_is_answered_with_what_to_do(world: World, line: str) -> None:
    await world.budi.says(line)
    assert world.budi.told
    assert "E-" not in world.budi.told
    assert world.pins == []


@pytest.mark.parametrize("line", ["/pin 9999d", "/pin 12ipa Jadwal"])
async def test_a_length_that_cannot_be_is_refused_with_an_example(world: World, line: str) -> None:
    await world.citra.says("Jadwal")
    await world.budi.replies(line, to="Jadwal")
    assert "Berapa lama?" in world.budi.told
    assert world.pins == []


async def test_taking_down_needs_the_right_to_pin(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await pins(world, "Satu")
    await world.budi.private.says("/unpin")
    monkeypatch.setitem(room._ABILITIES, Role.MODERATOR, frozenset({Ability.DELETE}))
    await world.budi.private.presses("Satu")
    await world.budi.replies("/unpin", to="Satu")
    assert world.pins == ["Satu"]
    assert await deeds(world) == ["pin"]
