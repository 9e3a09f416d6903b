"""The private chat: a first hello, deep links from the group, and people who are in several groups."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.events import Invoked, Pressed, Sender
from bot.chat.press import Press, sign
from tests.world import DISCORD, TELEGRAM, Human, World, opened


async def ticket(world: World, person: Human, line: str) -> str:
    """The payload that the group's deep link carries for an answer to this command."""
    actor = world.stage.actor(person.account)
    sender = Sender(person.account, actor.name, actor.language)
    key = world.stage.transcript.new_id()
    return await world.app.ticket(Invoked(key=key, at=world.clock(), place=world.group, sender=sender, line=line))


@pytest.fixture
async def two_groups(sqlite_address: str) -> AsyncIterator[World]:
    """Ani's two groups, both set up; Citra is in both, Dewi in the first only, Eko in none."""
    async with opened(sqlite_address, TELEGRAM, seeded=False) as world:
        for place, title in ((TELEGRAM, "Kelas 8B"), (DISCORD, "Kelas 9A")):
            await world.stage.add_bot(world.ani.account, place, title)
            await world.stage.settle()
            for step in ("WIB", "Seimbang", "Lanjut", "Selesai, dengan"):
                await world.ani.in_(place).presses(step)
        await world.citra.says("/help")
        await world.citra.in_(DISCORD).says("/help")
        await world.dewi.says("/help")
        yield world


async def test_a_stranger_learns_what_the_bot_is_and_how_to_bring_it_along(empty: World) -> None:
    eko = empty.eko.private
    await eko.says("/start")
    assert "Hello! I bring study groups a small quiz" in eko.told
    assert "Add me to your study group" in eko.told
    assert eko.buttons == ["Help"]
    await eko.presses("Help")
    assert "/daily" in eko.told


async def test_a_member_is_taken_to_the_quiz_and_to_practice(world: World) -> None:
    await world.citra.says("/help")
    citra = world.citra.private
    await citra.says("/mulai")
    assert "Kelas Contoh" in citra.told
    assert citra.buttons == ["Kuis hari ini", "Latihan", "Bantuan"]
    await citra.presses("Latihan")
    assert "Latihan · soal 1 dari 5" in citra.told


async def test_in_a_group_start_points_to_help_for_the_asker_alone(world: World) -> None:
    await world.citra.says("/start")
    assert "/help" in world.citra.told
    assert world.public == []


@pytest.mark.parametrize("command", ["/daily", "/quiz", "/points", "/leaderboard", "/quizbank list"])
async def test_somebody_without_a_group_is_told_where_it_works(empty: World, command: str) -> None:
    await empty.dewi.private.says(command)
    assert "grup belajar" in empty.dewi.private.told
    assert "/help" in empty.dewi.private.told


async def test_a_deep_link_goes_on_with_the_command_in_private(world: World) -> None:
    await world.citra.says("/help")
    payload = await ticket(world, world.citra, "quiz biologi 2")
    citra = world.citra.private
    await citra.says(f"/start {payload}")
    assert "Latihan · soal 1 dari 2" in citra.told


async def test_a_deep_link_works_once(world: World) -> None:
    await world.citra.says("/help")
    payload = await ticket(world, world.citra, "quiz biologi 2")
    citra = world.citra.private
    await citra.says(f"/start {payload}")
    await citra.says(f"/start {payload}")
    assert "sudah ditutup" in citra.told
    assert len(payload) <= 64


async def test_a_deep_link_of_somebody_else_opens_nothing(world: World) -> None:
    for person in (world.citra, world.dewi):
        await person.says("/help")
    payload = await ticket(world, world.citra, "points")
    await world.dewi.private.says(f"/start {payload}")
    assert "untuk orang lain" in world.dewi.private.told
    await world.citra.private.says(f"/start {payload}")
    assert "Belum ada poin" in world.citra.private.told, "the owner's is still good"


async def test_a_deep_link_that_waited_for_half_an_hour_is_closed(world: World) -> None:
    await world.citra.says("/help")
    payload = await ticket(world, world.citra, "points")
    await world.passes(minutes=31)
    await world.citra.private.says(f"/start {payload}")
    assert "sudah ditutup" in world.citra.private.told


@pytest.mark.parametrize(
    "payload", ["join_-1001234567890", "setup", "A" * 65, "1help_0_0AAAAAAAAAAA", "1", "ü", "x y z"]
)
async def test_any_other_payload_is_a_plain_start(world: World, payload: str) -> None:
    await world.citra.private.says(f"/start {payload}")
    assert "Halo!" in world.citra.private.told


async def test_a_payload_signed_by_another_key_is_a_plain_start(world: World) -> None:
    payload = sign(Press("go", 1, ("points",)), (b"a key of somebody else, 32 bytes",))
    await world.citra.private.says(f"/start {payload}")
    assert "Halo!" in world.citra.private.told


async def test_a_ticket_for_a_press_is_the_press_itself(world: World) -> None:
    sender = Sender(world.citra.account)
    data = world.app.sign(Press("go", 1, ("points",)))
    pressed = Pressed(key="p", at=world.clock(), place=world.group, sender=sender, data=data)
    await world.citra.says("/help")
    payload = await world.app.ticket(pressed)
    await world.citra.private.says(f"/start {payload}")
    assert "Belum ada poin" in world.citra.private.told


async def test_who_is_in_two_groups_is_asked_once_which_one_is_meant(two_groups: World) -> None:
    citra = two_groups.citra.private
    await citra.says("/daily")
    assert "Grup mana" in citra.told
    assert citra.buttons == ["Kelas 8B", "Kelas 9A"]
    await citra.presses("Kelas 9A")
    assert "Kelas 9A" in citra.told
    assert citra.buttons == ["Kuis hari ini", "Latihan"]
    await citra.presses("Latihan")
    assert "Latihan · soal 1 dari 5" in citra.told
    await citra.says("/points")
    assert "Belum ada poin" in citra.told


async def test_start_asks_who_is_in_two_groups(two_groups: World) -> None:
    citra = two_groups.citra.private
    await citra.says("/start")
    assert citra.buttons == ["Kelas 8B", "Kelas 9A", "Bantuan"]
    await citra.presses("Kelas 8B")
    await citra.says("/start")
    assert "Grup: Kelas 8B" in citra.told


async def test_the_settings_change_the_group_that_is_meant(two_groups: World) -> None:
    citra = two_groups.citra.private
    await citra.says("/settings")
    await citra.presses("Kelas 8B")
    await citra.says("/settings")
    assert "Di papan peringkat Kelas 8B: tampil" in citra.told
    await citra.presses("Kelas 9A")
    await citra.says("/settings")
    assert "Kelas 9A: tampil" in citra.told


async def test_who_is_in_one_group_is_never_asked(two_groups: World) -> None:
    dewi = two_groups.dewi.private
    await dewi.says("/points")
    assert "Belum ada poin" in dewi.told


async def test_a_button_keeps_to_its_own_group(two_groups: World) -> None:
    """The button of one group's message, pressed in private by somebody who usually means the other."""
    citra = two_groups.citra.private
    await citra.says("/start")
    await citra.presses("Kelas 8B")
    async with two_groups.store.begin() as unit:
        for item in await unit.items.page(2, "", 0, 1):
            await unit.items.add(type(item)(2, 0, item.texts, item.right, tags=("khusus",)), two_groups.clock())
    await citra.says("/quiz khusus")
    assert "Belum ada soal" in citra.told
    entry = next(e for e in reversed(tuple(two_groups.stage.transcript)) if e.place == citra.at and e.author is None)
    data = two_groups.app.sign(Press("go", 2, ("quiz", "khusus")))
    await two_groups.stage.press_data(citra.account, entry.id, data)
    await two_groups.stage.settle()
    assert "soal 1 dari 1" in citra.told


async def test_a_button_of_a_group_that_one_is_not_in_is_refused_in_private(two_groups: World) -> None:
    eko = two_groups.eko.private
    await eko.says("/start")
    entry = next(e for e in reversed(tuple(two_groups.stage.transcript)) if e.place == eko.at)
    await two_groups.stage.press_data(eko.account, entry.id, two_groups.app.sign(Press("go", 1, ("daily",))))
    await two_groups.stage.settle()
    assert "Only members of the group" in eko.told


async def test_a_home_that_one_has_left_is_no_longer_offered(two_groups: World) -> None:
    eko = two_groups.eko.private
    await eko.says("/start")
    entry = next(e for e in reversed(tuple(two_groups.stage.transcript)) if e.place == eko.at)
    await two_groups.stage.press_data(eko.account, entry.id, two_groups.app.sign(Press("home", 0, (1,))))
    await two_groups.stage.settle()
    assert "not in that group any more" in eko.told


async def test_free_text_in_private_is_answered_and_in_a_group_it_is_not(world: World) -> None:
    await world.citra.private.says("halo, apa kabar?")
    assert "/help" in world.citra.private.told
    await world.citra.says("halo semua")
    assert world.citra.told == ""


async def test_an_unknown_command_is_silence_in_a_group_and_a_kind_guess_in_private(world: World) -> None:
    await world.citra.says("/xyzzy @dewi")
    assert world.citra.told == ""
    await world.citra.private.says("/hrian")
    assert "Maksudmu /harian?" in world.citra.private.told
    await world.citra.private.says("/xyzzy")
    assert "/help" in world.citra.private.told


async def test_a_newcomer_gets_one_tip_with_the_first_command_in_the_group(world: World) -> None:
    await world.citra.says("/daily")
    assert "Baru di sini?" in world.citra.told
    await world.citra.says("/points")
    assert "Baru di sini?" not in world.citra.told
    assert world.public == []


async def test_no_tip_where_it_would_say_nothing_new(world: World) -> None:
    await world.dewi.says("/help")
    assert "Baru di sini?" not in world.dewi.told
    await world.dewi.private.says("/daily")
    assert "Baru di sini?" not in world.dewi.private.told
