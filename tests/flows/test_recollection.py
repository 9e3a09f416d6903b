"""Practice remembers: what was missed comes back, privately, at the member's hour, and only if they wish."""

from bot.domain.items import Item, State
from bot.domain.recall import Memory
from tests.world import World


async def items(world: World) -> dict[str, Item]:
    """The active items by their Indonesian prompt."""
    async with world.store.read() as unit:
        return {item.text("id").prompt: item for item in await unit.items.list(1, State.ACTIVE)}


async def memory(world: World, name: str, item: int) -> Memory | None:
    async with world.store.begin() as unit:
        person = (await unit.arrivals.of(world.group, getattr(world, name).account)).person
        return await unit.recalls.get(1, person.id, item) if person else None


async def on_screen(world: World, name: str) -> Item:
    """The item that somebody sees last."""
    shown = getattr(world, name).private.screen[-1]
    return next(item for prompt, item in (await items(world)).items() if prompt in shown)


async def answers(world: World, name: str, *, right: bool) -> Item:
    """Answer the item on screen and return it."""
    item = await on_screen(world, name)
    (key,) = item.right
    option = key if right else (key + 1) % item.size
    await getattr(world, name).private.presses("ABCDE"[option])
    return item


async def test_a_missed_item_comes_first_when_it_is_due(world: World) -> None:
    await world.budi.private.says("/kuis biologi 2")
    missed = await answers(world, "budi", right=False)
    await answers(world, "budi", right=True)
    await world.passes(hours=1)
    await world.budi.private.says("/kuis 3")
    assert await on_screen(world, "budi") == missed
    found = await memory(world, "budi", missed.id)
    assert found
    assert found.card


async def test_what_was_right_is_no_card_unless_it_was_hard(world: World) -> None:
    await world.budi.private.says("/kuis 2")
    easy = await answers(world, "budi", right=True)
    hard = await answers(world, "budi", right=True)
    await world.budi.private.presses("Tadi sulit")
    assert "Dicatat" in world.budi.private.told
    first, second = await memory(world, "budi", easy.id), await memory(world, "budi", hard.id)
    assert first
    assert first.card is None
    assert second
    assert second.card


async def test_the_same_tap_twice_is_one_review(world: World) -> None:
    await world.budi.private.says("/kuis 2")
    item = await on_screen(world, "budi")
    entry, row, column = world.budi.private._button("ABCDE"[(item.right[0] + 1) % item.size])
    press = entry.pages[-1].rows[row][column].press
    assert press
    found = []
    for _ in range(3):
        await world.stage.press_data(world.budi.account, entry.id, world.app.sign(press))
        found.append(await memory(world, "budi", item.id))
        await world.passes(minutes=2)
    assert found[0]
    assert found == [found[0]] * 3


async def test_a_missed_item_of_the_daily_quiz_becomes_a_card(world: World) -> None:
    await world.passes(hours=22, minutes=1)
    async with world.store.read() as unit:
        quiz = await unit.quizzes.latest(1)
    assert quiz
    wrong = quiz.items[0]
    await world.budi.presses(f"1{'ABCDE'[(wrong.right[0] + 1) % wrong.size]}")
    await world.budi.presses(f"2{'ABCDE'[quiz.items[1].right[0]]}")
    missed, known = await memory(world, "budi", wrong.id), await memory(world, "budi", quiz.items[1].id)
    assert missed
    assert missed.card
    assert known is None


async def test_nobody_is_written_to_without_having_asked_for_it(world: World) -> None:
    await world.budi.private.says("/kuis 1")
    await answers(world, "budi", right=False)
    before = len(world.budi.private.screen)
    await world.passes(days=3)
    assert len(world.budi.private.screen) == before


async def asks(world: World) -> None:
    """Budi misses an item and asks to be told at 19.00."""
    await world.budi.private.says("/kuis 1")
    await answers(world, "budi", right=False)
    await world.budi.private.presses("Kabari saat waktunya mengulang")
    await world.budi.private.presses("19.00")


async def test_due_cards_come_at_the_hour_that_was_chosen(world: World) -> None:
    await asks(world)
    before = len(world.budi.private.screen)
    await world.passes(hours=9, minutes=59)
    assert len(world.budi.private.screen) == before
    await world.passes(minutes=2)
    assert "1 soal ingin diingat lagi." in world.budi.private.told
    assert not any("ingin diingat" in text for text in world.public)


async def test_a_day_on_which_nothing_is_due_brings_no_message(world: World) -> None:
    await asks(world)
    await world.passes(hours=11)
    await world.budi.private.presses("Latihan sekarang")
    for _ in range(2):
        await world.budi.private.says("/kuis 1")
        await answers(world, "budi", right=True)
        await world.passes(minutes=15)
    before = len(world.budi.private.screen)
    await world.passes(hours=24)
    assert len(world.budi.private.screen) == before


async def test_the_messages_can_be_stopped_where_they_stand(world: World) -> None:
    await asks(world)
    await world.passes(hours=11)
    await world.budi.private.presses("Hentikan pesan ini")
    before = len(world.budi.private.screen)
    await world.passes(days=3)
    assert len(world.budi.private.screen) == before


async def test_who_cannot_be_written_to_finds_it_below_the_next_answer(world: World) -> None:
    await world.passes(hours=22, minutes=1)
    async with world.store.read() as unit:
        quiz = await unit.quizzes.latest(1)
    assert quiz
    await world.budi.presses(f"1{'ABCDE'[(quiz.items[0].right[0] + 1) % quiz.items[0].size]}")
    await world.budi.says("/pengaturan")
    await world.budi.presses("Pesan latihan")
    await world.budi.presses("19.00")
    assert "/start" in world.budi.told
    await world.passes(hours=13)
    await world.budi.says("/poin")
    assert "ingin diingat" in world.budi.told
    await world.budi.says("/poin")
    assert "ingin diingat" not in world.budi.told, "once"


async def test_what_is_new_comes_before_what_was_met(world: World) -> None:
    await world.budi.private.says("/kuis 3")
    met = {(await answers(world, "budi", right=True)).id for _ in range(3)}
    await world.budi.private.says("/kuis 20")
    async with world.store.begin() as unit:
        person = (await unit.arrivals.of(world.group, world.budi.account)).person
        assert person
        found = await unit.practices.get(1, person.id)
        known = set(await unit.recalls.known(1, person.id))
    assert found
    assert known == met
    assert len(await items(world)) > 20
    assert met.isdisjoint(found[1])
