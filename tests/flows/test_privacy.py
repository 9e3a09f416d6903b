"""A person's data: what is told of them, taking them along, having them erased."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from adapters.playground.cast import GROUPS
from bot.clear import clear_old
from bot.domain.privacy import REMOVED, Kind
from bot.features.privacy.shelf import KINDS, SHELVES
from storage.person.registry import HOLDINGS
from storage.store import DatabaseStore
from tests.world import World

SECRET = "kangkung-rahasia"
"""A word that only Citra writes."""


async def lives(world: World) -> None:
    """Citra takes part in much, and others with her."""
    await world.passes(hours=22)
    for number in "123":
        await world.citra.presses(f"{number}A")
        await world.dewi.presses(f"{number}A")
    await world.citra.says(f"/ask Apa itu {SECRET}-tanya dalam biologi?")
    await world.dewi.says("/ask Apa beda mitosis dan meiosis sebenarnya?")
    await world.citra.says(f"/answer Q2 Jumlah pembelahannya {SECRET}-jawab")
    await world.citra.says(f"/suggest Lebih banyak {SECRET}-saran setiap minggu")
    await world.citra.says(f"/need Butuh {SECRET}-papan untuk belajar")
    await world.citra.says(f"/search {SECRET}-cari")


async def erased(world: World, *, tidies: bool = True) -> None:
    """Citra goes."""
    await world.citra.private.says("/privacy")
    await world.citra.private.presses("Hapus data saya")
    await world.citra.private.presses("Ya, hapus semuanya")
    await world.passes(hours=1, minutes=1)
    if tidies:
        async with world.store.begin() as unit:
            sweeps = await clear_old(unit, world.clock)
        assert sweeps
        await world.store.sweep()


def file_of(world: World) -> Path:
    assert isinstance(world.store, DatabaseStore)
    return Path(str(world.store.url.database))


def sums(world: World) -> list[Any]:
    """Every sum, and what all entries together say."""
    with closing(sqlite3.connect(file_of(world))) as connection:
        rows = connection.execute("SELECT * FROM total ORDER BY 1, 2, 3, 4").fetchall()
        return rows + connection.execute("SELECT count(*), sum(amount) FROM entry").fetchall()


def test_every_kind_that_is_told_stands_for_tables_and_every_table_is_told() -> None:
    assert {holding.kind for holding in HOLDINGS} - {None} == set(Kind) == set(KINDS)
    shown = {holding.table.name for holding in HOLDINGS if holding.kind and holding.shown}
    assert shown == set(SHELVES)


async def test_an_export_has_what_is_ones_own_and_nobody_elses(world: World) -> None:
    await lives(world)
    await world.dewi.says("/answer Q1 Ini kata-kata Dewi sendiri")
    await world.citra.private.says("/privasi")
    await world.citra.private.presses("Ambil data saya")
    page, data = world.citra.private.files
    assert (page.name, data.name) == ("mydata.html", "mydata.json")
    for word in ("tanya", "jawab", "saran", "papan", "cari"):
        assert f"{SECRET}-{word}".encode() in data.content, word
        assert f"{SECRET}-{word}".encode() in page.content, word
    found = json.loads(data.content)["data"]
    assert len(found["answer"]) == 3
    assert found["account"][0]["id"] == "citra"
    assert found["question_answer"][0]["author"] == "you"
    for content in (page.content, data.content):
        assert b"Dewi" not in content
        assert b"<script" not in content
    assert b'lang="id"' in page.content
    assert "Pertanyaan Anda" in page.content.decode()
    await world.citra.private.presses("Ambil data saya")
    assert "Lain kali" in world.citra.private.told
    await world.passes(hours=1, minutes=1)
    await world.citra.private.says("/mydata")
    await world.citra.private.presses("Ambil data saya")
    assert len(world.citra.private.files) == 4


async def test_in_english_too(world: World) -> None:
    await world.eko.private.says("/privacy")
    await world.eko.private.presses("Export my data")
    assert b"<h2>Accounts</h2>" in world.eko.private.files[0].content
    await world.eko.private.says("/forgetme")
    await world.eko.private.presses("Yes, erase everything")
    assert "Erasing is planned" in world.eko.private.told


async def test_who_goes_is_found_nowhere_and_the_sums_are_as_before(world: World, capfd: Any) -> None:
    await lives(world)
    before = sums(world)
    async with world.store.begin() as unit:
        assert (found := await unit.people.of_account(world.citra.account))
    await erased(world)
    assert sums(world) == before
    path = file_of(world)
    copy = path.with_name("backup.db")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    files = [path, path.with_name(f"{path.name}-wal"), copy]
    for file in files:
        content = file.read_bytes().lower() if file.exists() else b""
        for word in (b"citra", SECRET.encode(), b"kangkung"):
            assert word not in content, (file.name, word, content.count(word))
    assert not [each for each in world.public if "Citra" in each or SECRET in each]
    assert any(REMOVED in each for each in world.public)
    assert any("Apa beda mitosis" in each for each in world.public), "what others asked stands"
    for words in ("/search kangkung", "/search citra", "/leaderboard", "/questions"):
        await world.dewi.says(words)
        answer = world.dewi.told
        assert "Citra" not in answer
        assert f"{SECRET}-" not in answer
    out, err = capfd.readouterr()
    assert "citra" not in (out + err).lower()
    async with world.store.begin() as unit:
        assert await unit.people.of_account(world.citra.account) is None
        assert await unit.people.accounts(found.id) == []
    await world.citra.says("/points")
    async with world.store.begin() as unit:
        assert (new := await unit.people.of_account(world.citra.account))
    assert new.id != found.id, "the same account is a stranger"


async def test_it_can_be_taken_back_until_it_is_done(world: World) -> None:
    await world.citra.private.says("/lupakansaya")
    assert "Yang tetap" in world.citra.private.told
    await world.passes(minutes=11)
    await world.citra.private.presses("Ya, hapus semuanya")
    assert "Minta lagi" in world.citra.private.told
    await world.citra.private.says("/forgetme")
    await world.citra.private.presses("Ya, hapus semuanya")
    await world.citra.private.says("/privacy")
    assert "akan dihapus" in world.citra.private.told
    await world.citra.private.says("/forgetme")
    await world.citra.private.presses("Jangan hapus data saya")
    await world.passes(hours=3)
    async with world.store.begin() as unit:
        assert await unit.people.of_account(world.citra.account)
    await world.citra.private.says("/privacy")
    assert "akan dihapus" not in world.citra.private.told


async def test_a_moderator_can_go_and_the_record_names_nobody(world: World) -> None:
    await world.budi.says("/warn @dewi Mengganggu diskusi")
    await world.budi.private.says("/forgetme")
    await world.budi.private.presses("Ya, hapus semuanya")
    await world.passes(hours=1, minutes=1)
    await world.ani.private.says("/modlog")
    assert "Budi" not in world.ani.private.told
    assert "mantan anggota" in world.ani.private.told


async def test_what_is_left_of_somebody_can_still_be_looked_at(world: World) -> None:
    await lives(world)
    await erased(world, tidies=False)
    await world.dewi.says("/pertanyaan Q1")
    assert "mantan anggota" in world.dewi.told
    for words in ("/questions", "/suggestions", "/board", "/resources", "/leaderboard", "/rota"):
        await world.dewi.says(words)
        assert "E-" not in world.dewi.told, words


async def test_two_accounts_become_one_when_both_agree_and_can_be_two_again(world: World) -> None:
    await lives(world)
    await world.dewi.private.says("/linkaccount")
    key = world.dewi.private.told.split("/linkaccount ")[1][:9]
    await world.dewi.private.presses("Sudah saya pakai")
    assert "belum dipakai" in world.dewi.private.told
    await world.citra.says(f"/linkaccount {key}")
    assert "pribadi" in world.citra.told or "Apakah kedua akun" in world.citra.told
    if "Apakah" not in world.citra.told:
        await world.citra.private.says(f"/linkaccount {key}")
    at = world.citra.private if world.citra.private.sees("Apakah kedua akun") else world.citra
    await at.presses("Ya, keduanya milik saya")
    assert "Sekarang akun yang lain" in at.told
    await world.dewi.private.presses("Sudah saya pakai")
    await world.dewi.private.presses("Ya, keduanya milik saya")
    assert "Dewi tetap, dan semua milik Citra" in world.dewi.private.told
    await at.presses("Lihat lagi")
    assert at.sees("Dewi tetap, dan semua milik Citra"), "both see what will be joined, before it counts"
    await world.dewi.private.presses("Gabungkan")
    assert "menjadi satu" in world.dewi.private.told
    await world.citra.private.says("/why")
    assert "akun lain" in world.citra.private.told, "the other account has the same points"
    await world.citra.says("/leaderboard")
    assert "Citra" not in world.citra.told
    await world.citra.says("/linkaccount")
    await world.dewi.private.presses("Batalkan")
    assert "terpisah lagi" in world.dewi.private.told
    async with world.store.read() as unit:
        one, two = [await unit.people.of_account(each.account) for each in (world.citra, world.dewi)]
    assert one
    assert two
    assert (one.name, two.name) == ("Citra", "Dewi")
    assert one.id != two.id


async def test_until_both_have_said_yes_each_sees_their_own_alone(world: World) -> None:
    await lives(world)
    await world.budi.says("/warn @dewi Mengganggu diskusi")
    await world.dewi.private.says("/linkaccount")
    key = world.dewi.private.told.split("/linkaccount ")[1][:9]
    await world.citra.private.says(f"/linkaccount {key}")
    shown = world.citra.private.told
    assert "Apakah kedua akun" in shown
    assert "Dewi" not in shown
    assert "peringatan 0" in shown, "whoever got the code by mistake reads of themselves"
    await world.dewi.private.presses("Sudah saya pakai")
    assert "Citra memakai kode ini" in world.dewi.private.told
    assert "peringatan 1" in world.dewi.private.told
    await world.dewi.private.presses("Tidak")
    await world.citra.private.presses("Ya, keduanya milik saya")
    assert "tidak berlaku" in world.citra.private.told
    assert "Dewi" not in world.citra.private.told


async def test_the_word_of_both_is_asked_for_before_anything_is_joined(world: World) -> None:
    await lives(world)
    await world.dewi.private.says("/linkaccount")
    key = world.dewi.private.told.split("/linkaccount ")[1][:9]
    await world.citra.private.says(f"/linkaccount {key}")
    for _ in range(2):
        await world.citra.private.presses("Ya, keduanya milik saya")
        assert "Sekarang akun yang lain" in world.citra.private.told
        await world.citra.private.presses("Lihat lagi")
        assert "Gabungkan" not in world.citra.private.buttons
    async with world.store.read() as unit:
        one, two = [await unit.people.of_account(each.account) for each in (world.citra, world.dewi)]
    assert one != two


async def test_guessed_codes_are_counted_and_nobody_joins_themselves(world: World) -> None:
    await world.dewi.private.says("/linkaccount")
    key = world.dewi.private.told.split("/linkaccount ")[1][:9]
    await world.dewi.private.says(f"/linkaccount {key}")
    assert "salah, atau sudah lewat" in world.dewi.private.told
    for _ in range(5):
        await world.citra.private.says("/linkaccount 2222-2222")
        assert "salah, atau sudah lewat" in world.citra.private.told
    await world.citra.private.says(f"/linkaccount {key}")
    assert "Terlalu banyak kode" in world.citra.private.told


async def test_in_a_group_of_minors_nobody_is_ranked_or_written_to_first(world: World) -> None:
    await world.citra.says("/minors on")
    assert "untuk pengelola" in world.citra.told
    await world.ani.says("/anak on")
    assert "sedang aktif" in world.ani.told
    await world.citra.private.says("/privacy")
    assert "wali" in world.citra.private.told
    await lives(world)
    before = len(world.citra.private.screen)
    await world.dewi.says("/answer Q1 Sejenis sayuran air")
    await world.passes(hours=14)
    assert len(world.citra.private.screen) == before
    await world.citra.says("/leaderboard")
    board = world.citra.told if "Belum ada" in world.citra.told else world.citra.private.told
    assert "Dewi" not in board.partition("Q1.1")[0]
    await world.citra.private.says("/points")
    assert world.citra.sees("Dewi menjawab") or world.citra.private.sees("Dewi menjawab"), "below the next answer"


async def test_a_group_that_put_the_bot_out_is_forgotten_after_a_month(world: World) -> None:
    for group in GROUPS:
        await world.stage.remove_bot(world.ani.account, group)
    await world.passes(days=29)
    await world.stage.add_bot(world.ani.account, world.group, "Kelas")
    await world.passes(days=29)
    async with world.store.read() as unit:
        assert await unit.communities.get(1), "who comes back within a month finds everything"
    await world.stage.remove_bot(world.ani.account, world.group)
    await world.passes(days=29)
    async with world.store.read() as unit:
        assert await unit.communities.get(1)
    await world.passes(days=2)
    async with world.store.read() as unit:
        assert await unit.communities.get(1) is None
