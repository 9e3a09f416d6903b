"""Thumbs and deletions on the page, with a mouse and with the keyboard alone, in a real browser."""

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]

from adapters.playground.adapter import Playground
from tests.adapters.playground.parlour import ANI, BUDI, CITRA, TELEGRAM, TOLD
from tests.adapters.playground.test_page import NARROW, WIDE, look
from tests.adapters.playground.test_page_reply import speak

PANES = pytest.mark.parametrize("pane", ["telegram", "discord"])


@PANES
async def test_a_thumb_is_put_counted_and_taken_away(playground: Playground, pane: str) -> None:
    await playground.run(ANI, TELEGRAM, "serve", {})
    await playground.settle()
    async with look(playground) as view:
        entry = view.page.locator(f"#{pane} .entry", has_text="Tea time")
        thumb = entry.get_by_role("button", name="Thumbs up: Bareng")
        await entry.hover()
        assert await thumb.get_attribute("aria-pressed") == "false"
        await thumb.click()
        await entry.get_by_role("button", name="Thumbs up: Bareng (1)", pressed=True).wait_for()
        await view.become("Budi")
        other = entry.get_by_role("button", name="Thumbs up: Bareng (1)", pressed=False)
        await other.click()
        both = entry.get_by_role("button", name="Thumbs up: Bareng (2)", pressed=True)
        assert await both.inner_text() == "2"
        await both.click()
        await other.wait_for()
        assert list(TOLD) == [("Ani", True), ("Budi", True), ("Budi", False)]


@PANES
async def test_only_ones_own_messages_can_be_deleted(playground: Playground, pane: str) -> None:
    await speak(playground)
    async with look(playground) as view:
        keys = view.page.locator(f"#{pane} .remove")
        assert await keys.count() == 0
        await view.become("Citra")
        assert await keys.count() == 3
        entry = view.page.locator(f"#{pane} .entry", has_text="second")
        await entry.hover()
        await entry.get_by_role("button", name="Delete: Citra").click()
        await entry.wait_for(state="detached")
        assert await view.page.locator(f"#{pane} .entry").count() == 2


async def test_the_entry_below_a_deleted_one_names_its_author_again(playground: Playground) -> None:
    ids = await speak(playground)
    async with look(playground) as view:
        names = view.page.locator("#telegram .by:visible")
        assert await names.count() == 1
        await playground.withdraw(CITRA, ids[0])
        await view.page.locator("#telegram .entry", has_text="first").wait_for(state="detached")
        assert await names.count() == 1


async def test_the_keyboard_puts_thumbs_and_deletes_and_keeps_its_place(playground: Playground) -> None:
    await speak(playground)
    async with look(playground) as view:
        await view.become("Citra")
        reachable = view.page.locator("#telegram .tool[tabindex='0']")
        await reachable.focus()
        keyboard = view.page.keyboard
        await keyboard.press("ArrowUp")
        await keyboard.press("ArrowLeft")
        assert await view.focused() == "Thumbs up: Citra"
        await keyboard.press("Enter")
        await view.page.locator("#telegram .given").wait_for()
        assert await view.focused() == "Thumbs up: Citra (1)"
        assert await reachable.count() == 1
        await keyboard.press("ArrowRight")
        await keyboard.press("ArrowLeft")
        await keyboard.press("Space")
        await view.page.locator("#telegram .given").wait_for(state="detached")
        for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowUp"):
            await keyboard.press(key)
        assert await view.focused() == "Delete: Citra"
        await keyboard.press("Enter")
        await view.page.locator("#telegram .entry", has_text="first").wait_for(state="detached")
        assert await view.focused() == "Reply: Citra"
        assert await reachable.count() == 1


async def test_what_one_person_sees_has_no_thumb(playground: Playground) -> None:
    await playground.say(ANI, TELEGRAM, "/hello")
    await playground.settle()
    async with look(playground) as view:
        assert await view.page.locator("#telegram .entry").count() == 2
        assert await view.page.locator("#telegram .like").count() == 0
        assert await view.page.locator("#telegram .remove").count() == 1


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_thumbs_and_deletions_have_no_barriers(playground: Playground, size: tuple[int, int], dark: bool) -> None:
    ids = await speak(playground)
    for who in (ANI, BUDI):
        await playground.react(who, ids[1], on=True)
    async with look(playground, size, dark=dark) as view:
        await view.become("Citra")
        found = await Axe().run(view.page)
        assert found.violations_count == 0, found.generate_report()
