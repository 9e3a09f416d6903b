"""Points corrected by hand: by an organiser alone, with a reason, never one's own, told to whom it concerns, undone."""

import pytest

from bot.chat.places import Role
from bot.domain.moderation import Deed, Record
from bot.domain.points import ALL_TIME, MOST_WORTH, POOL, Entry, Reason, is_fix
from tests.bot.nasty import bad_inputs
from tests.flows.asked import greet
from tests.flows.crowd import COMMUNITY, number
from tests.flows.test_points import finishes
from tests.world import Human, World

LINE = "/correct @dewi quiz +4 Kuis Senin tidak terhitung"
TYPED = dict(bad_inputs("command"))


@pytest.fixture
async def world(world: World) -> World:
    """The same world a week later, in which everybody has spoken."""
    await greet(world)
    return world


async def points(world: World, human: Human, reason: Reason = Reason.QUIZ) -> int:
    person = await number(world, human)
    async with world.store.read() as unit:
        return (await unit.ledger.sums(COMMUNITY, person, ALL_TIME)).get(reason, 0)


async def fixes(world: World, human: Human) -> list[Entry]:
    person = await number(world, human)
    async with world.store.read() as unit:
        return [each for each in await unit.ledger.entries(COMMUNITY, person, 0, 99) if is_fix(each)]


async def lines(world: World) -> list[Record]:
    async with world.store.read() as unit:
        return [each for each in await unit.records.page(COMMUNITY, 0, 0, 99) if each.deed is Deed.POINTS]


async def test_an_organiser_corrects_and_it_is_one_entry_with_who_and_why(world: World) -> None:
    before = len(world.public)
    await world.ani.says(LINE)
    assert await points(world, world.dewi) == 4
    (entry,) = await fixes(world, world.dewi)
    assert (entry.amount, entry.reason, entry.source, entry.times) == (4, Reason.QUIZ, POOL, 0)
    assert (entry.by, entry.note) == (await number(world, world.ani), "Kuis Senin tidak terhitung")
    (line,) = await lines(world)
    assert (line.actor, line.person, line.subject) == (entry.by, entry.person, entry.subject)
    assert line.note == "quiz +4: Kuis Senin tidak terhitung"
    assert len(world.public) == before
    await world.budi.says("/modlog @dewi")
    assert "Ani mengoreksi poin: Dewi · quiz +4: Kuis Senin tidak terhitung" in world.budi.told


async def test_whom_it_concerns_is_told_in_private_and_finds_it_explained(world: World) -> None:
    await world.dewi.private.says("/start")
    await world.ani.says(LINE)
    assert "Poin dikoreksi: +4 (Kuis yang diselesaikan)" in world.dewi.private.told
    assert "Kuis Senin tidak terhitung" in world.dewi.private.told
    await world.dewi.private.says("/why")
    assert "+4 Ani mengoreksi poin" in world.dewi.private.told
    assert "(Kuis Senin tidak terhitung)" in world.dewi.private.told


async def test_points_are_taken_too_but_never_more_than_there_are(world: World) -> None:
    await world.passes(hours=22)
    await finishes(world, world.dewi)
    await world.ani.says("/koreksi @dewi quiz -1 Dijawab orang lain")
    assert await points(world, world.dewi) == 0
    await world.ani.says("/koreksi @dewi quiz -1 Sekali lagi")
    assert "Poin jenis ini yang dimiliki Dewi hanya 0" in world.ani.told
    assert [each.amount for each in await fixes(world, world.dewi)] == [-1]


async def test_it_is_taken_back_by_a_new_entry_once(world: World) -> None:
    await world.dewi.private.says("/start")
    await world.ani.says(LINE)
    await world.passes(minutes=1)
    await world.ani.presses("Batalkan")
    assert await points(world, world.dewi) == 0
    assert sorted(each.amount for each in await fixes(world, world.dewi)) == [-4, 4]
    assert "Koreksi poin ditarik kembali: +4 (Kuis yang diselesaikan)" in world.dewi.private.told
    assert [line.note.split(":")[0] for line in await lines(world)] == ["quiz -4", "quiz +4"]
    async with world.store.read() as unit:
        assert (await unit.ledger.sums(COMMUNITY, await number(world, world.dewi), ALL_TIME))[Reason.QUIZ] == 0


async def test_a_second_press_on_undo_changes_nothing(world: World) -> None:
    await world.ani.says(LINE)
    entry = next(each for each in reversed(tuple(world.stage.transcript)) if each.only == world.ani.account)
    press = entry.pages[-1].rows[-1][0].press
    assert press
    await world.ani.presses("Batalkan")
    await world.stage.press_data(world.ani.account, entry.id, world.app.sign(press))
    await world.stage.settle()
    assert "sudah ditarik kembali" in world.ani.told
    assert len(await fixes(world, world.dewi)) == 2


@pytest.mark.parametrize("who", ["budi", "citra"])
async def test_nobody_else_may(world: World, who: str) -> None:
    await getattr(world, who).says(LINE)
    assert "untuk pengelola" in getattr(world, who).told
    assert await points(world, world.dewi) == 0


async def test_who_is_no_organiser_any_more_cannot_undo(world: World) -> None:
    await world.ani.says(LINE)
    for place in (world.group, world.ani.private.at):
        world.stage.cast_as(type(actor := world.stage.actor(world.ani.account))(actor.id, actor.name, Role.MEMBER))
        assert place
    await world.ani.presses("Batalkan")
    assert "untuk pengelola" in world.ani.told
    assert await points(world, world.dewi) == 4


async def test_without_a_kind_or_a_reason_it_asks(world: World) -> None:
    await world.ani.private.says("/correct @dewi 5")
    assert "Poin yang mana" in world.ani.private.told
    await world.ani.private.presses("Jawaban terpilih")
    assert "Apa alasannya?" in world.ani.private.told
    await world.ani.private.says("Menyiapkan ruang belajar")
    assert await points(world, world.dewi, Reason.ANSWER) == 5
    await world.ani.private.says("/correct @dewi 3 terima kasih sudah jadi moderator")
    await world.ani.private.presses("Lewati")
    assert await points(world, world.dewi, Reason.THANKS) == 3
    notes = {each.note for each in await fixes(world, world.dewi)}
    assert notes == {"Menyiapkan ruang belajar", "terima kasih sudah jadi moderator"}


@pytest.mark.parametrize("amount", ["0", "101", "-101", "99999999999", "NaN", "1e3", "5.5"])
async def test_what_is_no_amount_is_refused(world: World, amount: str) -> None:
    await world.ani.private.says(f"/correct @dewi quiz {amount} Salah hitung")
    assert "Contoh" in world.ani.private.told or "bilangan bulat" in world.ani.private.told
    assert await fixes(world, world.dewi) == []


async def test_a_correction_is_no_thanks_and_fills_no_limit(world: World) -> None:
    await world.dewi.says("Begini caranya")
    await world.ani.says("/correct @dewi thanks 50 Menyiapkan ruang belajar")
    await world.ani.replies("/thanks", to="Begini caranya")
    assert await points(world, world.dewi, Reason.THANKS) == 51
    await world.citra.replies("/thanks", to="Begini caranya")
    assert await points(world, world.dewi, Reason.THANKS) == 52
    for subject in range(5):
        await world.ani.says(f"/correct @citra thanks 1 Bantuan {subject}")
    await world.ani.says("/worth")
    await world.ani.presses("Terima kasih dua orang yang sama")
    assert "Tidak ada pasangan yang menonjol" in world.ani.told


async def test_the_bad_lines_with_people_who_are_there(world: World) -> None:
    less = TYPED["BI-command-033"].replace("@ann", "@dewi")
    await world.citra.says(f"/{less.lstrip('/')}")
    assert "untuk pengelola" in world.citra.told
    await world.ani.private.says("/correct @dewi quiz 9 Kuis pekan lalu")
    await world.ani.private.says(less)
    await world.ani.private.presses("Kuis yang diselesaikan")
    await world.ani.private.says("Terhitung dua kali")
    assert await points(world, world.dewi) == 4
    assert sorted(each.amount for each in await fixes(world, world.dewi)) == [-5, 9]
    many = TYPED["BI-command-035"].replace("@ann", "@dewi")
    await world.ani.private.says(many)
    await world.ani.private.presses("Lewati")
    assert str(MOST_WORTH) in world.ani.private.told
    mine = TYPED["BI-command-037"].replace("@self", "@ani")
    await world.ani.private.says(f"{mine} Kerja keras")
    await world.ani.private.presses("Lewati")
    assert "pengelola lain" in world.ani.private.told
    assert await fixes(world, world.ani) == []
    assert len(await lines(world)) == 2
