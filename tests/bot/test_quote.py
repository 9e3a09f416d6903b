"""What a command is about outlasts the questions that the command asks."""

from dataclasses import replace

import pytest

from bot.chat.events import Invoked, Quoted
from bot.chat.file import File
from bot.chat.places import Account, Ref
from bot.quote import clean, keep
from tests.adapters.about import KEPT as SEEN
from tests.bot.road import ANI, GROUP, HOME, NOW, Road

WHOLE = Quoted("E = mc² <b> 😀", Account("wire", "budi"), "Budi", File("wire", "F1", "a.pdf", 9, "application/pdf"))


@pytest.fixture(autouse=True)
def _forget() -> None:
    SEEN.clear()


@pytest.mark.parametrize("quoted", [WHOLE, Quoted("no author"), Quoted(file=WHOLE.file), None])
async def test_a_command_knows_what_it_replied_to_also_after_its_question(road: Road, quoted: Quoted | None) -> None:
    assert await road.says("/keep maths", reply="42", quoted=quoted) == "Kept for maths."
    assert "Which topic?" in await road.says("/keep", reply="42", quoted=quoted)
    assert await road.says("biology") == "Kept for biology."
    ref = Ref(GROUP, "42")
    assert [(ref, quoted, "maths"), (ref, quoted, "biology")] == SEEN


async def test_when_it_was_written_is_kept_too(road: Road) -> None:
    await road.says("/keep", reply="42", quoted=replace(WHOLE, at=NOW))
    await road.says("biology")
    ((_, quoted, _),) = SEEN
    assert quoted
    assert quoted.at == NOW


async def test_a_form_goes_on_with_what_the_command_replied_to(road: Road) -> None:
    await road.says("/keep", values={}, reply="42", quoted=WHOLE)
    assert await road.says("/keep", values={"topic": "maths"}) == "Kept for maths."
    assert [(Ref(GROUP, "42"), WHOLE, "maths")] == SEEN


async def test_it_is_asked_again_without_losing_what_it_is_about(road: Road) -> None:
    await road.says("/keep", reply="42", quoted=WHOLE)
    assert "too long" in await road.says("x" * 41)
    await road.says("short")
    assert [(Ref(GROUP, "42"), WHOLE, "short")] == SEEN


async def test_the_answer_to_the_question_does_not_say_what_the_command_is_about(road: Road) -> None:
    await road.says("/keep")
    await road.says("maths", reply="43")
    await road.says("/keep", values={"topic": "maths", "!quoted": '{"reply": {}}'})
    assert list(SEEN) == [(None, None, "maths")] * 2


async def test_the_next_command_is_not_about_what_the_last_one_was(road: Road) -> None:
    await road.says("/keep", reply="42", quoted=WHOLE)
    await road.says("/keep maths")
    assert list(SEEN) == [(None, None, "maths")]


async def test_a_deep_link_into_the_private_chat_takes_it_along(road: Road) -> None:
    event = Invoked(line="keep maths", reply=Ref(GROUP, "42"), quoted=WHOLE, **road.parts(ANI, GROUP, ""))
    assert await road.says(f"/start {await road.app.ticket(event)}", place=HOME) == "Kept for maths."
    assert [(Ref(GROUP, "42"), WHOLE, "maths")] == SEEN


def test_words_that_cannot_be_stored_are_made_fit() -> None:
    assert clean(Quoted("a\x00b", name="B\x00")) == Quoted("ab", name="B")
    assert clean(None) is None
    assert keep(None, WHOLE) == {}
