"""Replying on the page, with a mouse and with the keyboard alone, in a real browser."""

import pytest

from adapters.playground.adapter import Playground
from bot.chat.places import Ref
from tests.adapters.about import KEPT
from tests.adapters.playground.parlour import BUDI, CITRA, DISCORD, TELEGRAM
from tests.adapters.playground.test_page import look


@pytest.fixture(autouse=True)
def _forget() -> None:
    KEPT.clear()


async def speak(playground: Playground) -> list[str]:
    """Three messages in each group; the ids of those in the first."""
    for text in ("first", "second", "third"):
        for place in (TELEGRAM, DISCORD):
            await playground.say(CITRA, place, text)
    await playground.settle()
    return [entry.id for entry in playground.transcript if entry.place == TELEGRAM]


@pytest.mark.parametrize("pane", ["telegram", "discord"])
async def test_a_command_replies_to_a_message_by_its_button(playground: Playground, pane: str) -> None:
    await speak(playground)
    async with look(playground) as view:
        entry = view.page.locator(f"#{pane} .entry", has_text="second")
        await entry.hover()
        await entry.get_by_role("button", name="Reply: Citra").click()
        assert await view.page.locator(f"#{pane} .replying").inner_text() == "↩ Citra: second\n×"
        await view.write(pane, "/keep maths")
        await view.shows(pane, "Kept for maths.")
        assert KEPT[0][1] is not None
        assert (KEPT[0][1].text, KEPT[0][1].account) == ("second", CITRA)
        assert await view.page.locator(f"#{pane} .replying").is_hidden()


async def test_the_keyboard_reaches_every_message_in_two_steps(playground: Playground) -> None:
    ids = await speak(playground)
    async with look(playground) as view:
        reachable = view.page.locator("#telegram .answer[tabindex='0']")
        assert await reachable.count() == 1
        await reachable.focus()
        await view.page.keyboard.press("ArrowUp")
        await view.page.keyboard.press("ArrowUp")
        await view.page.keyboard.press("ArrowUp")
        await view.page.keyboard.press("Enter")
        assert (await view.focused()).startswith("Write a message")
        await view.page.keyboard.type("/keep maths")
        await view.page.keyboard.press("Escape")
        await view.page.keyboard.press("Enter")
        await view.shows("telegram", "Kept for maths.")
        assert KEPT[0][0] == Ref(TELEGRAM, ids[0])
        assert await reachable.count() == 1


async def test_a_reply_stands_below_what_it_replies_to_and_can_be_taken_back(playground: Playground) -> None:
    ids = await speak(playground)
    async with look(playground) as view:
        key = view.page.locator("#telegram .entry", has_text="first").get_by_role("button", name="Reply: Citra")
        await key.click()
        await view.page.get_by_role("button", name="Do not reply").click()
        await view.write("telegram", "plain")
        await playground.say(BUDI, TELEGRAM, "so it is", reply=ids[0])
        await view.page.locator("#telegram .quoting").wait_for()
        assert await view.page.locator("#telegram .quoting").all_inner_texts() == ["Citra: first"]


async def test_another_person_does_not_go_on_with_the_reply(playground: Playground) -> None:
    await speak(playground)
    async with look(playground) as view:
        await view.page.locator("#telegram .entry", has_text="first").get_by_role("button", name="Reply").click()
        await view.become("Budi")
        assert await view.page.locator("#telegram .replying").is_hidden()
        await view.write("telegram", "/keep maths")
        await view.shows("telegram", "Kept for maths.")
        assert KEPT[0][:2] == (None, None)


async def test_a_mark_is_seen_and_read_aloud(playground: Playground) -> None:
    ids = await speak(playground)
    async with look(playground) as view:
        await playground.say(BUDI, TELEGRAM, "/scan", reply=ids[0])
        mark = view.page.locator("#telegram .entry", has_text="first").get_by_role("img", name="Bareng has noted it")
        await mark.wait_for()
        assert await view.page.locator("#telegram .mark").count() == 1
