"""The watch and what is said to the bot: commands that everybody reads, and answers to its questions."""

from dataclasses import replace

import pytest

from adapters.playground.cast import Actor
from bot.chat.events import Invoked
from bot.chat.places import Ref, Role
from bot.domain.held import State
from tests.flows.asked import COMMUNITY, appoint
from tests.flows.raw import hears, invoked
from tests.flows.test_watch import states
from tests.world import TELEGRAM, Human, World

LINK = "https://contoh.org/promo"
SPAM = f"foo Lihat {LINK}"


@pytest.fixture
async def fani(world: World) -> Human:
    """A newcomer who has opened her private chat."""
    for person in (world.ani, world.budi, world.citra):
        await person.says("/help")
        await person.private.says("/start")
    fani = await world.newcomer("fani", name="Fani")
    await fani.private.says("/start")
    return fani


def visible(world: World, person: Human, line: str, urls: tuple[str, ...] = (LINK,), mentions: int = 0) -> Invoked:
    """A command that everybody in the group reads, as on Telegram."""
    written = world.stage.transcript.post(person.at, person.account, (), world.clock())
    own = Ref(person.at, written.id)
    return replace(invoked(world, person, line), own=own, urls=urls, mentions=mentions, key=written.id)


def stands(world: World, event: Invoked) -> bool:
    """Whether the message of that command is still to be seen."""
    assert event.own
    return any(entry.id == event.own.message and not entry.deleted for entry in world.stage.transcript)


async def test_an_unknown_command_with_a_newcomer_s_link_waits(world: World, fani: Human) -> None:
    event = visible(world, fani, SPAM)
    assert await hears(world, event) == []
    assert not stands(world, event)
    assert await states(world) == [State.OPEN]
    assert fani.private.sees("Pesan ini menunggu", LINK)
    await world.budi.says("/held")
    await world.budi.presses("1")
    assert f"/{SPAM}" in world.budi.told
    await world.budi.presses("Biarkan tampil")
    assert world.dewi.sees("Fani menulis:", f"/{SPAM}")


async def test_delivered_twice_it_waits_once(world: World, fani: Human) -> None:
    event = visible(world, fani, SPAM)
    for _ in range(2):
        assert await hears(world, event) == []
    assert await states(world) == [State.OPEN]


async def test_a_command_of_ours_that_waits_is_not_carried_out_and_works_once_it_may_stand(
    world: World, fani: Human
) -> None:
    line = f"tanya Apa benar {LINK} gratis? #umum"
    assert await hears(world, visible(world, fani, line)) == []
    async with world.store.read() as unit:
        assert await unit.questions.get(COMMUNITY, 1) is None
    assert fani.private.sees("Pesan ini menunggu", "Belum saya kerjakan")
    await world.budi.says("/held")
    await world.budi.presses("1")
    await world.budi.presses("Biarkan tampil")
    assert not world.dewi.sees("Fani menulis:"), "nobody needs the command's words"
    assert fani.private.sees("Kirim sekali lagi")
    event = visible(world, fani, line)
    await hears(world, event)
    assert stands(world, event)
    async with world.store.read() as unit:
        assert await unit.questions.get(COMMUNITY, 1)


async def test_many_called_by_a_command_wait_and_a_command_may_be_given_again_and_again(
    world: World, fani: Human
) -> None:
    for _ in range(4):
        assert await hears(world, visible(world, world.dewi, "peringkat bulan ini", ()))
        await world.passes(seconds=20)
    assert await states(world) == []
    event = visible(world, world.dewi, "panggil semua", (), mentions=6)
    await hears(world, event)
    assert not stands(world, event)


async def test_what_is_no_command_of_ours_is_repeated_like_any_words(world: World, fani: Human) -> None:
    for _ in range(3):
        await hears(world, visible(world, world.dewi, "foo jasa joki tugas murah", ()))
        await world.passes(seconds=20)
    assert await states(world) == [State.OPEN]


async def test_a_flood_of_commands_is_a_flood(world: World, fani: Human) -> None:
    for _ in range(8):
        await hears(world, visible(world, world.dewi, "help", ()))
    assert await states(world) == [State.OPEN] * 2


async def test_a_report_is_heard_whatever_it_says(world: World, fani: Human) -> None:
    await world.dewi.says("Jual akun ujian")
    entry = next(each for each in world.stage.transcript if each.author == world.dewi.account)
    event = replace(visible(world, fani, f"lapor Mengarah ke {LINK}"), reply=Ref(fani.at, entry.id))
    assert await hears(world, event)
    assert await states(world) == []


async def test_moderators_command_with_any_link(world: World, fani: Human) -> None:
    await appoint(world, world.dewi, Role.TRUSTED)
    event = visible(world, world.dewi, "foo https://bit.ly/3abc", ("https://bit.ly/3abc",))
    await hears(world, event)
    assert stands(world, event)
    assert await states(world) == []


async def test_a_moderator_whom_nobody_knows_yet_hears_that_once_more_is_enough(world: World, fani: Human) -> None:
    gilang = await world.newcomer("gilang", name="Gilang")
    await gilang.private.says("/start")
    world.stage.cast_as(Actor("gilang", "Gilang", Role.MODERATOR))
    event = visible(world, gilang, f"tanya Apa isi {LINK}?")
    await hears(world, event)
    assert stands(world, event)
    assert await states(world) == [State.EXEMPT]
    assert gilang.private.sees("Kirim sekali lagi")
    await hears(world, visible(world, gilang, f"tanya Apa isi {LINK}?"))
    async with world.store.read() as unit:
        assert await unit.questions.get(COMMUNITY, 1)


async def test_an_answer_that_waits_leaves_the_question_open(world: World, fani: Human) -> None:
    fani = fani.in_(TELEGRAM)  # where forms open, nobody else reads the answer
    await fani.enters()
    await fani.says("/tanya")
    await fani.says(f"Apa benar {LINK} gratis?")
    assert not world.dewi.sees(LINK)
    assert fani.private.sees("Pesan ini menunggu", "Belum saya kerjakan")
    assert await states(world) == [State.OPEN]
    await fani.says("Apa benar situs itu gratis?")
    async with world.store.read() as unit:
        question = await unit.questions.get(COMMUNITY, 1)
    assert question
    assert "situs itu gratis" in question.text
    assert await states(world) == [State.OPEN]
