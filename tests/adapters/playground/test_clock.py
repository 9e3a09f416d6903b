"""The clock jumps, and the days in between are lived."""

from datetime import UTC, datetime, timedelta

from adapters.playground.adapter import Playground
from adapters.playground.clock import Turning, system
from bot.domain.quiz import Quiz
from tests.adapters.playground.parlour import ANI, CITRA, DISCORD, MONDAY, TELEGRAM, sees


def clock_of(playground: Playground) -> Turning:
    """The playground's clock."""
    assert isinstance(playground.clock, Turning)
    return playground.clock


async def jump(playground: Playground, to: datetime) -> None:
    """Turn the clock to that moment."""
    await clock_of(playground).jump(to, playground.app.store, playground.app.outbox)


async def test_a_jump_over_a_week_posts_every_days_card_at_its_own_time(playground: Playground) -> None:
    await playground.say(ANI, TELEGRAM, "/serve")
    await playground.settle()
    await jump(playground, MONDAY + timedelta(days=6, hours=1))
    cards = [entry for entry in playground.transcript if entry.place == DISCORD]
    assert [entry.at for entry in cards] == [MONDAY + timedelta(days=day) for day in range(7)]
    assert sees(playground, CITRA, DISCORD)[-1].startswith("Tea time 7")
    assert playground.clock() == MONDAY + timedelta(days=6, hours=1)


async def test_a_jump_to_the_past_leaves_the_clock_alone(playground: Playground) -> None:
    await jump(playground, MONDAY + timedelta(hours=2))
    await jump(playground, MONDAY)
    assert playground.clock() == MONDAY + timedelta(hours=2)


async def test_an_act_after_a_jump_happens_at_the_new_time(playground: Playground) -> None:
    await jump(playground, MONDAY + timedelta(hours=5))
    await playground.say(CITRA, TELEGRAM, "late")
    assert [entry.at for entry in playground.transcript] == [MONDAY + timedelta(hours=5)]


def test_the_clock_goes_on_by_itself_from_the_present() -> None:
    clock = Turning(system, timedelta(days=1))
    ahead = clock() - datetime.now(UTC)
    assert timedelta(hours=23, minutes=59) < ahead <= timedelta(days=1)


async def test_a_clock_that_was_turned_stays_turned_over_a_restart(playground: Playground) -> None:
    opens, closes = MONDAY + timedelta(days=7), MONDAY + timedelta(days=7, hours=12)
    again = Turning(lambda: MONDAY)
    await again.resume(playground.app.store)
    assert again() == MONDAY
    async with playground.app.store.begin() as unit:
        quiz = await unit.quizzes.add(Quiz(1, 0, opens.date(), opens, closes, ()))
        assert quiz is not None
    await again.resume(playground.app.store)
    assert again() == opens
    async with playground.app.store.begin() as unit:
        await unit.quizzes.close(quiz, 0)
    await again.resume(playground.app.store)
    assert again() == closes
