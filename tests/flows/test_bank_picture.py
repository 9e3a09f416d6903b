"""A question's picture: given as a file, seen on demand wherever the question is asked."""

import pytest

from bot.domain.community import Review
from bot.domain.items import State
from tests.flows.shelf import PIXEL, files, history, item, items, reviews, writes
from tests.world import Human, World


@pytest.fixture
async def ani(world: World) -> Human:
    """The organiser in the private chat, whose group is known."""
    for person in (world.ani, world.budi, world.citra):
        await person.says("/help")
    return world.ani.private


async def test_a_picture_is_kept_and_shown_on_demand(world: World, ani: Human) -> None:
    await ani.sends("peta.png", PIXEL, "/quizbank picture 3", "image/png")
    assert "Gambarnya tersimpan" in ani.told
    found = await item(world, 3)
    assert found.picture
    assert found.version == 2
    assert [past.act for past in await history(world, 3)] == ["edit"]
    before = len(files(world))
    await ani.says("/quizbank show 3")
    assert len(files(world)) == before, "the page itself stays small"
    await ani.presses("Lihat gambarnya")
    assert [(leaf.kind, leaf.size) for leaf in files(world)[before:]] == [("image/png", len(PIXEL))]


async def test_number_and_picture_are_asked_for(world: World, ani: Human) -> None:
    await ani.says("/banksoal gambar")
    await ani.says("3")
    assert "Kirim gambarnya" in ani.told
    await ani.sends("", PIXEL)
    assert (await item(world, 3)).picture


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GIF89a" + b"x" * 50, "PNG, JPEG, atau WebP"),
        (b"<svg onload=alert(1)>", "PNG, JPEG, atau WebP"),
        (b"%PDF-1.7", "PNG, JPEG, atau WebP"),
        (b"", "PNG, JPEG, atau WebP"),
        (PIXEL + b"x" * 500 * 1024, "500 kB"),
    ],
)
async def test_only_pictures_of_a_bearable_size_are_taken(world: World, ani: Human, content: bytes, said: str) -> None:
    await ani.sends("peta.png", content, "/quizbank picture 3", "image/png")
    assert said in ani.told
    assert (await item(world, 3)).picture == ""


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PIXEL, "image/png"), (b"\xff\xd8\xff\xe0" + b"x" * 9, "image/jpeg"), (b"RIFF1234WEBPVP8 ", "image/webp")],
)
async def test_what_it_is_says_the_content_and_not_the_name(
    world: World, ani: Human, content: bytes, kind: str
) -> None:
    await ani.sends("evil.html", content, "/quizbank picture 3", "text/html")
    assert files(world)[-1].kind == kind
    assert "html" not in files(world)[-1].name


async def test_a_picture_is_taken_away_again(world: World, ani: Human) -> None:
    await ani.sends("peta.png", PIXEL, "/quizbank picture 3")
    await ani.presses("Ubah")
    await ani.presses("Hapus gambarnya")
    assert "Gambarnya sudah dihapus" in ani.told
    assert (await item(world, 3)).picture == ""
    assert "Hapus gambarnya" not in ani.buttons


async def test_a_member_illustrates_what_waits_and_nothing_else(world: World, ani: Human) -> None:
    citra = world.citra.private
    await writes(citra)
    await citra.sends("peta.png", PIXEL, "/quizbank picture 31")
    assert (await item(world, 31)).picture
    assert (await item(world, 31)).state is State.PROPOSED
    await citra.sends("peta.png", PIXEL, "/quizbank picture 3")
    assert "untuk moderator" in citra.told
    assert (await item(world, 3)).picture == ""
    await ani.says("/quizbank review")
    await ani.presses("Lihat gambarnya")
    assert files(world)[-1].size == len(PIXEL)


async def test_where_everybody_s_are_read_a_new_picture_is_read_too(world: World, ani: Human) -> None:
    await reviews(world, Review.EVERYBODY)
    await ani.sends("peta.png", PIXEL, "/quizbank picture 3")
    assert (await item(world, 3)).state is State.PROPOSED


async def test_who_is_asked_sees_it_with_one_tap(world: World, ani: Human) -> None:
    """In the daily quiz the card sends to the page of one's own, where the picture is a tap away."""
    for each in await items(world):
        await ani.sends("peta.png", PIXEL, f"/quizbank picture {each.id}")
    await world.passes(days=1)
    before = len(files(world))
    await world.citra.says("/daily")
    assert world.citra.buttons[0] == "Lihat gambarnya"
    await world.citra.presses("Lihat gambarnya")
    assert [leaf.size for leaf in files(world)[before:]] == [len(PIXEL)]
    assert "1: jawab" in "".join(
        str(b.label) for e in world.stage.transcript for p in e.pages for r in p.rows for b in r
    )


async def test_in_practice_too(world: World, ani: Human) -> None:
    for each in await items(world):
        await ani.sends("peta.png", PIXEL, f"/quizbank picture {each.id}")
    await world.citra.private.says("/quiz")
    before = len(files(world))
    await world.citra.private.presses("Lihat gambarnya")
    assert len(files(world)) == before + 1
