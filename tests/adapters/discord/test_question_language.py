"""Questions on Discord in the reader's words, and names that are offered while somebody types."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from tests.adapters.discord.circle import Circle, circled, plain
from tests.adapters.question import SKY
from tests.wire.discord import Person
from tests.wire.discord.interactions import Interaction
from tests.wire.discord.people import fields

CATALOGUE = Path(__file__).parents[3] / "bot" / "locale" / "id.po"

WHY = "Kenapa langit biru? #fisika"
WHY_AGAIN = "Kenapa ya langit biru sekali? #fisika"
BECAUSE = "Karena cahaya biru paling banyak dihamburkan."


def english() -> Iterator[re.Pattern[str]]:
    """Every sentence that is another one in Indonesian, as it may read with something filled in."""
    with CATALOGUE.open("rb") as file:
        for message in read_po(file, locale="id"):
            sources = [message.id] if isinstance(message.id, str) else list(message.id)
            for source in sources if message.id and message.string != message.id else ():
                yield re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(plain(source))))


ENGLISH = tuple(english())


def foreign(item: Interaction) -> list[str]:
    """What of an answer is not in Indonesian: lines of its text, labels of its buttons, words of its form."""
    shown = [] if item.modal else [*plain(item.reply.text).split("\n"), *labels(item)]
    form = [field["label"] for field in fields(item.modal)] if item.modal else []
    parts = [part.strip() for line in (*shown, *form) for part in line.removeprefix("- ").split(" · ")]
    return [part for part in parts if any(source.fullmatch(part) for source in ENGLISH)]


def labels(item: Interaction) -> list[str]:
    return [part["label"] for part in item.reply.buttons if "label" in part]


async def offers(circle: Circle, person: Person, line: str, option: str, typed: str) -> list[tuple[str, str]]:
    """What is suggested while somebody types that option."""
    people, where = circle.server.people, circle.stage.channel
    item = await people.slash(person, where, line, {option: typed}, focused=option)
    await circle.stage.until(lambda: item.choices is not None)
    return [(choice["name"], choice["value"]) for choice in item.choices or []]


async def test_names_are_offered_by_number_and_by_words(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        await circle.asks(circle.ben, SKY)
        await circle.asks(circle.dewi, "How do vaccines work? #biology")
        sky, vaccines = ("Q1 · Why is the sky blue?", "Q1"), ("Q2 · How do vaccines work?", "Q2")
        for line, option in (
            ("question answer", "question"),
            ("question close", "question"),
            ("question solved", "which"),
        ):
            assert await offers(circle, circle.citra, line, option, "") == [vaccines, sky]
            assert await offers(circle, circle.citra, line, option, "SKY") == [sky]
            assert await offers(circle, circle.citra, line, option, "q2") == [vaccines]
        assert await offers(circle, circle.ada, "question move", "to", "nothing") == []
        topics = await offers(circle, circle.citra, "question list", "what", "bio")
        assert topics == [("#biology", "#biology")]


async def test_forms_are_called_like_the_command_or_by_what_they_ask(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        await circle.asks(circle.ben, SKY)
        asked = await circle.slash(circle.citra, "ask")
        answered = await circle.slash(circle.citra, "question answer", {"question": "Q1"})
        pressed = await circle.taps(circle.citra, circle.card("Q1"), "Answer")
        titles = [item.modal and item.modal["title"] for item in (asked, answered, pressed)]
        assert titles == ["/ask", "/question answer", "Jawaban"]


async def test_whoever_reads_indonesian_reads_nothing_else(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        await circle.open_directs()
        shown = [(foreign(item), item) async for item in life(circle)]
        assert [part for parts, _ in shown for part in parts] == []
        assert plain(shown[1][1].reply.text) == "Q1 sudah ditanyakan. Nanti saya kabari kalau ada jawaban."
        assert circle.first("Q1")[0] == "Q1 · ✓ answered", "the group reads English"
        english_too = await circle.slash(circle.dewi, "question list", {"what": "all"})
        assert "Open" in foreign(english_too)


async def life(circle: Circle) -> AsyncIterator[Interaction]:
    """Everything that Citra is shown while she asks, answers and looks around."""
    citra, menu = circle.citra, circle.chooses
    yield (opened := await circle.slash(citra, "ask"))
    yield await circle.fills(opened, words=WHY)
    thread = circle.thread("Q1")
    said = await circle.says(circle.dewi, BECAUSE, thread)
    yield await menu(citra, "Mark as answer", said)
    yield (page := await circle.taps(citra, circle.card("Q1"), "Answers (1)"))
    yield await circle.taps(citra, page.reply, "Q1.1")
    yield await circle.presses(citra, "Still unclear")
    yield (similar := await circle.asks(citra, WHY_AGAIN))
    yield await circle.taps(citra, similar.reply, "Tetap tanyakan")
    yield await circle.slash(citra, "question close", {"question": "Q2", "reason": "Sudah."})
    yield await circle.slash(citra, "question list", {"what": "all"})
    yield await circle.slash(citra, "question list", {"what": "help"})
    yield await circle.slash(citra, "question list", {"what": "Q9"})
    yield await circle.slash(citra, "question answer", {"words": "Begitulah."})
    yield await circle.slash(citra, "question faq")
