"""A missing argument is a question; the next words of that person there are the answer."""

from dataclasses import replace
from datetime import timedelta

from bot.chat.places import Role
from bot.chat.press import sign
from bot.dialogue import PATIENCE
from bot.domain.people import Member
from tests.bot.road import BUDI, HOME, KEYS, Road, plus


async def test_what_is_missing_is_asked_for_one_by_one(road: Road) -> None:
    assert "What is the question?" in await road.says("/ask")
    assert road.said[0].message.asks
    assert road.said[0].form is not None
    assert road.said[0].form.params == ("question", "level", "topic")
    await road.says("Why?")
    await road.presses(road.button("Hard one"))
    assert await road.presses(road.button("Skip")) == "Why?|hard||1"
    assert await road.says("more words") == ""


async def test_a_question_outlives_a_restart(road: Road) -> None:
    await road.says("/ask")
    road.app = road.fresh()
    assert "Anything" in await road.says("Why?")


async def test_only_the_asked_person_s_words_in_that_place_are_the_answer(road: Road) -> None:
    await road.says("/ask")
    assert await road.says("I know!", who=BUDI) == ""
    assert "/help" in await road.says("Why?", place=HOME)
    assert "somebody else" in await road.presses(road_cancel(road), who=BUDI)
    assert "Anything" in await road.says("Why?")


async def test_a_bad_answer_is_refused_and_may_be_given_again(road: Road) -> None:
    await road.says("/ask")
    assert "too long" in await road.says("x" * 41)
    assert "Anything" in await road.says("Why?")


async def test_a_cancelled_question_is_forgotten(road: Road) -> None:
    await road.says("/ask")
    cancel = road.button("Cancel")
    assert await road.presses(cancel) == "Cancelled. Nothing was saved."
    assert await road.says("Why?") == ""
    assert "no longer open" in await road.presses(cancel)


async def test_a_question_is_forgotten_after_a_while(road: Road) -> None:
    await road.says("/ask")
    cancel = road.button("Cancel")
    road.now += PATIENCE + timedelta(seconds=1)
    assert await road.says("Why?") == ""
    assert "no longer open" in await road.presses(cancel)


async def test_another_command_ends_the_question(road: Road) -> None:
    await road.says("/ask")
    await road.says("/more")
    assert await road.says("Why?") == ""


async def test_named_values_fill_at_once(road: Road) -> None:
    values = {"question": "Why?", "level": "Easy one", "topic": "sky"}
    assert await road.says("/ask", values=values) == "Why?|easy|sky|1"


async def test_a_right_lost_during_the_dialogue_ends_it(road: Road) -> None:
    await road.says("/ask")
    async with road.store.begin() as unit:
        await unit.people.save_member(Member(1, 1, Role.GUEST, tipped=True))
    assert "Only members" in await road.says("Why?")


def road_cancel(road: Road) -> str:
    """The button that cancels what Ani is asked."""
    return sign(replace(plus(1, 1, owner=1), action="cancel", args=()), KEYS)
