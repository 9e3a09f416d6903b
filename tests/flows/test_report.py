"""Reports: private, once for each person and message, and together strong enough to take a message away for a while."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.playground import room
from adapters.playground.cast import Actor
from adapters.playground.transcript import as_pages
from bot.chat.act import Remove
from bot.chat.events import Invoked, Quoted, Sender
from bot.chat.places import Ability, Ref, Role
from bot.chat.text import Run
from bot.domain.held import Held
from bot.domain.moderation import Deed, Kind, Sanction
from bot.domain.report import Report
from bot.domain.watch import Sign
from bot.features.moderation.verdict import remove
from bot.said import Said
from tests.flows.asked import COMMUNITY, appoint
from tests.flows.refusal import refuses
from tests.flows.test_pin import deeds
from tests.world import Human, World

BAD = "Beli kunci jawaban di sini"


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    for person in (world.ani, world.budi):
        await person.says("/help")
    for person in (world.ani, world.budi, world.citra):
        await person.private.says("/start")


async def reports(world: World, *people: Human, words: str = BAD, line: str = "/report") -> None:
    for person in people:
        await person.replies(line, to=words)


def cards(person: Human) -> list[str]:
    return [text for text in person.private.screen if text.startswith(("Pesan yang dilaporkan", "Reported message"))]


def everything(world: World, person: Human) -> str:
    """All that a person sees anywhere."""
    return "\n".join((*person.screen, *person.private.screen, *person.alerts))


async def crowd(world: World, *handles: str) -> list[Human]:
    """Members whom everybody has known for long."""
    people = [await world.newcomer(handle, name=handle.title()) for handle in handles]
    await world.passes(days=1, minutes=1)
    return people


async def test_moderators_hear_of_it_once_and_nobody_else_at_all(world: World) -> None:
    await world.citra.says(BAD)
    before = world.public
    await reports(world, world.dewi, line="/lapor Menjual jawaban")
    assert "Terima kasih. Laporannya ada di moderator" in world.dewi.told
    for person in (world.ani, world.budi):
        (shown,) = cards(person)
        assert all(words in shown for words in (BAD, "Citra", "1 orang melaporkan", "Menjual jawaban"))
        assert "Dewi" not in shown
    await world.passes(minutes=5)
    await reports(world, world.eko)
    assert len(cards(world.ani)) == 1
    assert world.public == before
    assert "Dewi" not in everything(world, world.citra)
    assert not any("lapor" in text for text in world.citra.private.screen)
    assert await deeds(world) == ["report"]


async def test_the_same_person_counts_once(world: World) -> None:
    await world.citra.says(BAD)
    for _ in range(4):
        await reports(world, world.dewi)
    assert "sudah dilaporkan" in world.dewi.told
    async with world.store.read() as unit:
        assert len(await unit.reports.voices(COMMUNITY, 1)) == 1


async def test_enough_people_have_it_taken_away_until_a_moderator_decides(world: World) -> None:
    await world.citra.says(BAD)
    await reports(world, world.dewi, world.eko)
    assert world.dewi.sees(BAD)
    await world.passes(minutes=1)
    await reports(world, world.budi)
    assert not world.dewi.sees(BAD)
    assert "disembunyikan" in world.ani.private.told
    assert "3 orang melaporkan" in world.ani.private.told
    assert world.citra.private.sees("disembunyikan", BAD)
    assert await deeds(world) == ["report", "remove"]
    async with world.store.read() as unit:
        kept = await unit.reports.get(COMMUNITY, 1)
    assert kept
    assert kept.words == BAD


async def test_what_was_nothing_is_said_again_and_everybody_hears_in_neutral_words(world: World) -> None:
    for person in (world.dewi, world.eko):
        await person.private.says("/start")
    async with world.store.begin() as unit:
        eko = await unit.people.of_account(world.eko.account)
        assert eko
        await unit.people.save(replace(eko, language="en"))
    await world.citra.says(BAD)
    await reports(world, world.dewi, world.eko, world.budi)
    await world.ani.private.presses("Tidak masalah")
    assert world.public[-1] == f"Citra menulis:\n\n| {BAD}"
    assert "membiarkannya" in world.dewi.private.told
    assert "let it stand" in world.eko.private.told
    assert await deeds(world) == ["report", "remove", "settle"]


async def test_a_moderator_removes_it(world: World) -> None:
    await world.dewi.private.says("/start")
    await world.citra.says(BAD)
    await reports(world, world.dewi)
    await world.budi.private.presses("Hapus pesannya")
    assert not world.dewi.sees(BAD)
    assert "menanganinya" in world.dewi.private.told
    assert await deeds(world) == ["report", "settle", "remove"]


async def test_a_moderator_warns_its_author_who_never_hears_who_reported(world: World) -> None:
    await world.citra.says(BAD)
    await reports(world, world.dewi, line="/report Curang kata Dewi")
    await world.budi.private.presses("Peringatkan")
    await world.budi.private.says("Menjual jawaban tidak boleh")
    await world.passes(minutes=2)
    assert world.citra.private.sees("Menjual jawaban tidak boleh", BAD)
    assert "Dewi" not in everything(world, world.citra)
    assert await deeds(world) == ["report", "warn", "settle"]


async def test_two_moderators_at_once_decide_once(world: World) -> None:
    await world.citra.says(BAD)
    await reports(world, world.dewi)
    await asyncio.gather(world.ani.private.presses("Tidak masalah"), world.budi.private.presses("Hapus pesannya"))
    told = [person.private.told for person in (world.ani, world.budi)]
    assert sum("sudah memutuskan" in text for text in told) == 1
    assert sum("Diputuskan" in text for text in told) == 1
    assert (await deeds(world)).count("settle") == 1


async def test_five_at_once_are_counted_each_and_take_it_away_once(world: World) -> None:
    people = await crowd(world, "fani", "gita", "hadi", "ika", "joko")
    await world.citra.says(BAD)
    entry = world.dewi._entry(BAD)
    await asyncio.gather(*(world.stage.say(each.account, each.at, "/report", reply=entry.id) for each in people))
    await world.stage.settle()
    async with world.store.read() as unit:
        assert len(await unit.reports.voices(COMMUNITY, 1)) == 5
    assert not world.dewi.sees(BAD)
    assert await deeds(world) == ["report", "remove"]


async def test_newcomers_the_muted_and_the_held_take_nothing_away(world: World) -> None:
    people = [await world.newcomer(handle, name=handle.title()) for handle in ("fani", "gita", "hadi")]
    await world.citra.says(BAD)
    await reports(world, *people)
    assert world.dewi.sees(BAD)
    assert len(cards(world.ani)) == 1, "moderators hear of it all the same"
    async with world.store.begin() as unit:
        dewi = await unit.people.of_account(world.dewi.account)
        assert dewi
        until = world.clock() + timedelta(hours=1)
        await unit.sanctions.add(Sanction(COMMUNITY, 0, Kind.MUTE, dewi.id, 0, world.clock(), "Ramai", until=until))
        eko = await unit.people.of_account(world.eko.account)
        assert eko
        at = Ref(world.group, "999")
        await unit.holds.add(Held(COMMUNITY, 0, at, eko.id, world.clock(), (Sign.FLOOD,), hidden=True))
    await reports(world, world.dewi, world.eko, world.budi)
    for handle, gone in (("ika", False), ("joko", True)):
        (more,) = await crowd(world, handle)
        await reports(world, more)
        assert world.dewi.sees(BAD) is not gone, "three that count are enough, and no fewer"


@pytest.mark.parametrize("who", ["ani", "budi"])
async def test_a_moderator_s_message_is_never_taken_away_and_only_others_hear(world: World, who: str) -> None:
    reported, other = (world.ani, world.budi) if who == "ani" else (world.budi, world.ani)
    people = await crowd(world, "fani", "gita", "hadi")
    await reported.says(BAD)
    await reports(world, world.dewi, *people)
    assert world.dewi.sees(BAD)
    assert not cards(reported)
    assert len(cards(other)) == 1
    assert await deeds(world) == ["report"]
    await reported.says("/modlog")
    assert "Dewi" not in reported.told


async def test_somebody_appointed_by_the_group_counts_as_a_moderator(world: World) -> None:
    await appoint(world, world.citra, Role.MODERATOR)
    await world.citra.says(BAD)
    await reports(world, world.dewi, world.eko, world.budi)
    assert world.dewi.sees(BAD)


async def test_nobody_decides_about_their_own_message(world: World) -> None:
    await world.citra.says(BAD)
    await reports(world, world.dewi)
    await appoint(world, world.citra, Role.MODERATOR)
    shown = next(e for e in world.stage.transcript if e.place == world.citra.private.at and not e.author)
    press = world.app.index.actions["report-clear"](COMMUNITY, 1)
    await world.stage.press_data(world.citra.account, shown.id, world.app.sign(press))
    await world.stage.settle()
    assert "harus orang lain" in world.citra.private.told
    assert await deeds(world) == ["report"]


async def test_members_cannot_press_a_moderator_s_button(world: World) -> None:
    await world.citra.says(BAD)
    await reports(world, world.budi)
    world.stage.cast_as(Actor("ani", "Ani", Role.MEMBER))
    await world.ani.private.presses("Hapus pesannya")
    assert "moderator" in world.ani.private.told
    assert world.dewi.sees(BAD)


async def test_a_group_can_switch_it_off(world: World) -> None:
    async with world.store.begin() as unit:
        community = await unit.communities.hold(COMMUNITY)
        changed = replace(community, moderation=replace(community.moderation, reporters=0))
        await unit.communities.save(changed)
    await world.citra.says(BAD)
    await reports(world, world.dewi, world.eko, world.budi)
    assert world.dewi.sees(BAD)


async def test_too_many_at_once_wait(world: World) -> None:
    for number in range(4):
        await world.citra.says(f"{BAD} {number}")
    for number in range(3):
        await reports(world, world.dewi, words=f"{BAD} {number}")
    await reports(world, world.dewi, words=f"{BAD} 3")
    assert "Itu banyak sekaligus" in world.dewi.told
    await world.passes(minutes=11)
    await reports(world, world.dewi, words=f"{BAD} 3")
    assert "Terima kasih" in world.dewi.told


async def test_who_reports_only_what_is_nothing_is_silently_heard_once_a_day(world: World) -> None:
    for number in range(6):
        await world.citra.says(f"Pesan baik {number}.")
    for number in range(3):
        await reports(world, world.dewi, words=f"Pesan baik {number}.")
        await world.budi.private.presses("Tidak masalah")
        await world.passes(minutes=11)
    heard = len(cards(world.ani))
    await reports(world, world.dewi, words="Pesan baik 3.")
    assert "Terima kasih. Laporannya ada di moderator" in world.dewi.told, "not a word of it"
    assert len(cards(world.ani)) == heard
    await reports(world, world.eko, words="Pesan baik 3.")
    assert len(cards(world.ani)) == heard + 1, "somebody else is heard about the same message"
    await world.passes(days=1)
    await reports(world, world.dewi, words="Pesan baik 4.")
    assert len(cards(world.ani)) == heard + 2


async def test_a_removal_that_the_platform_refuses_is_told_to_whoever_decided(world: World) -> None:
    await world.citra.says(BAD)
    await reports(world, world.dewi)
    with refuses(world, Remove):
        await world.budi.private.presses("Hapus pesannya")
    assert world.dewi.sees(BAD)
    assert "Tolong hapus sendiri" in world.budi.private.told
    assert await deeds(world) == ["report", "settle", "fail"]


async def test_where_nothing_may_be_deleted_it_stays_and_moderators_know(world: World) -> None:
    await world.citra.says(BAD)
    with refuses(world, Remove):
        await reports(world, world.dewi, world.eko, world.budi)
    assert world.dewi.sees(BAD)
    assert not world.citra.private.sees("disembunyikan")
    assert len(cards(world.ani)) == 1


async def test_what_was_settled_is_not_begun_again(world: World) -> None:
    await world.citra.says(BAD)
    await reports(world, world.dewi)
    await world.budi.private.presses("Tidak masalah")
    await reports(world, world.eko)
    assert "has looked at this message already" in world.eko.told
    assert len(cards(world.ani)) == 1


async def test_who_asked_without_a_name_is_not_told_to_anybody(world: World) -> None:
    await world.citra.private.says("/ask anon Kenapa langit biru di siang hari?")
    before = len(cards(world.ani))
    await reports(world, world.dewi, words="langit biru")
    shown = cards(world.ani)[before:]
    assert len(shown) == 1
    assert "Citra" not in shown[0]
    assert "Peringatkan" not in world.ani.private.buttons


async def test_one_s_own_message_is_not_reported(world: World) -> None:
    await world.citra.says(BAD)
    await reports(world, world.citra)
    assert "pesan sendiri" in world.citra.told.casefold()
    assert not cards(world.ani)


@pytest.mark.parametrize("where", ["group", "private"])
async def test_without_a_message_it_teaches(world: World, where: str) -> None:
    person = world.dewi if where == "group" else world.dewi.private
    await person.says("/lapor")
    assert "Balas dulu pesan yang mengganggu" in person.told
    assert not cards(world.ani)


async def shows(world: World, words: str) -> tuple[str, list[Said]]:
    """Dewi reports by words that everybody sees; the entry of these, and what she hears."""
    about = world.dewi._entry(words)
    line = (Run("/report"),)
    written = world.stage.transcript.post(world.group, world.dewi.account, as_pages(line), world.clock())
    event = Invoked(
        key=f"seen {written.id}",
        at=world.clock(),
        place=world.group,
        sender=Sender(world.dewi.account, "Dewi"),
        abilities=frozenset(Ability),
        line="report",
        own=Ref(world.group, written.id),
        reply=Ref(world.group, about.id),
        quoted=Quoted(words, world.citra.account, "Citra"),
    )
    heard: list[Said] = []

    async def answer(said: Said) -> None:
        heard.append(said)

    await world.app.handle(event, answer)
    await world.stage.settle()
    return written.id, heard


async def test_where_others_see_the_command_it_is_taken_away(world: World) -> None:
    await world.citra.says(BAD)
    _, heard = await shows(world, BAD)
    assert not world.citra.sees("/report")
    assert world.citra.sees(BAD)
    (said,) = heard
    assert said.personal
    assert not said.public


async def removes_what_nobody_wrote(world: World, who: Human) -> None:
    """Somebody decides that a message goes whose author is not told: a channel's, or an anonymous administrator's."""
    about = world.stage.transcript.post(world.group, world.citra.account, as_pages((Run(BAD),)), world.clock())
    async with world.store.begin() as unit:
        await unit.reports.open(Report(COMMUNITY, 0, Ref(world.group, about.id), 0, BAD, world.clock()))
    button = world.app.sign(remove(COMMUNITY, 1))
    await world.stage.press_data(who.account, who.private._entries()[-1].id, button)
    await world.stage.settle()


async def test_removing_what_nobody_wrote_needs_the_right_to_delete(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(room._ABILITIES, Role.ORGANISER, frozenset({Ability.PIN}))
    world.stage.cast_as(Actor("ani", "Ani", Role.ORGANISER))
    await removes_what_nobody_wrote(world, world.ani)
    assert world.citra.sees(BAD)
    assert "menghapus pesan" in world.ani.private.told
    assert await deeds(world) == []


async def test_what_nobody_wrote_may_be_an_organiser_s_so_one_of_them_removes_it(world: World) -> None:
    await removes_what_nobody_wrote(world, world.budi)
    assert world.citra.sees(BAD)
    assert "seorang pengelola yang menghapusnya" in world.budi.private.told
    assert await deeds(world) == []
    await removes_what_nobody_wrote(world, world.ani)
    assert await deeds(world) == [Deed.SETTLE, Deed.REMOVE]


async def test_what_waits_for_its_turn_leaves_no_command_in_public(world: World) -> None:
    for number in range(4):
        await world.citra.says(f"{BAD} {number}")
    for number in range(3):
        await reports(world, world.dewi, words=f"{BAD} {number}")
    written, (said,) = await shows(world, f"{BAD} 3")
    assert said.personal
    assert world.stage.transcript.get(written) is None


async def test_who_is_no_moderator_any_more_hears_of_no_report(world: World) -> None:
    world.stage.cast_as(Actor("budi", "Budi"))
    await world.citra.says(BAD)
    await reports(world, world.dewi)
    assert len(cards(world.ani)) == 1
    assert not cards(world.budi), "the platform says now that he moderates nothing"
    async with world.store.read() as unit:
        budi = (await unit.arrivals.of(world.group, world.budi.account)).member
    assert budi
    assert budi.stood is Role.MEMBER
