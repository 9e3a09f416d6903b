"""The library as files for moderators."""

import pytest

from tests.world import Human, World


@pytest.fixture
async def budi(world: World) -> Human:
    """A moderator, in private, in a group that shared two things and removed a third."""
    for person in (world.budi, world.citra):
        await person.says("/help")
    citra = world.citra.private
    await citra.says("/share https://a.example/1 =Sel #biologi\n<b>Dinding</b>")
    await citra.says("/share Baca soalnya dua kali #ujian")
    await citra.says("/share https://a.example/3 Hilang #biologi")
    await citra.presses("Hapus")
    await world.budi.private.says("/verify R2 ok")
    return world.budi.private


async def test_pages_for_phones_hold_what_everybody_sees(budi: Human) -> None:
    await budi.says("/ekspor sumber html")
    assert "2 sumber di berkas ini" in budi.told
    (page,) = budi.files
    assert (page.name, page.kind) == ("resources.html", "text/html")
    text = page.content.decode()
    for words in ("Kelas Contoh", "&lt;b&gt;Dinding", "✓ Terverifikasi oleh Budi", "Dibagikan oleh Citra"):
        assert words in text
    assert "Hilang" not in text


@pytest.mark.parametrize(
    ("form", "name", "words"),
    [("csv", "resources.csv", "'=Sel"), ("markdown", "resources.md", "\\<b\\>Dinding\\</b\\>")],
)
async def test_a_table_and_markdown_hold_the_same(budi: Human, form: str, name: str, words: str) -> None:
    await budi.says(f"/export resources {form}")
    (file,) = budi.files
    assert file.name == name
    assert words in file.content.decode()
    assert "Hilang" not in file.content.decode()


async def test_one_topic_is_given_alone(budi: Human) -> None:
    await budi.says("/export resources csv #ujian")
    (file,) = budi.files
    assert file.name == "resources-ujian.csv"
    assert "R2" in file.content.decode()
    assert "R1" not in file.content.decode()


async def test_the_format_is_asked_by_buttons(budi: Human) -> None:
    await budi.says("/export resources")
    await budi.presses("Markdown")
    assert [file.name for file in budi.files] == ["resources.md"]


async def test_nothing_to_give_is_said(budi: Human) -> None:
    await budi.says("/export resources csv kimia")
    assert "Belum ada apa-apa" in budi.told
    assert budi.files == []


@pytest.mark.usefixtures("budi")
async def test_members_are_given_no_file(world: World) -> None:
    await world.citra.private.says("/export resources csv")
    assert "untuk moderator" in world.citra.private.told
    assert world.citra.private.files == []
