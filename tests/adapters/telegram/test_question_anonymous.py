"""Whose an anonymous question is reaches nobody on Telegram: no message to others, no file, no button, no log line."""

import json
from pathlib import Path

import pytest
import structlog

from bot.chat.places import Account, Place
from bot.chat.press import verify
from tests.adapters.telegram.circle import Circle, circled
from tests.adapters.telegram.stage import KEY
from tests.adapters.telegram.test_product import labels
from tests.wire.telegram.world import Json, Membership, Person

WORDS = "/tanya anon Kenapa 0! = 1? #matematika"
DEFINED = "Karena begitu didefinisikan."
PRODUCT = "Karena itu hasil kali kosong."
PUBLIC = "Here everybody sees who writes. To ask without your name, send this to me in private."
ASKED = "{} is asked without your name. I'll tell you when somebody answers."
DAYS = 24 * 3600.0
OPTIONS = "Hasil kali kosong\nHasil bagi\nHasil tambah"


async def enter(circle: Circle) -> Person:
    """Somebody whom every search for name, number or handle would find."""
    wulan = circle.stage.server.world.add_person(
        "Wulandari Sari", id=7_310_042_951, username="wulan_x", language_code="en"
    )
    circle.chat.members[wulan.id] = Membership()
    await circle.stage.acquaint(circle.community, wulan)
    circle.stage.server.people.start(wulan)
    await circle.settle()
    return wulan


def traces(text: str) -> list[str]:
    """What in it would give her away."""
    return [sign for sign in ("wulan", "7310042951") if sign in text.casefold()]


def sent(circle: Circle, wulan: Person) -> str:
    """Everything that the bot sent to Telegram but what went to her private chat; what it asks is shown to nobody."""
    calls = circle.stage.server.truth.find("call")
    shown = [call.detail for call in calls if call.place != str(wulan.id) and not call.method.startswith("get")]
    files = [file.content.decode(errors="replace") for file in circle.stage.server.files.stored.values()]
    return json.dumps(shown, ensure_ascii=False) + "\n".join(files)


async def live(circle: Circle, wulan: Person) -> None:
    """A question that meets everything: helpers, answers, doubts, votes, a moderator, its end and a new beginning."""
    ani, budi, dewi, eko = circle.people
    await circle.writes(budi, "/questions help")
    await circle.presses(budi, "All topics")
    await circle.passes(DAYS)
    await circle.writes(wulan, WORDS)
    assert "Can you help?" in circle.told(budi)[-1]
    card = circle.card("Q1")["message_id"]
    await circle.says(dewi, DEFINED, reply_to=card)
    await circle.says(eko, PRODUCT, reply_to=card)
    await circle.presses(wulan, "Still unclear")
    await circle.writes(wulan, "Empty in which sense?")
    for person in (dewi, eko):
        await circle.taps(person, "Q1", "I wonder too")
    await circle.taps(wulan, "Q1", "Q1.2 solves it")
    await circle.writes(ani, "/verify Q1.2 ok")
    await circle.writes(wulan, "/close Q1 Clear now, thank you.")
    await circle.presses(wulan, "Open it again")


async def reuse(circle: Circle) -> None:
    """Ani lets it become whatever it can become, gives that away as files, and tells the group of the week."""
    ani = circle.ani
    await circle.writes(ani, "/questions Q1")
    for words in ("Put into the FAQ", "Put into the library", "Make a quiz question"):
        await circle.presses(ani, words)
    await circle.writes(ani, OPTIONS)
    await circle.presses(ani, "A. Hasil kali kosong")
    for form in ("html", "csv", "markdown"):
        await circle.writes(ani, f"/export resources {form}")
    await circle.writes(ani, "/quizbank export csv")
    await circle.writes(ani, "/digest")
    await circle.presses(ani, "Send it to the group")


async def look(circle: Circle) -> None:
    """What a curious member tries, and what the group reads anyway."""
    for line in ("/search kenapa from:sari", "/questions Q1", "/leaderboard", "/resources"):
        await circle.writes(circle.dewi, line)
    await circle.presses(circle.ani, "Must sign for a week")


async def test_nothing_that_the_bot_sends_writes_or_logs_gives_the_author_away(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with structlog.testing.capture_logs() as lines:
        async with circled(tmp_path) as circle:
            wulan = await enter(circle)
            await live(circle, wulan)
            await reuse(circle)
            await look(circle)
            await circle.passes(DAYS * 4)
            assert "Is Q1 solved?" in circle.told(wulan)[-1]
            wulan.deactivated = True
            await circle.writes(circle.budi, "/answer Q1 Tidak ada yang bisa diatur lain.")
            assert "asked anonymously" in circle.card("Q1")["text"]
            assert traces(sent(circle, wulan)) == []
            assert await buttons_of(circle, wulan) == []
            wulan.deactivated = False
            await circle.writes(wulan, "/tanya Bagaimana dengan nol pangkat nol?")
            assert traces(sent(circle, wulan)) == ["wulan"], "a name that is to be seen is found"
            await circle.writes(circle.dewi, "/search nol from:sari")
            assert "Q2 Bagaimana" in circle.told(circle.dewi)[-1]
    assert "cannot_send" in [line["event"] for line in lines]
    assert traces(json.dumps(lines, default=repr) + caplog.text) == []


async def buttons_of(circle: Circle, person: Person) -> list[str]:
    """Buttons that are bound to this person but stand where others see them."""
    async with circle.stage.store.read() as unit:
        found = (await unit.arrivals.of(Place("telegram", str(circle.chat.id)), account(person))).person
    assert found
    chats = (circle.chat, *map(circle.stage.private, circle.people))
    shown = [message for chat in chats for message in circle.stage.ours(chat)]
    rows = [row for message in shown for row in message.get("reply_markup", {}).get("inline_keyboard", [])]
    presses = [verify(button["callback_data"], (KEY,)) for row in rows for button in row if "callback_data" in button]
    assert presses
    return [press.action for press in presses if press.owner == found.id]


def account(person: Person) -> Account:
    return Account("telegram", str(person.id))


async def test_what_the_author_does_in_public_is_taken_like_everybody_else_s(tmp_path: Path) -> None:
    async with circled(tmp_path, admin=True) as circle:
        wulan = await enter(circle)
        await circle.writes(wulan, WORDS)
        card = circle.card("Q1")["message_id"]
        for person in (circle.dewi, wulan):
            said = await circle.says(person, f"Menurut {person.first_name} begitu.", reply_to=card)
            assert circle.marked(said)
            await circle.likes(person, card)
        assert "2 answers so far." in circle.card("Q1")["text"]
        assert "I wonder too (2)" in labels(circle.card("Q1"))


@pytest.mark.parametrize("line", ["/ask anon Why is the sky blue? #physics", "/ask anon"])
async def test_what_others_can_read_is_no_place_for_an_anonymous_question(tmp_path: Path, line: str) -> None:
    async with circled(tmp_path) as circle:
        command = await circle.says(circle.budi, line)
        assert circle.told(circle.budi)[-1] == PUBLIC
        assert not circle.marked(command)
        assert circle.stage.texts(circle.chat) == []


async def test_an_ephemeral_command_is_one(tmp_path: Path) -> None:
    async with circled(tmp_path, ephemeral=True) as circle:
        circle.stage.server.people.whisper(circle.budi, circle.chat, "/ask anon Why is the sky blue? #physics")
        await circle.settle()
        assert "asked anonymously" in circle.card("Q1")["text"]
        circle.stage.server.people.whisper(circle.dewi, circle.chat, "/ask Why is the sky blue at noon? #physics")
        await circle.settle()
        await press_private(circle, circle.dewi, "Ask it without my name")
        assert "asked anonymously" in circle.card("Q2")["text"]
        assert [view["text"] for view in views(circle, circle.budi)] == [ASKED.format("Q1")]
        assert [view["text"] for view in views(circle, circle.dewi)] == [ASKED.format("Q2")]
        assert (circle.done()["sendMessage"], len(circle.stage.texts(circle.chat))) == (4, 2)


def views(circle: Circle, person: Person) -> list[Json]:
    """What the bot shows to this person alone in the group."""
    shown = circle.chat.private_views.items()
    return [view for (receiver, _), view in shown if receiver == person.id and view["from"]["is_bot"]]


async def press_private(circle: Circle, person: Person, label: str) -> None:
    number = views(circle, person)[-1]["ephemeral_message_id"]
    press = circle.stage.server.people.press_private(person, circle.chat, number, label)
    await circle.stage.until(lambda: press.answers)
    await circle.settle()
