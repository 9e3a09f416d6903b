"""Takes the pictures of the docs from the real page with the example community: `python -m tests.screenshots`."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser

from bot.domain.items import Item, letter
from storage.migrate import upgrade
from tests.adapters.playground.site import browse, chromium, ready, serve
from tests.world import DISCORD, TELEGRAM, World, opened

DOCS = Path(__file__).parent.parent / "docs"
WIDE = (1440, 900)
PICTURES = {"playground.png": WIDE, "playground-phone.png": (360, 740)}
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
        for position, item in enumerate(await items(world)):
            await person.presses(f"{position + 1}{letter((item.right[0] + (position in wrong)) % item.size)}")
    await world.passes(hours=13)
    await world.dewi.says("Malam ini kita bahas nomor 3, yuk?")
    await world.ani.says("Setuju! Pukul 20.30 ya.")
    await world.ani.in_(DISCORD).says("/leaderboard")


async def play(world: World) -> None:
    """A live round in both apps, while its first question is asked."""
    await world.ani.says("/kuis biologi 5")
    await world.ani.presses("2 regu")
    await world.ani.presses("Buka untuk grup")
    for name in ("budi", "citra", "dewi", "eko"):
        await getattr(world, name).in_(TELEGRAM if name < "d" else DISCORD).presses("Ikut")
    await world.passes(seconds=4)
    await world.ani.presses("Mulai")
    await world.passes(seconds=4)
    await world.citra.presses("A")


async def solve(world: World) -> None:
    """A question in both apps, with answers and what solved it."""
    await world.citra.says("/tanya Kenapa `0! = 1`? Bukannya kalau kosong hasilnya 0? #matematika")
    await world.budi.replies("Karena ada tepat satu cara menyusun nol benda: dibiarkan saja.", to="Kenapa 0! = 1")
    await world.dewi.in_(DISCORD).replies("Supaya $C(n, 0) = n! / (0! · n!) = 1$ tetap benar.", to="Kenapa 0! = 1")
    await world.eko.likes("satu cara menyusun nol benda")
    await world.ani.presses("Saya juga ingin tahu")
    await world.citra.presses("Pilih Q1.1")
    await world.citra.replies("Oh, begitu! Makasih, Budi.", to="satu cara menyusun nol benda")
    await world.ani.in_(DISCORD).says("/questions Q1")


async def care(world: World) -> None:
    """A day of moderation: thanks, a warning with its undo, a pin, and a report."""
    await world.citra.private.says("/start")
    await world.ani.says("Jadwal belajar bersama: Sabtu pukul 19.00 di kanal suara.")
    await world.ani.replies("/pin Jadwal", to="Jadwal belajar")
    await world.dewi.says("Integral parsial itu kebalikan aturan hasil kali, coba tulis u dan dv dulu.")
    await world.eko.thanks("Integral parsial")
    await world.citra.replies("makasih, jelas banget!", to="Integral parsial")
    await world.citra.says("Jual kunci jawaban UTBK murah, chat aku ya")
    await world.dewi.replies("/report Jualan kunci", to="kunci jawaban UTBK")
    await world.ani.replies("/warn -d Menjual kunci jawaban", to="kunci jawaban UTBK")
    await world.ani.in_(DISCORD).says("/modlog")


async def meet(world: World) -> None:
    """A weekly session: planned in plain words, answered in both apps, and led by one of them."""
    await world.citra.private.says("/start")
    await world.citra.says("/teach Aljabar")
    await world.ani.says("/sesi baru tiap Selasa jam setengah delapan malam Aljabar: persamaan kuadrat")
    await world.ani.presses("Rencanakan")
    await world.citra.says("/teach S1")
    await world.dewi.says("Akhirnya ada yang bahas persamaan kuadrat!")
    for name, answer in {"budi": "Saya ikut", "citra": "Saya ikut", "dewi": "Telat", "eko": "Mungkin"}.items():
        person = getattr(world, name).in_(TELEGRAM if name < "d" else DISCORD)
        await person.presses(answer)
    await world.citra.says("/session agenda S1\nRumus abc dari melengkapkan kuadrat\nSoal 3 sampai 7")
    await world.passes(minutes=20)
    await world.ani.in_(DISCORD).says("/jadwal")


async def items(world: World) -> tuple[Item, ...]:
    """The items of the running quiz."""
    async with world.store.read() as unit:
        quiz = await unit.quizzes.latest(1)
    return quiz.items if quiz else ()


async def main() -> int:
    """Write every picture into docs/."""
    if not chromium():
        sys.stderr.write("No Chromium found. Install it first: apt-get install chromium\n")
        return 1
    DOCS.mkdir(exist_ok=True)
    await shoot_all(live, PICTURES)
    await shoot_all(play, {"round.png": WIDE})
    await shoot_all(solve, {"question.png": WIDE})
    await shoot_all(care, {"moderation.png": WIDE})
    await shoot_all(meet, {"session.png": WIDE})
    return 0


async def shoot_all(scene: Callable[[World], Awaitable[None]], pictures: Mapping[str, tuple[int, int]]) -> None:
    """Pictures of one scene, in a group of its own."""
    with TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/bareng.db"
        await upgrade(address)
        async with opened(address) as world:
            await scene(world)
            async with serve(world.stage, "id") as site, browse() as browser:
                for name, (width, height) in pictures.items():
                    await shoot(browser, site, name, width, height)


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
