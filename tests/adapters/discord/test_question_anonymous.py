"""Whose an anonymous question is reaches nobody on Discord: no message to others, no file, no button, no log line."""

import json
from pathlib import Path

import structlog

from bot.chat.places import Account
from bot.chat.press import verify
from tests.adapters.discord.circle import Circle, circled, plain
from tests.adapters.discord.stage import KEY
from tests.adapters.question import AGAIN, SKY, answers
from tests.wire.discord import Person
from tests.wire.discord.interactions import Interaction
from tests.wire.discord.state import SEND_MESSAGES
from tests.wire.truth import Entry

WORDS = "Kenapa 0! = 1? #matematika"
DEFINED = "Karena begitu didefinisikan."
PRODUCT = "Karena itu hasil kali kosong."
ASKED = "Q1 is asked without your name. I'll tell you when somebody answers."
PUBLIC = "Here everybody sees who writes. To ask without your name, send this to me in private."
OPTIONS = "Hasil kali kosong\nHasil bagi\nHasil tambah"
ANON = {"how": "anon"}
DAYS = 24 * 3600.0
LOGGED = 2000
"""Characters of a body that the server's log keeps."""

OF_NOBODY = ("GET", "IDENTIFY", "POST /users/@me/channels", "PUT /applications")
"""Calls of which nobody sees anything, and the commands; the third says with whom we want to talk."""


async def enter(circle: Circle) -> Person:
    """Somebody whom every search for name or number would find."""
    wulan = circle.state.add_person("wulan_x", display="Wulandari Sari")
    circle.state.join(circle.stage.guild, wulan)
    await circle.open_directs()
    await circle.slash(wulan, "help")
    await circle.says(wulan, "/start", circle.state.direct_channel(wulan))
    return wulan


def traces(text: str, wulan: Person) -> list[str]:
    """What in it would give her away."""
    return [sign for sign in ("wulan", str(wulan.id)) if sign in text.casefold()]


def sent(circle: Circle, wulan: Person) -> str:
    """Everything that the bot sent to Discord but what she alone sees, as it was sent and as it stands now."""
    direct, truth = circle.state.direct_channel(wulan), circle.server.truth
    effects = {effect.cause: effect for effect in truth.find("effect")}
    calls = [call for call in truth.find("call") if call.place != str(direct.id)]
    others = [call for call in calls if not is_hers(circle, wulan, effects.get(f"call:{call.number}"))]
    bodies = [call.detail["body"] for call in others if not call.method.startswith(OF_NOBODY)]
    assert max(map(len, bodies)) < LOGGED
    shown = [m for m in circle.state.messages.values() if m.only_for != wulan.id and m.channel_id != direct.id]
    ours = [message for message in shown if message.author_id == circle.state.bot.id]
    stands = [json.dumps([message.content, message.embeds, message.components]) for message in ours]
    files = [file.content.decode(errors="replace") for message in ours for file in message.attachments]
    return "\n".join((*bodies, *stands, *files))


def is_hers(circle: Circle, wulan: Person, effect: Entry | None) -> bool:
    """Whether that call answered something that she did, and nobody else sees the answer."""
    if effect is None or effect.detail.get("person") != str(wulan.id):
        return False
    known = circle.server.interactions.by_token.values()
    return all(is_hidden(item) for item in known if str(item.id) == effect.detail["interaction"])


def is_hidden(item: Interaction) -> bool:
    """Whether the answer is a form, suggestions, or a message for one person alone."""
    shown = [*item.messages, *([item.original] if item.original else [])]
    return all(message.only_for == item.person.id for message in shown)


async def live(circle: Circle, wulan: Person) -> None:
    """A question that meets everything: helpers, answers, doubts, votes, a moderator, its end and a new beginning."""
    ada, ben, dewi, eko = circle.ada, circle.ben, circle.dewi, circle.eko
    helping = await circle.slash(ben, "question list", {"what": "help"})
    await circle.taps(ben, helping.reply, "All topics")
    await circle.passes(DAYS)
    receipt = await circle.asks(wulan, WORDS, **ANON)
    assert plain(receipt.reply.text).startswith(ASKED)
    assert "Can you help?" in circle.told(ben)[-1]
    thread = circle.thread("Q1")
    await circle.says(dewi, DEFINED, thread)
    said = await circle.says(eko, PRODUCT, thread)
    await circle.fills(await circle.presses(wulan, "Still unclear"), words="Empty in which sense?")
    for person in (dewi, eko, wulan):
        await circle.server.people.react(person, circle.card("Q1"))
    await circle.taps(wulan, circle.card("Q1"), "Q1.1 solves it")
    await circle.chooses(wulan, "Mark as answer", said)
    await circle.slash(ada, "mod verify", {"what": "Q1.2", "verdict": "ok"})
    closed = await circle.slash(wulan, "question close", {"reason": "Clear now, thank you."}, thread)
    assert thread.archived
    await circle.taps(wulan, closed.reply, "Open it again")
    assert not thread.archived


async def reuse(circle: Circle) -> None:
    """Ada lets it become whatever it can become, gives that away as files, and tells the group of the week."""
    ada = circle.ada
    page = await circle.slash(ada, "question list", {"what": "Q1"})
    for words in ("Put into the FAQ", "Put into the library"):
        await circle.taps(ada, page.reply, words)
    opened = await circle.taps(ada, page.reply, "Make a quiz question")
    asked = await circle.fills(opened, options=OPTIONS)
    await circle.taps(ada, asked.reply, "A. Hasil kali kosong")
    for form in ("html", "csv", "markdown"):
        out = await circle.slash(ada, "group export", {"form": form})
        assert out.reply.attachments
    await circle.slash(ada, "quizbank export", {"form": "csv"})
    digest = await circle.slash(ada, "group digest")
    await circle.taps(ada, digest.reply, "Send it to the group")


async def look(circle: Circle) -> None:
    """What a curious member tries, and what the group reads anyway."""
    await circle.slash(circle.dewi, "search", {"words": "kenapa from:sari"})
    for line in ("question list", "points", "leaderboard", "resources", "question faq"):
        await circle.slash(circle.dewi, line)
    page = await circle.slash(circle.ada, "question list", {"what": "Q1"})
    await circle.taps(circle.ada, page.reply, "Must sign for a week")


async def test_nothing_that_the_bot_sends_writes_or_logs_gives_the_author_away(tmp_path: Path) -> None:
    with structlog.testing.capture_logs() as lines:
        async with circled(tmp_path) as circle:
            wulan = await enter(circle)
            await live(circle, wulan)
            await reuse(circle)
            await look(circle)
            await circle.passes(DAYS * 4)
            assert "Is Q1 solved?" in circle.told(wulan)[-1]
            circle.state.direct_channel(wulan).bot_denied = SEND_MESSAGES
            await circle.slash(circle.ben, "question answer", {"question": "Q1", "words": "Tidak ada cara lain."})
            assert "asked anonymously" in circle.card("Q1").text
            assert traces(sent(circle, wulan), wulan) == []
            assert await buttons_of(circle, wulan) == []
            assert await circle.points(wulan) == 0
            await circle.asks(wulan, "Bagaimana dengan nol pangkat nol?")
            assert traces(sent(circle, wulan), wulan) == ["wulan"], "a name that is to be seen is found"
    assert "cannot_send" in [line["event"] for line in lines]
    assert traces(json.dumps(lines, default=repr), wulan) == []


async def buttons_of(circle: Circle, person: Person) -> list[str]:
    """Buttons that are bound to this person but stand where others see them."""
    async with circle.stage.store.read() as unit:
        found = (await unit.arrivals.of(circle.stage.place, Account("discord", str(person.id)))).person
    assert found
    direct = circle.state.direct_channel(person)
    shown = [m for m in circle.state.messages.values() if m.only_for != person.id and m.channel_id != direct.id]
    signed = [part["custom_id"] for message in shown for part in message.buttons if "custom_id" in part]
    presses = [verify(each.partition("~")[0], (KEY,)) for each in signed if not each.startswith("open:")]
    assert presses
    return [press.action for press in presses if press.owner == found.id]


async def test_what_the_author_does_in_public_is_taken_like_everybody_else_s(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        wulan = await enter(circle)
        await circle.asks(wulan, WORDS, **ANON)
        thread = circle.thread("Q1")
        for person in (circle.dewi, wulan):
            await circle.says(person, "Menurut saya begitu.", thread)
            await circle.server.people.react(person, circle.card("Q1"))
        await circle.settle()
        assert "2 answers so far." in circle.card("Q1").text
        assert circle.card("Q1").button("I wonder too (2)")
        assert len(await answers(circle.stage.store)) == 2


async def test_a_form_stays_anonymous_whatever_happens_while_it_is_open(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        opened = await circle.slash(circle.ben, "ask", ANON)
        await circle.slash(circle.ben, "points")
        receipt = await circle.fills(opened, words=SKY)
        assert plain(receipt.reply.text) == ASKED
        assert "asked anonymously" in circle.card("Q1").text


async def test_what_is_similar_is_shown_to_the_author_alone_and_asked_without_a_name(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        await circle.asks(circle.dewi, SKY)
        similar = await circle.asks(circle.ben, AGAIN)
        assert similar.reply.only_for == circle.ben.id
        await circle.taps(circle.ben, similar.reply, "Ask it without my name")
        assert "asked anonymously" in circle.card("Q2").text


async def test_a_form_in_private_and_words_in_private_are_anonymous_too(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        await circle.open_directs()
        direct = circle.state.direct_channel(circle.ben)
        opened = await circle.slash(circle.ben, "ask", ANON, direct)
        await circle.fills(opened, words=SKY)
        await circle.says(circle.ben, f"/ask anon {WORDS}", direct)
        assert all("asked anonymously" in circle.card(name).text for name in ("Q1", "Q2"))
        assert circle.told(circle.ben)[-1] == ASKED.replace("Q1", "Q2")


async def test_what_others_can_read_is_no_place_for_an_anonymous_question(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        name = f"<@{circle.state.bot.id}>"
        await circle.asks(circle.dewi, SKY)
        for place in (circle.stage.channel, circle.thread("Q1")):
            said = await circle.says(circle.ben, f"{name} /ask anon {WORDS}", place)
            assert circle.told(circle.ben)[-1] == PUBLIC
            assert said.reactions == set()
        assert [text for text in circle.stage.texts() if text.startswith("## **Q2")] == []
