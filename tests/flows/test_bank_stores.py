"""The bank's longest way on both databases: written, sent back, changed, approved, imported, illustrated, exported."""

import asyncio

from bot.domain.items import State
from tests.flows.shelf import PIXEL, files, history, item, items, writes
from tests.world import opened

GIFT = "Ibu kota Jepang? {=Tokyo ~Osaka}\n\nPlanet apa yang terdekat dari matahari? {=Merkurius =Mercury}"


async def test_a_question_goes_all_the_way(address: str) -> None:
    async with opened(address) as world:
        for person in (world.ani, world.citra):
            await person.says("/help")
        ani, citra = world.ani.private, world.citra.private
        await writes(citra)
        await ani.says("/quizbank review")
        await ani.presses("Kembalikan")
        await ani.says("Tambah sumbernya.")
        await citra.presses("Ubah")
        await citra.presses("Sumber")
        await citra.says("Buku IPA")
        await citra.sends("peta.png", PIXEL, "/quizbank picture 31")
        await ani.says("/quizbank review")
        await ani.presses("Setujui")
        approved = await item(world, 31)
        assert (approved.state, approved.source, approved.version) == (State.ACTIVE, "Buku IPA", 2)
        assert [past.act for past in await history(world, 31)] == ["approve", "edit", "edit", "return"]
        await ani.sends("soal.gift", GIFT.encode(), "/quizbank import")
        assert "1 mirip dengan soal di bank" in ani.told
        await ani.presses("tanpa yang mirip")
        assert len(await items(world)) == 32
        await ani.says("/quizbank list")
        await ani.says("/quizbank show 31")
        await ani.presses("Pensiunkan")
        await ani.says("/quizbank export xlsx")
        assert "31 soal di berkas ini" in ani.told
        assert files(world)[-1].name == "bank.xlsx"


async def test_what_two_do_at_the_same_moment_happens_one_after_the_other(address: str) -> None:
    async with opened(address) as world:
        for person in (world.ani, world.budi, world.citra):
            await person.says("/help")
        ani, budi, citra = world.ani.private, world.budi.private, world.citra.private
        for number in range(5):
            await writes(citra, f"Planet nomor {number}?\n= Planet {number}")
        for person in (ani, budi):
            await person.says("/quizbank review")
        for number in range(31, 36):
            await asyncio.gather(ani.presses("Setujui"), budi.presses("Setujui"))
            assert (await item(world, number)).state is State.ACTIVE
            assert len(await history(world, number)) == 1, "one approval, the other was told so"
            for person in (ani, budi):
                if "Lanjut" in person.buttons:
                    await person.presses("Lanjut")
        for person in (ani, budi):
            await person.says("/quizbank edit 31")
        await ani.presses("Sumber")
        await budi.presses("Pembahasan")
        await asyncio.gather(ani.says("Buku IPA"), budi.says("Karena begitu."))
        after = await item(world, 31)
        assert (after.source, after.text("id").explanation) == ("Buku IPA", "Karena begitu.")
        for person in (ani, budi):
            await person.says(f"/quizbank import {GIFT}")
        await asyncio.gather(ani.presses("Simpan"), budi.presses("Simpan"))
        assert len(await items(world)) == 37
