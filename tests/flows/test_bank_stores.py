"""The bank's longest way on both databases: written, sent back, changed, approved, imported, illustrated, exported."""

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
