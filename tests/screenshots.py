"""Takes the pictures of the docs from the real page with the example community: `python -m tests.screenshots`."""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser

from storage.migrate import upgrade
from tests.adapters.playground.site import browse, chromium, ready, serve
from tests.world import DISCORD, TELEGRAM, World, opened

DOCS = Path(__file__).parent.parent / "docs"
PICTURES = {"playground.png": (1440, 900), "playground-phone.png": (360, 740)}
"""Each picture's width and height in CSS pixels."""

SETTLED = 400
"""Milliseconds after which the bars have grown."""


async def live(world: World) -> None:
    """A day in the life of the group: a quiz, answers in both apps, its close."""
    await world.passes(hours=22)
    await world.budi.says("Pagi semua! Siapa yang sudah coba soal nomor 2?")
    await world.citra.in_(DISCORD).says("Baru selesai. Nomor 3 bikin mikir!")
    for name, wrong in {"ani": (), "budi": (2,), "citra": (0,), "dewi": (1, 2), "eko": ()}.items():
        person = getattr(world, name).in_(TELEGRAM if name < "c" else DISCORD)
        for position, right in enumerate(await right_options(world)):
            await person.presses(f"{position + 1}{'ABCD'[(right + (position in wrong)) % 4]}")
    await world.passes(hours=13)
    await world.dewi.says("Malam ini kita bahas nomor 3, yuk?")
    await world.ani.says("Setuju! Pukul 20.30 ya.")
    await world.ani.in_(DISCORD).says("/leaderboard")


async def right_options(world: World) -> list[int]:
    """The right option of each item of the running quiz."""
    async with world.store.read() as unit:
        quiz = await unit.quizzes.latest(1)
    return [item.right[0] for item in quiz.items] if quiz else []


async def main() -> int:
    """Write every picture into docs/."""
    if not chromium():
        sys.stderr.write("No Chromium found. Install it first: apt-get install chromium\n")
        return 1
    DOCS.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/bareng.db"
        await upgrade(address)
        async with opened(address) as world:
            await live(world)
            async with serve(world.stage, "id") as site, browse() as browser:
                for name, (width, height) in PICTURES.items():
                    await shoot(browser, site, name, width, height)
    return 0


async def shoot(browser: Browser, site: str, name: str, width: int, height: int) -> None:
    """One picture of the page as Ani sees it."""
    page = await browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    await page.goto(f"{site}?lang=id")
    await ready(page)
    await page.wait_for_timeout(SETTLED)
    await page.screenshot(path=DOCS / name)
    await page.close()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
