"""What somebody has contributed, as others see it, and the one invitation to those who only follow so far."""

import pytest

from tests.flows.asked import SKY, greet
from tests.flows.test_points import finishes
from tests.world import Human, World

INVITATION = "Berikutnya bisa pertanyaan pertama"


async def test_counts_and_badges_of_whoever_wishes_to_be_shown(world: World) -> None:
    await greet(world)
    await world.dewi.says("Begini caranya")
    await world.citra.thanks("Begini caranya")
    await world.citra.opens_person(world.dewi.account, "contributions")
    assert "Kontribusi Dewi" in world.citra.told
    assert "1 bulan ini, 1 seluruhnya" in world.citra.told
    await world.dewi.says("/settings")
    await world.dewi.presses("Sembunyikan saya")
    await world.citra.says("/kontribusi @dewi")
    assert "Dewi memilih untuk tidak ditampilkan." in world.citra.told


async def test_in_a_group_of_minors_nobody_looks_up_another(world: World) -> None:
    await greet(world)
    await world.dewi.says("Begini caranya")
    await world.citra.thanks("Begini caranya")
    await world.ani.says("/minors on")
    await world.citra.says("/kontribusi @dewi")
    assert "1 seluruhnya" not in world.citra.told
    await world.dewi.says("/kontribusi")
    assert "1 seluruhnya" in world.dewi.told, "one's own stays one's own"


async def test_one_s_own_without_a_name_and_nothing_of_quizzes(world: World) -> None:
    await world.passes(hours=22)
    await finishes(world, world.citra)
    await world.citra.says("/contributions")
    assert "Kontribusi Citra" in world.citra.told
    assert "Lencana:" in world.citra.told
    assert "seluruhnya" not in world.citra.told
    await world.eko.says("/contributions @dewi")
    assert "I know nobody here called @dewi" in world.eko.told or "Nothing to see here yet." in world.eko.told


async def privately(world: World, person: Human) -> None:
    """Somebody answers all of the day's items in private."""
    await person.private.says("/daily")
    for _ in range(3):
        await person.private.presses("A")


@pytest.fixture
async def followed(world: World) -> World:
    """The third day of which Citra and Dewi have finished the quiz of each."""
    await greet(world)
    for day in range(2):
        await world.passes(hours=24 if day else 22)
        await finishes(world, world.citra, world.dewi)
    await world.passes(hours=24)
    return world


async def test_whoever_only_follows_is_invited_once(followed: World) -> None:
    world = followed
    await privately(world, world.citra)
    assert INVITATION in world.citra.private.told
    assert "Ajukan pertanyaan" in world.citra.private.buttons
    await world.passes(hours=24)
    await privately(world, world.citra)
    assert INVITATION not in world.citra.private.told
    assert not any(INVITATION in text for text in world.public)


async def test_whoever_has_asked_is_not_invited(followed: World) -> None:
    world = followed
    await world.dewi.says(SKY)
    await privately(world, world.dewi)
    assert INVITATION not in world.dewi.private.told


async def test_the_invitation_leads_to_a_question(followed: World) -> None:
    world = followed
    await privately(world, world.citra)
    await world.citra.private.presses("Ajukan pertanyaan")
    await world.citra.private.says("Kenapa langit biru?")
    assert any("Kenapa langit biru?" in text for text in world.public)


async def test_after_three_rounds_of_practice_too(world: World) -> None:
    await world.citra.private.says("/start")
    for _ in range(2):
        await world.citra.private.says("/quiz 1")
        await world.citra.private.presses("A")
        assert INVITATION not in world.citra.private.told
    await world.citra.private.says("/quiz 1")
    await world.citra.private.presses("A")
    assert INVITATION in world.citra.private.told
