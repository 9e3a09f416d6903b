"""Questions go from one of somebody's groups to another of theirs, and nowhere else."""

from dataclasses import replace

import pytest

from bot.chat.places import Role
from bot.domain.community import Community, Venue
from bot.domain.items import State
from bot.domain.people import Member
from bot.features.bank import share
from tests.flows.raw import pressed, words
from tests.flows.shelf import COMMUNITY, PIXEL, items, writes
from tests.world import DISCORD, TELEGRAM, Human, World

OTHER = 2


@pytest.fixture
async def ani(world: World) -> Human:
    """The organiser of two groups: one lives in the Telegram pane, the other in the Discord one."""
    await world.ani.in_(TELEGRAM).says("/help")
    async with world.store.begin() as unit:
        await unit.communities.add(Community(0, "Kelas Lain", world.clock(), ready=True))
        await unit.communities.put_venue(Venue(OTHER, DISCORD, "Kelas Lain"))
        account = world.ani.account
        person = (await unit.arrivals.of(TELEGRAM, account)).person
        assert person
        await unit.people.join(Member(OTHER, person.id))
        await unit.people.save(replace(person, home=COMMUNITY))
    return world.ani.private


def becomes(world: World, human: Human, role: Role) -> None:
    """Let the platform say that this is the person's standing from now on."""
    world.stage.cast_as(replace(world.stage.actor(human.account), role=role))


async def shares(ani: Human) -> None:
    """Up to the look at what the other group would get."""
    await ani.says("/banksoal bagikan")
    await ani.presses("Kelas Lain")
    await ani.presses("Lihat apa yang baru")


async def test_the_other_group_gets_what_it_does_not_have(world: World, ani: Human) -> None:
    await ani.says("/quizbank share")
    assert "30 soal Kelas Contoh" in ani.told
    assert ani.buttons == ["Kelas Lain"]
    await ani.presses("Kelas Lain")
    assert "30 soal dari Kelas Contoh siap dibawa" in ani.told
    assert await items(world, community=OTHER) == []
    await ani.presses("Lihat apa yang baru")
    assert "30 soal terbaca" in ani.told
    await ani.presses("Simpan 30")
    got = await items(world, community=OTHER)
    assert [each.texts for each in got] == [each.texts for each in await items(world)]
    assert {each.author for each in got} == {1}
    assert [each.id for each in got] == list(range(1, 31))


async def test_the_groups_that_one_is_in_are_not_told_in_a_group(world: World, ani: Human) -> None:
    in_group = ani.in_(world.group)
    await in_group.says("/quizbank share")
    assert "Kelas Lain" not in in_group.told
    assert "Kelas Lain" not in in_group.buttons
    assert "pribadi" in in_group.told


async def test_nothing_is_packed_for_a_group_that_one_is_not_in(world: World, ani: Human) -> None:
    async with world.store.begin() as unit:
        foreign = await unit.communities.add(Community(0, "Kelas Rahasia", world.clock(), ready=True))
    press = share.pack(COMMUNITY, foreign.id)
    told = await words(world, pressed(world, ani, world.app.sign(press)))
    assert "sudah tidak ada di grup itu" in told
    assert "Kelas Rahasia" not in told


async def test_sharing_again_brings_only_what_is_new(world: World, ani: Human) -> None:
    await shares(ani)
    await ani.presses("Simpan 30")
    await shares(ani)
    assert "Tidak ada yang baru" in ani.told
    await writes(ani)
    await shares(ani)
    assert "30 di antaranya sudah ada" in ani.told
    await ani.presses("Simpan 1")
    assert len(await items(world, community=OTHER)) == 31


async def test_retired_and_waiting_questions_stay_at_home(world: World, ani: Human) -> None:
    await ani.says("/quizbank show 1")
    await ani.presses("Pensiunkan")
    await shares(ani)
    assert "29 soal terbaca" in ani.told


async def test_in_a_group_it_is_said_to_do_this_in_private(world: World, ani: Human) -> None:
    await world.ani.in_(TELEGRAM).says("/quizbank share")
    told = world.ani.in_(TELEGRAM).told
    assert "chat pribadi" in told
    assert "Kelas Lain" not in told


async def test_who_has_no_other_group_is_told_so(world: World) -> None:
    await world.ani.says("/help")
    await world.ani.private.says("/quizbank share")
    assert "Belum ada grup lain" in world.ani.private.told


async def test_only_an_organiser_shares(world: World, ani: Human) -> None:
    await world.budi.in_(TELEGRAM).says("/help")
    await world.budi.private.says("/quizbank share")
    assert "untuk pengelola" in world.budi.private.told


@pytest.mark.parametrize("label", ["Kelas Lain", "Lihat apa yang baru", "Simpan 30"])
async def test_every_step_asks_for_the_standing_at_that_moment(world: World, ani: Human, label: str) -> None:
    await ani.says("/quizbank share")
    for each in ("Kelas Lain", "Lihat apa yang baru", "Simpan 30"):
        if each == label:
            becomes(world, ani, Role.MEMBER)
        await ani.presses(each)
        if each == label:
            break
    assert "untuk pengelola" in ani.told or "untuk moderator" in ani.told
    assert await items(world, community=OTHER) == []


async def test_who_left_the_other_group_shares_nothing_with_it(world: World, ani: Human) -> None:
    """The platform no longer knows them there."""
    await ani.says("/quizbank share")
    await ani.presses("Kelas Lain")
    becomes(world, ani, Role.GUEST)
    await ani.presses("Lihat apa yang baru")
    assert "Lihat isi bank" not in ani.buttons
    assert await items(world, community=OTHER) == []


async def test_a_draft_for_one_group_is_not_saved_in_another(world: World, ani: Human) -> None:
    await ani.says("/quizbank share")
    await ani.presses("Kelas Lain")
    (entry,) = [
        e
        for e in world.stage.transcript
        if any("Lihat apa" in str(b.label) for p in e.pages for r in p.rows for b in r)
    ]
    press = entry.pages[-1].rows[0][0].press
    assert press
    await world.stage.press_data(ani.account, entry.id, world.app.sign(replace(press, scope=COMMUNITY)))
    await world.stage.settle()
    assert "Pratinjau ini sudah tidak ada" in ani.told
    assert len(await items(world)) == 30
    assert await items(world, State.PROPOSED) == []


async def test_nothing_of_one_group_is_seen_in_the_other(world: World, ani: Human) -> None:
    other = world.ani.in_(DISCORD)
    await other.says("/quizbank list")
    assert "Belum ada soal" in other.told
    for line in ("show 1", "edit 1"):
        await other.says(f"/quizbank {line}")
        assert "Tidak ada soal #1 di sini" in other.told
    await other.says("/quizbank export csv")
    assert "belum ada soal untuk diekspor" in other.told


async def test_a_picture_travels_along(world: World, ani: Human) -> None:
    await ani.sends("peta.png", PIXEL, "/quizbank picture 1", "image/png")
    await shares(ani)
    await ani.presses("Simpan 30")
    (first, second, *_) = await items(world, community=OTHER)
    async with world.store.read() as unit:
        stored = await unit.files.get(OTHER, first.picture)
    assert stored
    assert stored.content == PIXEL
    assert second.picture == ""
