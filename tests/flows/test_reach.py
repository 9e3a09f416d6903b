"""What people hear of a quiz when their place could not be reached."""

from bot.chat.errors import Refused, Unreachable
from bot.chat.message import Message
from bot.chat.places import Place, Ref
from bot.domain.jobs import State
from tests.world import World

COMMUNITY = 1


class Wall:
    """Stands before the playground's sending and lets nothing through while it is up."""

    def __init__(self, world: World, error: Exception) -> None:
        self.up = True
        self._error = error
        self._send, self._edit = world.stage.send, world.stage.edit
        world.stage.send = self.send  # type: ignore[method-assign]
        world.stage.edit = self.edit  # type: ignore[method-assign]

    async def send(self, place: Place, message: Message, key: str) -> Ref:
        """Post, or fail."""
        if self.up:
            raise self._error
        return await self._send(place, message, key)

    async def edit(self, ref: Ref, message: Message) -> None:
        """Change, or fail."""
        if self.up:
            raise self._error
        await self._edit(ref, message)


async def test_a_quiz_that_nobody_could_see_is_not_reviewed(world: World) -> None:
    wall = Wall(world, Unreachable())
    await world.passes(hours=22 + 14)
    wall.up = False
    await world.passes(minutes=10)
    assert world.public == []
    async with world.store.read() as unit:
        assert State.DROPPED in {job.state for job in await unit.jobs.troubled(COMMUNITY)}
    await world.ani.says("/setup")
    for button in ("WIB", "Seimbang", "Lanjut", "Selesai"):
        await world.ani.presses(button)
    await world.ani.presses("Pengaturan kuis")
    assert "tidak terkirim sesuai rencana" in world.ani.told


async def test_an_edit_that_is_refused_does_not_silence_the_place(world: World) -> None:
    await world.passes(hours=22)
    await world.citra.presses("1A")
    wall = Wall(world, Refused("too old"))
    await world.passes(hours=13)
    wall.up = False
    await world.passes(hours=12)
    assert len(world.public) == 2, "the next day's quiz comes"


async def test_a_group_that_the_bot_was_put_out_of_keeps_its_streaks_and_its_bank(world: World) -> None:
    await world.passes(hours=22)
    for number in "123":
        await world.citra.presses(f"{number}A")
    for place in (entry.place for entry in list(world.stage.transcript)):
        await world.stage.remove_bot(world.ani.account, place)
    await world.passes(days=3)
    async with world.store.read() as unit:
        quiz = await unit.quizzes.latest(COMMUNITY)
        assert quiz
        assert quiz.id == 1


async def test_a_refusal_before_any_scene_speaks_the_chosen_language(world: World) -> None:
    await world.eko.private.says("/bahasa id")
    await world.eko.private.says("halo")
    assert "Sampaikan lewat perintah" in world.eko.private.told
    await world.eko.private.says("/kuiss")
    assert "Maksudmu" in world.eko.private.told


async def test_help_comes_even_when_rights_cannot_be_asked(world: World) -> None:
    async def fails(*_: object) -> None:
        raise Unreachable

    world.stage.role = fails  # type: ignore[method-assign,assignment]
    await world.citra.private.says("/daily")
    await world.citra.private.says("/help")
    assert "/daily" in world.citra.private.told
    await world.ani.private.says("/setup")
    assert "Izin" in world.ani.private.told
