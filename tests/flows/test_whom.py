"""Whom a command means: by a reply, a mention, a handle, a name or a part of it, or by choosing among namesakes."""

from tests.world import TELEGRAM, World


async def test_a_reply_names_its_author(world: World) -> None:
    await world.citra.says("Halo semua")
    await world.budi.replies("/warn Iklan", to="Halo semua")
    assert "Citra diperingatkan" in world.budi.told


async def test_words_of_a_reply_that_begin_with_a_mention_name_somebody_else(world: World) -> None:
    await world.citra.says("Dewi bilang beli di tempatnya")
    await world.budi.replies("/warn @dewi Iklan", to="beli di tempatnya")
    assert "Dewi diperingatkan" in world.budi.told


async def test_a_name_or_a_part_of_it_is_enough(world: World) -> None:
    await world.budi.says("/warn citra Iklan")
    assert "Citra diperingatkan" in world.budi.told
    await world.budi.says("/warn Dew Iklan")
    assert "Dewi diperingatkan" in world.budi.told


async def test_among_namesakes_one_is_chosen(world: World) -> None:
    await world.newcomer("rani1", name="Rani Putri")
    await world.newcomer("rani2", name="Rani Sari")
    moderator = world.budi.in_(TELEGRAM)
    await moderator.says("/mute rani 2h Banjir pesan")
    assert "Ada beberapa orang" in moderator.told
    await moderator.presses("Rani Sari @rani2")
    assert "Rani Sari dibisukan" in moderator.told
    await moderator.says("/mute @rani1")
    assert "Rani Putri dibisukan" in moderator.told


async def test_a_whole_name_wins_over_a_part_of_another(world: World) -> None:
    await world.newcomer("dewi2", name="Dewi Sartika")
    await world.budi.says("/warn Dewi Iklan")
    assert "Dewi diperingatkan" in world.budi.told


async def test_a_name_that_nobody_has_is_said_kindly(world: World) -> None:
    await world.budi.says("/warn @zaenal Iklan")
    assert "Tidak ada yang bernama" in world.budi.told
    assert "Balas saja" in world.budi.told


async def test_the_bots_own_words_have_no_author_to_act_on(world: World) -> None:
    await world.passes(days=1)
    await world.budi.replies("/warn Iklan", to="Kuis")
    assert "ditulis oleh bot" in world.budi.told
