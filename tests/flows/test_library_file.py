"""A file that goes with a resource."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.errors import Refusal
from bot.chat.file import Document
from bot.domain.library import Resource, State
from bot.features.library.attach import read_file
from tests.world import Human, World

COMMUNITY = 1
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8


async def stored(world: World) -> Resource:
    async with world.store.read() as unit:
        found = await unit.library.get(COMMUNITY, 1)
    assert found
    return found


@pytest.fixture
async def citra(world: World) -> Human:
    """Citra, who has shared a tip and is asked for its file."""
    for person in (world.citra, world.dewi, world.budi):
        await person.says("/help")
    citra = world.citra.private
    await citra.says("/share Rangkuman sel #biologi")
    await citra.presses("Ubah")
    await citra.presses("Tambah berkas")
    return citra


async def test_a_file_is_kept_and_given_byte_for_byte(world: World, citra: Human) -> None:
    await citra.sends("Rangkuman Sel.PDF", PDF, kind="application/pdf")
    assert "Berkas: Rangkuman Sel.pdf" in citra.told
    assert (await stored(world)).kilobytes == 3
    dewi = world.dewi.private
    await dewi.says("/sumber R1")
    await dewi.presses("Ambil berkas")
    (file,) = dewi.files
    assert (file.name, file.content) == ("Rangkuman Sel.pdf", PDF)


@pytest.mark.parametrize("name", ["Undangan.apk", "x.EXE", "halaman.html", "gambar.svg", "a/b\\c.docm"])
async def test_what_runs_when_it_is_opened_is_refused(world: World, citra: Human, name: str) -> None:
    await citra.sends(name, PDF)
    assert "tidak disimpan" in citra.told
    assert not (await stored(world)).file


async def test_words_are_no_file(world: World, citra: Human) -> None:
    await citra.says("ini berkasnya")
    assert "Perlu berkas di sini" in citra.told
    assert not (await stored(world)).file


async def test_another_file_is_no_longer_the_one_that_was_verified(world: World, citra: Human) -> None:
    await citra.sends("a.pdf", PDF)
    await world.budi.private.says("/verify R1 ok")
    await citra.says("/sumber R1")
    await citra.presses("Ubah")
    await citra.presses("Ganti berkas")
    await citra.sends("b.pdf", PDF + b"x")
    assert (await stored(world)).state is State.UNVERIFIED


async def test_a_new_member_s_file_waits(world: World, citra: Human) -> None:
    await world.passes(hours=50)
    async with world.store.begin() as unit:
        found = (await unit.arrivals.of(world.group, citra.account)).member
        assert found
        await unit.people.save_member(replace(found, since=world.clock() - timedelta(hours=2)))
    await citra.says("/sumber R1")
    await citra.presses("Ubah")
    await citra.presses("Tambah berkas")
    await citra.sends("a.pdf", PDF)
    assert (await stored(world)).state is State.WAITING
    await world.dewi.private.says("/sumber R1")
    assert "Tidak ada R1" in world.dewi.private.told


@pytest.mark.parametrize(
    ("raw", "name"),
    [("../../etc/passwd", "passwd"), ("C:\\x\\catatan.txt", "catatan.txt"), ("a\u202egpj.pdf", "agpj.pdf")],
)
def test_a_name_is_no_path_and_hides_nothing(raw: str, name: str) -> None:
    assert read_file(Document(raw, b"x")).name == name


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Refusal):
        read_file(Document("a.pdf", b""))
