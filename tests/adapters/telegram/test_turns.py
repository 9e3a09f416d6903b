"""Answers to one person in one chat come in the order of what was asked."""

import pytest

from adapters.telegram import answer
from tests.adapters.telegram.stage import Stage
from tests.wire.faults import Fault, Kind, Match

SLOW = Fault(Kind.DELAY, seconds=0.3)


async def test_a_slow_answer_is_not_overtaken_by_the_next_to_the_same_person(stage: Stage) -> None:
    card = await stage.panel()
    stage.server.faults.add(SLOW, Match("answerCallbackQuery"), times=1)
    first, second = (stage.server.people.press(stage.ben, stage.group, card, "Tap") for _ in range(2))
    await stage.until(lambda: first.answers and second.answers)
    assert first.answered_at is not None
    assert second.answered_at is not None
    assert first.answered_at < second.answered_at


async def test_nobody_waits_for_the_slow_answer_to_somebody_else(stage: Stage) -> None:
    card = await stage.panel()
    stage.server.faults.add(SLOW, Match("answerCallbackQuery"), times=1)
    slow = stage.server.people.press(stage.ben, stage.group, card, "Tap")
    quick = stage.server.people.press(stage.citra, stage.group, card, "Tap")
    await stage.until(lambda: quick.answers)
    assert not slow.answers


async def test_an_answer_that_hangs_holds_the_next_one_back_only_for_a_while(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "IN_ORDER", 0.05)
    card = await stage.panel()
    stage.server.faults.add(SLOW, Match("answerCallbackQuery"), times=1)
    hangs = stage.server.people.press(stage.ben, stage.group, card, "Tap")
    following = stage.server.people.press(stage.ben, stage.group, card, "Tap")
    await stage.until(lambda: following.answers)
    assert not hangs.answers
