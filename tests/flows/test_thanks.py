"""Thanks by a command, a word or a mark: counted once, privately, within limits, and taken back for good."""

import pytest

from bot.domain.points import ALL_TIME, Reason
from tests.flows.asked import SKY, greet
from tests.flows.crowd import COMMUNITY, number
from tests.world import DISCORD, Human, World

HELP = "Cahaya biru paling banyak dihamburkan"


@pytest.fixture
async def world(world: World) -> World:
    """The same world a week later, in which everybody has spoken and Dewi has explained something."""
    await greet(world)
    await world.dewi.says(HELP)
    return world


async def points(world: World, human: Human) -> int:
    """What somebody has from thanks."""
    person = await number(world, human)
    async with world.store.read() as unit:
        return (await unit.ledger.sums(COMMUNITY, person, ALL_TIME)).get(Reason.THANKS, 0)


async def test_thanks_as_a_reply_count_and_are_read_with_the_points(world: World) -> None:
    before = len(world.public)
    await world.citra.replies("/makasih penjelasannya <b>jelas</b>", to=HELP)
    assert await points(world, world.dewi) == 1
    await world.dewi.says("/why")
    assert "+1 Citra berterima kasih pada Senin, 23 November 2026 (penjelasannya <b>jelas</b>)" in world.dewi.told
    assert len(world.public) == before


async def test_thanks_by_name_in_private_are_answered_in_words(world: World) -> None:
    await world.citra.private.says("/thanks @dewi untuk kemarin")
    assert "Dewi bisa membaca ucapan ini di /why" in world.citra.private.told
    assert await points(world, world.dewi) == 1


async def test_without_a_name_it_asks_whom(world: World) -> None:
    await world.citra.private.says("/thanks")
    assert "Ingin berterima kasih kepada siapa?" in world.citra.private.told
    await world.citra.private.says("Dewi")
    assert await points(world, world.dewi) == 1


@pytest.mark.parametrize("words", ["makasiiih kak", "Terima kasih banyak!", "nuhun", "matur nuwun", "thanks a lot"])
async def test_a_word_in_reply_counts_and_is_answered_by_a_mark(world: World, words: str) -> None:
    before, seen = len(world.public), len(world.citra.screen)
    await world.citra.replies(words, to=HELP)
    assert await points(world, world.dewi) == 1
    assert len(world.public) == before
    assert len(world.citra.screen) == seen + 1, "nothing but the person's own words"
    assert world.group == DISCORD or list(world.stage.transcript)[-1].marked


@pytest.mark.parametrize("words", ["makasih siapa?", "makasih tapi salah", "thanks in advance", "jelas"])
async def test_other_words_in_reply_count_for_nothing(world: World, words: str) -> None:
    await world.citra.replies(words, to=HELP)
    assert await points(world, world.dewi) == 0


async def test_a_word_that_replies_to_nobody_counts_for_nothing(world: World) -> None:
    await world.citra.says("makasih semuanya")
    await world.citra.replies("makasih", to="/daily")
    assert [await points(world, person) for person in (world.ani, world.budi, world.citra, world.dewi)] == [0] * 4


async def test_a_mark_counts_silently_and_not_after_it_is_taken_away(world: World) -> None:
    before = len(world.citra.screen)
    await world.citra.thanks(HELP)
    assert await points(world, world.dewi) == 1
    assert len(world.citra.screen) == before
    await world.citra.unthanks(HELP)
    assert await points(world, world.dewi) == 0
    await world.dewi.says("/why")
    assert "-1 Citra menarik ini kembali: ucapan terima kasih pada" in world.dewi.told
    await world.citra.thanks(HELP)
    assert await points(world, world.dewi) == 1, "given anew it counts anew"


async def test_giving_and_taking_has_an_end(world: World) -> None:
    for _ in range(8):
        await world.citra.thanks(HELP)
        await world.citra.unthanks(HELP)
    await world.citra.thanks(HELP)
    assert await points(world, world.dewi) == 0
    person = await number(world, world.dewi)
    async with world.store.read() as unit:
        assert len(await unit.ledger.entries(COMMUNITY, person, 0, 99)) == 10, "five times and back"


async def test_for_one_message_somebody_is_thanked_once(world: World) -> None:
    await world.citra.thanks(HELP)
    await world.citra.replies("makasih", to=HELP)
    await world.citra.replies("/thanks", to=HELP)
    assert "sudah tercatat" in world.citra.told
    assert await points(world, world.dewi) == 1
    await world.citra.unthanks(HELP)
    assert await points(world, world.dewi) == 1, "the words stand"


async def test_when_the_message_goes_so_do_its_thanks(world: World) -> None:
    await world.citra.thanks(HELP)
    await world.budi.replies("makasih", to=HELP)
    assert await points(world, world.dewi) == 2
    await world.dewi.deletes(HELP)
    assert await points(world, world.dewi) == 0
    await world.dewi.says("/why")
    assert world.dewi.told.count("-1 ditarik kembali") == 2


async def test_nobody_thanks_themselves(world: World) -> None:
    await world.dewi.thanks(HELP)
    await world.dewi.replies("makasih", to=HELP)
    await world.dewi.replies("/makasih", to=HELP)
    assert "Ucapan terima kasih untuk orang lain, ya." in world.dewi.told
    assert await points(world, world.dewi) == 0


async def test_the_same_two_count_once_a_day_of_the_group(world: World) -> None:
    await world.citra.replies("makasih", to=HELP)
    await world.dewi.says("Satu lagi")
    await world.citra.replies("/thanks", to="Satu lagi")
    assert "hari ini sudah tercatat. Mulai besok" in world.citra.told
    await world.citra.thanks("Satu lagi")
    assert await points(world, world.dewi) == 1
    await world.passes(hours=15)
    await world.citra.replies("/thanks", to="Satu lagi")
    assert await points(world, world.dewi) == 2


async def test_thanks_back_count_for_an_answer_alone(world: World) -> None:
    await world.citra.says("Punyaku begini")
    await world.citra.thanks(HELP)
    await world.dewi.thanks("Punyaku begini")
    await world.dewi.replies("/thanks", to="Punyaku begini")
    assert "ucapan balasan tidak dihitung" in world.dewi.told
    assert await points(world, world.citra) == 0
    await world.eko.says(SKY)
    await world.citra.replies("Karena hamburan", to="Q1 ·")
    await world.dewi.thanks("Karena hamburan")
    assert await points(world, world.citra) == 1


async def test_an_hour_later_thanks_back_are_thanks(world: World) -> None:
    await world.citra.says("Punyaku begini")
    await world.citra.thanks(HELP)
    await world.passes(minutes=61)
    await world.dewi.thanks("Punyaku begini")
    assert await points(world, world.citra) == 1


async def test_what_is_a_week_old_is_thanked_for_by_the_command_alone(world: World) -> None:
    await world.passes(days=7)
    await world.citra.thanks(HELP)
    await world.citra.replies("makasih", to=HELP)
    assert await points(world, world.dewi) == 0
    await world.citra.replies("/thanks", to=HELP)
    assert await points(world, world.dewi) == 1


async def test_the_card_of_a_question_thanks_whoever_asked_by_name(world: World) -> None:
    await world.dewi.says(SKY)
    await world.citra.thanks("Q1 ·")
    assert await points(world, world.dewi) == 1


async def test_who_asked_anonymously_is_not_thanked(world: World) -> None:
    await world.dewi.private.says("/tanya anon Kenapa langit biru?")
    await world.citra.thanks("Q1 ·")
    assert await points(world, world.dewi) == 0


async def test_whoever_is_new_gives_none_on_the_first_day(world: World) -> None:
    await world.passes(days=2)
    fani = await world.newcomer("fani", name="Fani")
    await world.dewi.says("Sudah saya jelaskan")
    await fani.thanks("Sudah saya jelaskan")
    await fani.replies("makasih", to="Sudah saya jelaskan")
    await fani.replies("/thanks", to="Sudah saya jelaskan")
    assert "Pada hari pertama di sini" in fani.told
    assert await points(world, world.dewi) == 0
    await world.passes(hours=24)
    await fani.replies("/thanks", to="Sudah saya jelaskan")
    assert await points(world, world.dewi) == 1


async def test_whoever_is_muted_gives_none(world: World) -> None:
    await world.ani.says("/mute @citra 3h Banjir pesan")
    await world.citra.thanks(HELP)
    await world.citra.private.says("/thanks @dewi")
    assert "dibisukan" in world.citra.private.told
    assert await points(world, world.dewi) == 0


async def test_where_the_kind_is_off_nothing_counts(world: World) -> None:
    await world.ani.says("/worth thanks 0")
    await world.ani.presses("Berlakukan")
    await world.citra.thanks(HELP)
    await world.citra.replies("/thanks", to=HELP)
    assert "tidak memberi poin untuk ucapan terima kasih" in world.citra.told
    assert await points(world, world.dewi) == 0


async def test_a_pair_that_thanks_nobody_else_stands_out_for_organisers(world: World) -> None:
    await world.ani.says("/worth")
    await world.ani.presses("Terima kasih dua orang yang sama")
    assert "Tidak ada pasangan yang menonjol" in world.ani.told
    for day in range(6):
        await world.dewi.says(f"Hari {day}")
        await world.citra.thanks(f"Hari {day}")
        await world.passes(days=1)
    await world.budi.thanks("Hari 5")
    await world.ani.says("/worth")
    await world.ani.presses("Terima kasih dua orang yang sama")
    assert "Citra dan Dewi: 6 dari 7 ucapan terima kasih mereka" in world.ani.told
    assert "Budi" not in world.ani.told


async def test_in_english_too(world: World) -> None:
    await world.eko.replies("/thanks", to=HELP)
    await world.eko.replies("/thanks", to=HELP)
    assert world.eko.told.startswith("Dewi has your thanks for this already.")


async def test_on_the_day_on_which_the_zone_changes_nothing_is_noted_that_does_not_count(world: World) -> None:
    await world.citra.replies("/thanks", to=HELP)
    await world.budi.says("Dan ini gambarnya")
    await world.ani.says("/zone America/New_York")
    await world.passes(hours=4)  # the same Monday there, which began after those thanks
    await world.citra.replies("/thanks", to="Dan ini gambarnya")
    assert await points(world, world.budi) == 1
    await world.ani.says("/zone Pacific/Kiritimati")
    await world.eko.says("Aku setuju")
    await world.citra.replies("/thanks", to="Aku setuju")
    assert await points(world, world.eko) == 1


async def known(world: World, human: Human) -> bool:
    async with world.store.read() as unit:
        return await unit.people.of_account(human.account) is not None


async def stranger(world: World, words: str) -> Human:
    """Somebody in the group who has written that, and whom the bot has never met: they came before it."""
    fani = await world.newcomer("fani", name="Fani")
    await fani.says(words)
    person = await number(world, fani)
    async with world.store.begin() as unit:
        await unit.privacy.erase(person)
    return fani


async def test_who_only_ever_talked_is_thanked_like_everybody(world: World) -> None:
    fani = await stranger(world, "Coba lihat gambar ini")
    assert not await known(world, fani)
    await world.citra.replies("makasih", to="Coba lihat")
    assert await points(world, fani) == 1


async def test_who_left_is_no_member_again_by_thanks_for_what_they_wrote(world: World) -> None:
    fani = await stranger(world, "Coba lihat gambar ini")
    await fani.leaves()
    await world.citra.replies("makasih", to="Coba lihat")
    await world.citra.thanks("Coba lihat")
    await world.citra.replies("/thanks", to="Coba lihat")
    assert "bukan anggota di sini" in world.citra.told
    assert not await known(world, fani)


async def test_who_was_erased_is_not_known_again_by_thanks_for_what_they_wrote_before(world: World) -> None:
    await world.dewi.private.says("/forgetme")
    await world.dewi.private.presses("Ya, hapus semuanya")
    await world.passes(hours=1, minutes=1)
    await world.citra.replies("makasih", to=HELP)
    await world.citra.thanks(HELP)
    await world.citra.replies("/thanks", to=HELP)
    assert "bukan anggota di sini" in world.citra.told
    assert not await known(world, world.dewi)
    await world.citra.replies("/thanks terima kasih banyak", to=HELP)
    assert not await known(world, world.dewi)
    fani = await stranger(world, "Ini sesudahnya")
    await world.citra.replies("/thanks", to="Ini sesudahnya")
    assert await points(world, fani) == 1, "what was written since is another matter"


async def test_a_moderator_reaches_who_left(world: World) -> None:
    fani = await stranger(world, "Beli di sini")
    await fani.leaves()
    await world.budi.replies("/warn Iklan", to="Beli di sini")
    assert "Fani diperingatkan" in world.budi.told
