"""From being added to the first planned quiz: one message that edits itself, four taps, a minute."""

import pytest

from bot.chat.places import Ability, Role
from bot.domain.community import Community, Preset
from tests.world import DISCORD, GROUPS, TELEGRAM, World, opened

STEPS = ("WIB", "Seimbang", "Lanjut", "Selesai, dengan 30 soal siap pakai")


async def is_added(world: World) -> None:
    await world.stage.add_bot(world.ani.account, world.group, "Kelas 8B")
    await world.stage.settle()


async def community(world: World, number: int = 1) -> Community:
    async with world.store.read() as unit:
        found = await unit.communities.get(number)
    assert found
    return found


async def bank_size(world: World) -> int:
    async with world.store.read() as unit:
        return await unit.items.count(1, "")


async def test_the_bot_introduces_itself_once_and_silently(empty: World) -> None:
    await is_added(empty)
    (hello,) = empty.public
    assert "Halo!" in hello
    assert "1 dari 3" in hello
    assert empty.stage.transcript.noise.sounding == 0
    assert not (await community(empty)).ready


async def test_four_taps_in_one_message_lead_to_a_planned_quiz(empty: World) -> None:
    await is_added(empty)
    for number, step in enumerate(STEPS, 1):
        assert len(empty.public) == 1
        await empty.ani.presses(step)
        assert number < 4 or "Siap!" in empty.public[0]
    assert len(empty.public) == 1
    assert "07.00 WIB" in empty.public[0]
    assert "Selasa, 24 November 2026" in empty.public[0]
    assert "Sematkan pesan ini" in empty.public[0]
    assert len(empty.public[0].split("\n\n")) == 4, "a title and three lines"
    await empty.passes(hours=22)
    assert len(empty.public) == 2
    assert "Kuis harian · Selasa" in empty.public[1]


async def test_the_first_step_offers_the_three_indonesian_zones_and_a_way_to_any_other(empty: World) -> None:
    await is_added(empty)
    assert empty.ani.buttons == ["WIB", "WITA", "WIT"]
    assert "/zone Asia/Kuala_Lumpur" in empty.public[0]
    await empty.ani.presses("WIT")
    assert (await community(empty)).zone == "Asia/Jayapura"


@pytest.mark.parametrize(
    ("label", "preset", "size"),
    [("Tenang", "calm", 1), ("Seimbang", "balanced", 3), ("Ramai", "lively", 5)],
)
async def test_how_lively_it_may_be_decides_how_many_questions_come(
    empty: World, label: str, preset: str, size: int
) -> None:
    await is_added(empty)
    for step in ("WIB", label, "Lanjut", "Selesai, dengan"):
        await empty.ani.presses(step)
    assert (await community(empty)).preset is Preset(preset)
    await empty.passes(hours=22)
    assert len([line for line in empty.public[1].splitlines() if line[:1].isdigit() and line[1:3] == ". "]) == size


async def test_a_goal_that_was_written_meanwhile_is_shown(empty: World) -> None:
    await is_added(empty)
    await empty.ani.says("/goal Lulus ujian bersama")
    await empty.ani.presses("WIB")
    await empty.ani.presses("Seimbang")
    assert "Lulus ujian bersama" in empty.public[0]


async def test_the_checklist_says_what_is_granted_and_what_is_not_yet(empty: World) -> None:
    await is_added(empty)
    async with empty.store.begin() as unit:
        (venue,) = await unit.communities.venues(1)
        await unit.communities.put_venue(type(venue)(1, venue.place, venue.title, abilities=frozenset({Ability.SEND})))
    for step in STEPS[:3]:
        await empty.ani.presses(step)
    lines = empty.public[0].splitlines()
    assert "✔ mengirim pesan: kuis harian" in lines
    assert any(line.startswith("✖ belum: menghapus pesan") for line in lines)
    assert sum(line.startswith(("✔", "✖")) for line in lines) == 5, "what the invitation asks for"
    assert "Tanpa izin ini pun semua tetap berjalan" in empty.public[0]


async def test_the_sample_works_in_an_empty_bank_and_only_the_tapper_sees_it(empty: World) -> None:
    await is_added(empty)
    for step in STEPS[:3]:
        await empty.ani.presses(step)
    before = list(empty.public)
    await empty.citra.presses("Coba 1 soal")
    assert empty.citra.sees("Gas apa yang diserap")
    await empty.citra.presses("A")
    assert "❌" in empty.citra.told
    assert "percobaan" in empty.citra.told
    assert empty.public == before
    assert not empty.dewi.sees("Gas apa")
    async with empty.store.read() as unit:
        assert not await unit.ledger.entries(1, 1, 0, 10)


async def test_a_group_with_questions_tries_one_of_its_own_and_is_offered_no_others(empty: World) -> None:
    await is_added(empty)
    await empty.ani.runs("quizbank add", prompt="2 + 2?", options="3\n4", right="b", explanation="", topic="")
    for step in STEPS[:3]:
        await empty.ani.presses(step)
    assert "Coba 1 soal" in empty.dewi.buttons
    assert "Selesai" in empty.dewi.buttons
    await empty.citra.presses("Coba 1 soal")
    assert empty.citra.sees("2 + 2?")
    await empty.ani.presses("Selesai")
    assert await bank_size(empty) == 1


async def test_a_group_may_write_its_own_questions_and_is_told_when_the_quiz_begins(empty: World) -> None:
    await is_added(empty)
    for step in (*STEPS[:3], "soal kami tulis sendiri"):
        await empty.ani.presses(step)
    assert await bank_size(empty) == 0
    assert "bank soal" in empty.public[0]
    assert "Tambah soal" in empty.ani.buttons
    await empty.passes(hours=23)
    assert len(empty.public) == 1, "no quiz without questions, and no word about it"


async def test_two_organisers_who_finish_at_once_fill_the_bank_once(empty: World) -> None:
    await is_added(empty)
    for step in STEPS[:3]:
        await empty.ani.presses(step)
    entry = next(e for e in empty.stage.transcript if e.is_public)
    button = entry.pages[-1].rows[1][0]
    assert button.press
    data = empty.app.sign(button.press)
    for key in ("one", "two"):
        await empty.stage.press_data(empty.ani.account, entry.id, data, key=key)
    await empty.stage.settle()
    assert await bank_size(empty) == 30


async def test_a_member_who_taps_an_organisers_button_is_told_kindly_and_nothing_changes(empty: World) -> None:
    await is_added(empty)
    before = list(empty.public)
    for person in (empty.citra, empty.budi):
        await person.presses("WITA")
        assert "untuk pengelola" in person.told
        assert "Tanyakan" in person.told
    assert empty.public == before
    assert (await community(empty)).zone == "Asia/Jakarta"


async def test_the_adder_s_language_is_the_group_s(empty: World) -> None:
    await empty.stage.add_bot(empty.eko.account, empty.group, "Class 8B")
    await empty.stage.settle()
    assert "Hello!" in empty.public[0]
    empty.stage.cast_as(type(empty.stage.actor(empty.eko.account))("eko", "Eko", Role.ORGANISER, "en"))
    for step in ("WIB", "Balanced", "Go on"):
        await empty.eko.presses(step)
    assert "not yet" in empty.public[0] or "✔ send messages" in empty.public[0]


async def test_the_public_message_stays_in_the_group_s_language_whoever_taps(empty: World) -> None:
    await is_added(empty)
    empty.stage.cast_as(type(empty.stage.actor(empty.eko.account))("eko", "Eko", Role.ORGANISER, "en"))
    await empty.eko.presses("WIB")
    assert "2 dari 3" in empty.public[0]


async def test_setup_runs_the_same_steps_in_private_and_the_public_note_follows(empty: World) -> None:
    await is_added(empty)
    for step in STEPS:
        await empty.ani.presses(step)
    await empty.ani.says("/atur")
    assert "WIB" in empty.ani.buttons
    for step in ("WITA", "Tenang", "Lanjut", "Selesai"):
        await empty.ani.presses(step)
    assert len(empty.public) == 1
    assert "07.00 WITA" in empty.public[0]
    assert "Siap!" in empty.ani.told
    assert "Sematkan" not in empty.ani.told


async def test_setup_in_the_private_chat_knows_the_rights_of_the_group(world: World) -> None:
    ani = world.ani.private
    await world.ani.says("/help")
    await ani.says("/setup")
    for step in ("WIB", "Seimbang", "Lanjut"):
        await ani.presses(step)
    assert "✔ mengirim pesan" in ani.told
    await ani.presses("Selesai")
    assert "Siap!" in ani.told
    assert world.public == [], "a group that was never greeted is not told"


async def test_a_group_that_is_set_up_is_not_greeted_again(world: World) -> None:
    await world.stage.remove_bot(world.ani.account, world.group)
    await world.stage.add_bot(world.ani.account, world.group, "Kelas Contoh")
    await world.stage.settle()
    assert world.public == []


async def test_while_the_bot_is_out_the_quiz_comes_only_elsewhere(world: World) -> None:
    other = next(place for place in GROUPS if place != world.group)
    await world.stage.remove_bot(world.ani.account, world.group)
    await world.passes(hours=36)
    assert world.public == []
    assert len([e for e in world.stage.transcript if e.place == other and e.is_public]) == 1


async def test_coming_back_during_a_quiz_brings_it_along(world: World) -> None:
    await world.stage.remove_bot(world.ani.account, world.group)
    await world.passes(hours=23)
    await world.stage.add_bot(world.ani.account, world.group, "Kelas Contoh")
    await world.stage.settle()
    assert len(world.public) == 1
    await world.citra.presses("1A")
    await world.passes(hours=12)
    assert "1 orang ikut" in world.public[0]


async def test_coming_back_after_a_quiz_brings_no_result_of_what_nobody_here_saw(world: World) -> None:
    await world.passes(hours=21)
    await world.stage.remove_bot(world.ani.account, world.group)
    await world.passes(hours=15)
    await world.stage.add_bot(world.ani.account, world.group, "Kelas Contoh")
    await world.stage.settle()
    assert world.public == []
    await world.passes(hours=20)
    assert len(world.public) == 1


async def test_coming_back_before_the_setup_was_done_greets_with_a_new_message(empty: World) -> None:
    await is_added(empty)
    await empty.stage.remove_bot(empty.ani.account, empty.group)
    await is_added(empty)
    assert len(empty.public) == 2
    await empty.ani.presses("WIB")
    assert "2 dari 3" in empty.public[1]
    assert (await community(empty)).name == "Kelas 8B"


async def test_changed_rights_are_no_reason_to_greet_again(empty: World) -> None:
    await is_added(empty)
    await is_added(empty)
    assert len(empty.public) == 1


async def test_two_groups_are_two_communities(sqlite_address: str) -> None:
    async with opened(sqlite_address, TELEGRAM, seeded=False) as world:
        for place, title in ((TELEGRAM, "Kelas 8B"), (DISCORD, "Kelas 9A")):
            await world.stage.add_bot(world.ani.account, place, title)
        await world.stage.settle()
        await world.ani.presses("WITA")
        first, second = await community(world, 1), await community(world, 2)
    assert (first.name, first.zone) == ("Kelas 8B", "Asia/Makassar")
    assert (second.name, second.zone) == ("Kelas 9A", "Asia/Jakarta")


async def test_the_settings_open_for_the_organiser_alone(empty: World) -> None:
    await is_added(empty)
    for step in STEPS:
        await empty.ani.presses(step)
    await empty.ani.presses("Pengaturan kuis")
    assert empty.ani.sees("Kuis harian: aktif")
    assert not empty.citra.sees("Kuis harian: aktif")
    assert "Siap!" in empty.public[0]


async def test_only_organisers_run_the_setup(world: World) -> None:
    for person in (world.citra, world.budi, world.citra.private):
        await person.says("/setup")
        assert "untuk pengelola" in person.told or "grup belajar" in person.told
