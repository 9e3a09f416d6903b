"""The first half hour of somebody who tries Bareng, in a real browser: from the onboarding to the leaderboard."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page

from tests.adapters.playground.site import browse, ready, serve
from tests.world import World, opened


@pytest.fixture
async def world(sqlite_address: str) -> AsyncIterator[World]:
    """The example community."""
    async with opened(sqlite_address) as world:
        yield world


@pytest.fixture
async def page(world: World) -> AsyncIterator[Page]:
    """Its page in Indonesian."""
    async with browse() as browser, serve(world.stage, "id") as site:
        page = await browser.new_page(viewport={"width": 1366, "height": 900})
        page.set_default_timeout(10_000)
        await page.goto(site)
        await ready(page)
        yield page
        await page.close()


def last(page: Page, pane: str, text: str) -> Locator:
    """The newest message of a pane with that text."""
    return page.locator(f"#{pane} .entry", has_text=text).last


async def press(page: Page, pane: str, message: str, label: str) -> None:
    """Press a button of the newest message with that text."""
    await last(page, pane, message).get_by_role("button", name=label).click()


async def write(page: Page, pane: str, text: str) -> None:
    """Write and send."""
    await page.locator(f"#{pane} textarea").fill(text)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")


async def be(page: Page, name: str) -> None:
    """Become somebody."""
    await page.get_by_role("radio", name=name).check()


async def test_the_first_half_hour(page: Page, world: World) -> None:
    await set_up(page)
    await add_an_item(page)
    await page.get_by_role("button", name="Ke jam kuis").click()
    await last(page, "telegram", "Kuis harian ·").wait_for()
    rights = await right_options(world)
    for name, pane in (("Ani", "telegram"), ("Budi", "telegram"), ("Citra", "discord")):
        await be(page, name)
        await answer(page, pane, rights)
    await page.get_by_role("button", name="Ke penutupan").click()
    for pane in ("telegram", "discord"):
        await last(page, pane, "3 orang ikut, 3 menyelesaikan").wait_for()
        shares = await last(page, pane, "3 orang ikut").locator(".bar.right .count").all_inner_texts()
        assert shares == ["3 · 100%"] * 3
    await write(page, "discord", "/leaderboard")
    await last(page, "discord", "1. Ani · 1").wait_for()
    await write(page, "telegram", "/why")
    await last(page, "telegram", "+1").wait_for()
    assert await page.locator("#noise b").all_inner_texts() == ["2", "0", "0"]


async def set_up(page: Page) -> None:
    """The onboarding: four taps and a sample."""
    await write(page, "telegram", "/atur")
    await press(page, "telegram", "zona mana", "WITA")
    await press(page, "telegram", "Seberapa ramai", "Seimbang")
    await press(page, "telegram", "tujuan grup", "Lanjutkan")
    await press(page, "telegram", "Izin saya di sini", "Selesai")
    await last(page, "telegram", "Siap!").wait_for()
    await page.locator("#now", has_text="WITA").wait_for()


async def add_an_item(page: Page) -> None:
    """A question for the bank, by Discord's form and one button."""
    await write(page, "discord", "/quizbank add")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Soalnya").fill("Ibu kota Jepang?")
    await dialog.get_by_label("Pilihan, satu per baris").fill("Kyoto\nTokyo")
    await dialog.get_by_role("button", name="Kirim").click()
    await press(page, "discord", "Mana yang benar?", "B. Tokyo")
    await last(page, "discord", "Bank soal kini berisi 31 soal").wait_for()


async def answer(page: Page, pane: str, rights: list[int]) -> None:
    """Answer every item rightly, and see each verdict before the next tap."""
    for position, right in enumerate(rights):
        await press(page, pane, "Kuis harian ·", f"{position + 1}{'ABCDE'[right]}")
        told = "Selesai: +1 poin" if position + 1 == len(rights) else f"({position + 1}/{len(rights)})"
        await page.locator(f"#{pane} :is(.entry, [role=alert])", has_text=told).last.wait_for()


async def right_options(world: World) -> list[int]:
    """The right option of each item of the running quiz."""
    async with world.store.read() as unit:
        quiz = await unit.quizzes.latest(1)
    assert quiz is not None
    return [item.right[0] for item in quiz.items]


async def test_a_live_round_in_both_apps_at_once(page: Page, world: World) -> None:
    await write(page, "telegram", "/kuis biologi 2")
    await press(page, "telegram", "Kuis bareng: 2 soal", "Buka untuk grup")
    for name, pane in (("Budi", "telegram"), ("Citra", "discord")):
        await be(page, name)
        await press(page, pane, "yang membuka ronde ini", "Ikut")
    await be(page, "Ani")
    await comes(page, world, "telegram", "2 orang sudah ikut")
    await press(page, "telegram", "2 orang sudah ikut", "Mulai")
    for position in range(2):
        for name, pane in (("Budi", "telegram"), ("Citra", "discord")):
            await comes(page, world, pane, f"soal {position + 1} dari 2")
            await be(page, name)
            right = "ABCDE"[await right_option(world, position)]
            asked = last(page, pane, f"soal {position + 1} dari 2")
            await asked.get_by_role("button", name=right, exact=True).click()
            await page.locator(f"#{pane} :is(.entry, [role=alert])", has_text="sudah tercatat").last.wait_for()
        await comes(page, world, "telegram", "2 orang menjawab")
    for pane in ("telegram", "discord"):
        await comes(page, world, pane, "2 orang ikut")
        assert "100%" in await last(page, pane, "2 orang ikut").inner_text()


async def comes(page: Page, world: World, pane: str, text: str) -> None:
    """Let the seconds pass until a message says that."""
    for _ in range(60):
        if await last(page, pane, text).count():
            return
        await world.passes(seconds=1)
        await page.wait_for_timeout(50)
    raise AssertionError(text)


async def right_option(world: World, position: int) -> int:
    """The right option of an item of the running round."""
    async with world.store.read() as unit:
        live = await unit.rounds.current(1)
        assert live
        quiz = await unit.quizzes.get(1, live.quiz)
    assert quiz
    return quiz.items[position].right[0]
