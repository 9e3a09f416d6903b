"""The page in a real Chromium: seen, pressed, typed, heard by a screen reader, and never anything but our own."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Browser, Page, Request, Route

from adapters.playground.adapter import Playground
from tests.adapters.playground.parlour import ANI, BUDI, CITRA, DISCORD, EKO, TELEGRAM, open_parlour, sees
from tests.adapters.playground.site import browse, ready, serve

MOST_TRANSFERRED = 100_000
WIDE = (1366, 768)
NARROW = (360, 640)
PATIENCE = 8000
"""Milliseconds that anything on the page may take."""
ATTEMPTS = (
    "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.bad = 1'}))",
    "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.bad=1\">')",
    "fetch('https://example.invalid/').catch(() => 0)",
)
"""What somebody would try who got markup into the page."""


class View:
    """One open page, with everything that it asked for and complained about."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site
        self.requests: list[Request] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request))  # noqa: PLW0108 playwright marks its handlers
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    async def write(self, pane: str, text: str) -> None:
        """Type a message and send it."""
        await self.page.locator(f"#{pane} textarea").fill(text)
        await self.page.keyboard.press("Escape")
        await self.page.locator(f"#{pane} .send").click()

    async def become(self, name: str) -> None:
        """Choose a person."""
        await self.page.get_by_role("radio", name=name).check()
        await self.page.wait_for_timeout(200)

    async def shows(self, pane: str, text: str) -> None:
        """Wait until a pane shows a text."""
        await self.page.locator(f"#{pane} .entry", has_text=text).last.wait_for(timeout=5000)

    async def focused(self) -> str:
        """The name or words of what has the focus."""
        script = (
            "() => (document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()"
        )
        return str(await self.page.evaluate(script))


@asynccontextmanager
async def look(
    playground: Playground, size: tuple[int, int] = WIDE, language: str = "en", *, dark: bool = False
) -> AsyncIterator[View]:
    """The page open in a browser; it must not complain."""
    async with browse() as browser, serve(playground, language) as site:
        view = await enter(browser, site, size, language, dark=dark)
        yield view
        assert view.complaints == []
        await view.page.context.close()


async def enter(browser: Browser, site: str, size: tuple[int, int], language: str, *, dark: bool = False) -> View:
    """A fresh visitor."""
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
    )
    view = View(await context.new_page(), site)
    view.page.set_default_timeout(PATIENCE)
    await view.page.goto(f"{site}?lang={language}")
    await ready(view.page)
    return view


async def fill(playground: Playground) -> None:
    """Something of everything that a pane can show."""
    await playground.say(ANI, TELEGRAM, "/serve")
    await playground.say(BUDI, TELEGRAM, "Good morning, everybody")
    for place in (TELEGRAM, DISCORD):
        await playground.say(ANI, place, "/hello")
        await playground.say(CITRA, place, "/shout A long word: " + "supercalifragilistic" * 9)
    await playground.say(EKO, DISCORD, "مرحبا friends")
    await playground.settle()


async def test_a_message_appears_for_everybody_and_a_command_is_answered_privately(playground: Playground) -> None:
    async with look(playground) as view:
        await view.write("telegram", "Hello there")
        await view.shows("telegram", "Hello there")
        await view.write("discord", "/hello")
        await view.shows("discord", "Only you see this")
        await view.become("Budi")
        await view.shows("telegram", "Hello there")
        assert await view.page.get_by_text("Only you see this").count() == 0


async def test_a_button_pops_up_an_alert_on_telegram_and_a_private_message_on_discord(playground: Playground) -> None:
    await fill(playground)
    async with look(playground) as view:
        await view.page.locator("#telegram .key", has_text="Wink").click()
        await view.page.locator("#telegram [role=alert]", has_text="You winked at 1.").wait_for()
        await view.page.get_by_role("button", name="OK").focus()
        await view.page.keyboard.press("Enter")
        assert await view.page.locator("#telegram [role=alert]").inner_text() == ""
        assert await view.focused() == "Wink"
        await view.page.locator("#discord .key", has_text="Wink").click()
        await view.shows("discord", "You winked at 1.")


async def test_bars_are_drawn_to_their_share(playground: Playground) -> None:
    await fill(playground)
    async with look(playground) as view:
        fills = view.page.locator("#discord .fill")
        widths = [(await fills.nth(index).bounding_box() or {"width": 0})["width"] for index in range(2)]
        await view.page.wait_for_timeout(500)
        widths = [(await fills.nth(index).bounding_box() or {"width": 0})["width"] for index in range(2)]
        assert widths[0] / widths[1] == pytest.approx(3, rel=0.05)
        assert "right answer" in await view.page.locator("#discord .bar.right .label").inner_text()


async def test_a_card_that_changes_keeps_the_focus_of_the_keyboard(playground: Playground) -> None:
    async with look(playground) as view:
        await view.write("discord", "/hello")
        await view.shows("discord", "Hello.")
        await view.page.locator("#discord .key", has_text="Turn").focus()
        await view.page.keyboard.press("Enter")
        await view.shows("discord", "Turned over.")
        assert await view.focused() == "Wink"


async def test_commands_complete_by_keyboard_alone(playground: Playground) -> None:
    async with look(playground) as view:
        page = view.page
        await page.locator("#discord textarea").focus()
        await page.keyboard.type("/")
        await page.wait_for_selector("#completion-discord [role=option]")
        assert await page.locator("#completion-discord [aria-selected=true]").count() == 0
        await page.keyboard.type("b")
        await page.wait_for_selector("#completion-discord [aria-selected=true]")
        await page.keyboard.press("Tab")
        await page.locator("#usage-discord", has_text="Which leaf (required)").wait_for()
        await page.locator("#completion-discord [role=option]", has_text="Green").wait_for()
        await page.keyboard.press("ArrowUp")
        assert await page.locator("#discord textarea").get_attribute("aria-activedescendant") == "completion-discord-1"
        await page.keyboard.press("Enter")
        assert await page.locator("#discord textarea").input_value() == "/brew cup black"
        await page.keyboard.type(" slowly")
        await page.keyboard.press("Enter")
        await view.shows("discord", "A cup of black, slowly.")


async def test_escape_closes_the_suggestions_and_enter_sends_what_stands(playground: Playground) -> None:
    async with look(playground) as view:
        page = view.page
        await page.locator("#telegram textarea").press_sequentially("/he")
        await page.wait_for_selector("#completion-telegram [role=option]")
        await page.keyboard.press("Escape")
        assert await page.locator("#completion-telegram").is_hidden()
        await page.keyboard.type("llo")
        await page.keyboard.press("Escape")
        await page.keyboard.press("Enter")
        await view.shows("telegram", "Hello.")
        await page.keyboard.type("two")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("lines")
        await page.keyboard.press("Enter")
        await view.shows("telegram", "two")
    assert "two\nlines" in sees(playground, BUDI, TELEGRAM)


async def test_escape_also_stops_suggestions_that_are_still_on_their_way(playground: Playground) -> None:
    async with look(playground) as view:
        asked, go_on = asyncio.Event(), asyncio.Event()

        async def late(route: Route) -> None:
            asked.set()
            await go_on.wait()
            await route.continue_()

        await view.page.route("**/menu*", late)
        await view.page.locator("#telegram textarea").fill("/he")
        await asked.wait()
        await view.page.keyboard.press("Escape")
        async with view.page.expect_response("**/menu*"):
            go_on.set()
        await view.page.wait_for_load_state("networkidle")
        assert await view.page.locator("#completion-telegram").is_hidden()


async def test_a_command_that_is_written_out_is_the_first_suggestion(playground: Playground) -> None:
    async with look(playground) as view:

        async def named_alike(route: Route) -> None:
            commands = await (await route.fetch()).json()
            commands[-1]["names"].append("sho")
            await route.fulfill(json=commands)

        await view.page.route("**/menu*", named_alike)
        await view.page.locator("#telegram textarea").fill("/SHO")
        options = view.page.locator("#completion-telegram [role=option] b")
        await options.first.wait_for()
        assert await options.all_inner_texts() == ["/sho", "/shout"]


async def test_a_form_is_a_real_dialog_that_gives_the_focus_back(playground: Playground) -> None:
    async with look(playground) as view:
        page = view.page
        await page.locator("#discord textarea").press_sequentially("/brew cup ")
        await page.keyboard.press("Escape")
        await page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="/brew cup")
        await dialog.wait_for()
        assert await page.evaluate("document.activeElement.name") == "leaf"
        await page.keyboard.press("Escape")
        assert await dialog.count() == 0
        assert await page.evaluate("document.activeElement.tagName") == "TEXTAREA"
        await page.keyboard.type("/brew cup ")
        await page.keyboard.press("Escape")
        await page.keyboard.press("Enter")
        await dialog.wait_for()
        await page.get_by_label("Which leaf").select_option("green")
        await page.get_by_label("How to brew it").fill("with honey")
        await page.get_by_role("button", name="Submit").click()
        await view.shows("discord", "A cup of green, with honey.")


async def test_a_whole_quiz_like_journey_needs_no_mouse(playground: Playground) -> None:
    """From the top of the page by Tab and arrows: be Budi, see Telegram's card, press its first button."""
    await fill(playground)
    async with look(playground) as view:
        page = view.page
        await page.keyboard.press("Tab")
        assert await view.focused() == "Skip to the conversation"
        await page.keyboard.press("Tab")
        await page.keyboard.press("ArrowRight")
        assert await page.get_by_role("radio", name="Budi").is_checked()
        await view.shows("telegram", "Tea time 1")
        for _ in range(40):
            await page.keyboard.press("Tab")
            if await view.focused() == "Wink":
                break
        await page.keyboard.press("Enter")
        await page.locator("[role=alert]", has_text="You winked at 1.").wait_for()
        outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"


async def test_the_private_chat_is_reached_by_arrow_keys(playground: Playground) -> None:
    async with look(playground) as view:
        page = view.page
        await page.get_by_role("tab", name="Group").focus()
        await page.keyboard.press("ArrowRight")
        assert await page.get_by_role("tab", name="Private").get_attribute("aria-selected") == "true"
        await view.write("telegram", "just us")
        await view.shows("log-private", "just us")
    assert sees(playground, ANI, playground.actor(ANI).private)[0] == "just us"


async def test_the_clock_jumps_and_what_falls_due_is_there(playground: Playground) -> None:
    await playground.say(ANI, TELEGRAM, "/serve")
    await playground.settle()
    async with look(playground) as view:
        await view.page.get_by_role("button", name="Tomorrow").click()
        await view.shows("discord", "Tea time 2")
        await view.page.locator("#now", has_text="24 Nov").wait_for()
        assert await view.page.locator("#noise").inner_text() == "Public messages:\n4 bot\n0 people\n0 with sound"


async def test_nobodys_words_become_markup(playground: Playground) -> None:
    nasty = "<img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}} *b* `c` [x](javascript:alert(3))"
    for place in (TELEGRAM, DISCORD):
        await playground.say(BUDI, place, nasty)
        await playground.run(BUDI, place, "shout", {"words": nasty})
    await playground.settle()
    async with look(playground) as view:
        await view.shows("telegram", nasty)
        assert await view.page.locator(".blocks :is(img, script, a, strong)").count() == 0


async def test_an_act_made_without_a_connection_arrives_once_it_is_back(playground: Playground) -> None:
    async with browse() as browser, serve(playground) as site:
        view = await enter(browser, site, WIDE, "en")
        await view.page.context.set_offline(True)
        await view.write("telegram", "/shout I was offline")
        await view.page.locator("#offline").wait_for()
        await view.page.context.set_offline(False)
        await view.shows("telegram", "I was offline")
        await view.page.locator("#offline").wait_for(state="hidden", timeout=15_000)
    assert sees(playground, CITRA, TELEGRAM) == ["I was offline"]


async def test_an_act_whose_reply_was_lost_is_not_done_twice(playground: Playground) -> None:
    async with browse() as browser, serve(playground) as site:
        view = await enter(browser, site, WIDE, "en")
        lost = asyncio.Event()

        async def lose(route: Route) -> None:
            if lost.is_set():
                await route.continue_()
                return
            lost.set()
            await route.fetch()
            await route.abort()

        await view.page.route("**/act", lose)
        await view.write("telegram", "/shout once")
        await view.write("telegram", "after it")
        await view.shows("telegram", "after it")
    assert sees(playground, CITRA, TELEGRAM) == ["once", "after it"]


async def test_acts_survive_that_the_program_starts_anew(
    sqlite_address: str, sqlite_file: Path, tmp_path: Path
) -> None:
    """Another program answers under the same address: with another token and other messages."""
    other = shutil.copy(sqlite_file, tmp_path / "other.db")
    async with browse() as browser:
        async with open_parlour(sqlite_address) as before, serve(before) as site:
            view = await enter(browser, site, WIDE, "en")
            port = int(site.rstrip("/").rpartition(":")[2])
            await view.write("telegram", "first")
            await view.shows("telegram", "first")
        await view.write("telegram", "while it was away")
        await view.page.locator("#offline").wait_for()
        async with open_parlour(f"sqlite:///{other}") as after, serve(after, port=port):
            await view.page.locator("#telegram .entry", has_text="while it was away").wait_for(timeout=20_000)
            assert await view.page.locator("#telegram .entry", has_text="first").count() == 0
            assert sees(after, CITRA, TELEGRAM) == ["while it was away"]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["id", "en"])
async def test_axe_finds_nothing(playground: Playground, language: str, dark: bool, size: tuple[int, int]) -> None:
    await fill(playground)
    async with look(playground, size, language, dark=dark) as view:
        await view.page.locator("#telegram .key", has_text="Wink").click()
        await view.page.locator("#telegram [role=alert] p").wait_for()
        await check(view)
        await view.page.locator("#telegram textarea").press_sequentially("/s")
        await view.page.wait_for_selector("#completion-telegram [role=option]")
        await check(view)
        await view.page.keyboard.press("Escape")
        if size == NARROW:
            await view.page.locator("#apps [data-app=discord]").click()
            await view.page.locator("#clock summary").click()
            await check(view)
        await view.write("discord", "/brew cup")
        await view.page.wait_for_selector("dialog[open]")
        await check(view)


async def check(view: View) -> None:
    """Run axe-core with every rule for WCAG 2.2 A and AA and its best practices."""
    await view.page.wait_for_timeout(350)
    found = await Axe().run(view.page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("language", ["id", "en"])
async def test_nothing_sticks_out_of_a_narrow_screen(playground: Playground, language: str) -> None:
    await fill(playground)
    async with look(playground, NARROW, language) as view:
        for app in ("telegram", "discord"):
            await view.page.locator(f"#apps [data-app={app}]").click()
            wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert await view.page.evaluate(wide) == 0
            inner = (
                f"() => {{ const it = document.querySelector('#log-{app}'); return it.scrollWidth - it.clientWidth }}"
            )
            assert await view.page.evaluate(inner) == 0
            box = await view.page.locator(f"#{app} .send").bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= NARROW[1]
        await view.page.locator("#clock summary").click()
        assert await view.page.evaluate(wide) == 0


async def test_at_four_times_the_size_everything_is_still_reached_by_scrolling_down(playground: Playground) -> None:
    await fill(playground)
    async with look(playground, (320, 256)) as view:
        root = view.page.locator("html")
        assert await root.evaluate("(it) => it.scrollWidth - it.clientWidth") == 0
        assert await root.evaluate("(it) => it.scrollHeight > it.clientHeight")
        await view.write("telegram", "small but here")
        await view.shows("telegram", "small but here")


async def test_targets_are_large_enough_for_a_finger(playground: Playground) -> None:
    await fill(playground)
    async with look(playground, NARROW) as view:
        script = """() => [...document.querySelectorAll('button, summary, textarea, .actor')]
            .filter((node) => node.offsetParent).map((node) => [node.textContent.trim(), node.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24).map(([text]) => text)"""
        assert await view.page.evaluate(script) == []


async def test_the_page_is_light_and_asks_nobody_else(playground: Playground) -> None:
    await fill(playground)
    async with look(playground) as view:
        sizes = [
            (await request.sizes())["responseBodySize"] for request in view.requests if "events" not in request.url
        ]
        assert 10_000 < sum(sizes) <= MOST_TRANSFERRED
        assert all(request.url.startswith(view.site) for request in view.requests)


async def test_the_policy_lets_nothing_else_run(playground: Playground) -> None:
    async with browse() as browser, serve(playground) as site:
        view = await enter(browser, site, WIDE, "en")
        for attempt in ATTEMPTS:
            await view.page.evaluate(attempt)
        await view.page.wait_for_timeout(200)
        assert await view.page.evaluate("window.bad") is None
        assert len([text for text in view.complaints if "Content Security Policy" in text]) >= 3
