"""Questions on Telegram: one card in the group however much happens, and everything else in private."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from adapters.telegram import topic as topics
from bot.domain.question import Closing, State
from tests.adapters.question import AGAIN, EYES, SCATTERED, SKY, STRAY, answers, question, votes
from tests.adapters.telegram.circle import Circle, circled
from tests.adapters.telegram.test_product import labels
from tests.wire.telegram.world import Membership

BOTS: dict[str, dict[str, bool]] = {
    "privacy": {},
    "privacy-10.3": {"ephemeral": True},
    "administrator": {"admin": True},
}
OFFER = "This answer is only for you."
HERE = "Questions will be posted here from now on."
TOLD = {
    "Ani": ["Q2 · open", "Q2: Why does the sky look blue to us?", "Q1 · open", "Q1 · closed: Solved together."],
    "Budi": [
        "Q1.1 · Dewi answered your question",
        "Q1 · open",
        "Ani closed Q1.",
    ],
    "Dewi": [
        "Your answer Q1.1 solved it: 5 points for you. Thank you!",
        "Q2 is asked. I'll tell you when somebody answers.",
        "Ani closed Q2.",
    ],
    "Eko": ["Your answer Q1.2 solved it: 5 points for you. Thank you!"],
}
"""How everything begins that each of them is told in private."""


async def asks(circle: Circle) -> int:
    """Budi asks in the group, and gets a thumb; gives the number of the card."""
    command = await circle.says(circle.budi, f"/ask {SKY}")
    assert circle.marked(command)
    assert circle.card("Q1")["text"].startswith("Q1 · open\n\nWhy is the sky blue?\n\nasked by Budi · #physics")
    number: int = circle.card("Q1")["message_id"]
    return number


async def converse(circle: Circle) -> None:
    """From the first question to the last word about it."""
    ani, budi, dewi, eko = circle.people
    card = await asks(circle)
    first = await circle.says(dewi, SCATTERED, reply_to=card)
    second = await circle.says(eko, EYES, reply_to=card)
    assert circle.marked(first)
    assert circle.marked(second)
    assert "2 answers so far." in circle.card("Q1")["text"]
    (told,) = await circle.taps(budi, "Q1", "Q1.1 solves it")
    assert told == {"text": "Q1.1 solves it. Thank you for saying so!", "show_alert": True}
    await circle.says(budi, "/solved", reply_to=second)
    assert all(words in circle.card("Q1")["text"] for words in ("Q1 · ✓ answered", SCATTERED, EYES))
    await circle.writes(budi, "/questions Q1")
    await circle.presses(budi, "Open it again")
    assert circle.card("Q1")["text"].startswith("Q1 · open")
    await repeat(circle)
    stray = await circle.says(dewi, STRAY)
    await circle.says(ani, "/move Q1", reply_to=stray)
    assert circle.marked(stray)
    await circle.says(ani, "/close Q1 Solved together.")
    assert circle.card("Q1")["text"].startswith("Q1 · closed: Solved together.")


async def repeat(circle: Circle) -> None:
    """Dewi asks the same once more; the owner links both."""
    command = await circle.says(circle.dewi, f"/ask {AGAIN}")
    assert not circle.marked(command)
    assert "Q1 Why is the sky blue?" in circle.told(circle.dewi)[-1]
    await circle.presses(circle.dewi, "Ask it anyway")
    await circle.writes(circle.ani, "/questions Q2")
    await circle.presses(circle.ani, "It was asked before")
    await circle.writes(circle.ani, "Q1")
    assert circle.card("Q2")["text"].startswith("Q2 · closed: the same as Q1")
    assert "Asked again as Q2" in circle.told(circle.ani)[-1]


def told_privately(circle: Circle) -> dict[str, list[str]]:
    """The first line of everything that everybody was told after the hello."""
    return {
        person.first_name: [text.partition("\n")[0] for text in circle.told(person)[1:]] for person in circle.people
    }


@pytest.mark.parametrize("bot", BOTS)
@pytest.mark.parametrize("where", ["group", "supergroup", "forum"])
async def test_a_whole_conversation_is_one_card_a_question_and_edits(tmp_path: Path, where: str, bot: str) -> None:
    forum, kind = where == "forum", "group" if where == "group" else "supergroup"
    async with circled(tmp_path, kind=kind, forum=forum, **BOTS[bot]) as circle:
        topic = 0
        if forum:
            topic = circle.stage.server.people.open_topic(circle.chat, circle.ani, "Questions")
            await circle.says(circle.ani, "/questions here", thread=topic)
        await converse(circle)
        assert {circle.card(name).get("message_thread_id", 0) for name in ("Q1", "Q2")} == {topic}
        done = circle.done()
        assert done.keys() == {"sendMessage", "editMessageText", "setMessageReaction"}
        assert done["sendMessage"] == 2
        assert circle.loud() == []
        assert told_privately(circle) == TOLD | {"Ani": [*([HERE] if forum else []), *TOLD["Ani"]]}
        asked = await question(circle.stage.store, 1, circle.community)
        assert (asked.state, asked.closing, asked.note) == (State.CLOSED, Closing.WORDS, "Solved together.")
        given = await answers(circle.stage.store, 1, circle.community)
        assert [(each.text, each.accepted) for each in given] == [(SCATTERED, True), (EYES, True), (STRAY, False)]


@pytest.mark.parametrize("ephemeral", [False, True])
async def test_whoever_never_opened_the_private_chat_asks_once_and_finds_the_answer_there(
    tmp_path: Path, ephemeral: bool
) -> None:
    async with circled(tmp_path, ephemeral=ephemeral) as circle:
        fajar = circle.stage.server.world.add_person("Fajar", language_code="en")
        circle.chat.members[fajar.id] = Membership()
        command = await circle.says(fajar, f"/ask {SKY}")
        assert circle.marked(command)
        await circle.says(circle.dewi, SCATTERED, reply_to=circle.card("Q1")["message_id"])
        await circle.says(fajar, "/questions mine")
        (offer,) = circle.stage.ours(circle.chat)[-1]["reply_markup"]["inline_keyboard"][0]
        circle.stage.server.people.start(fajar, offer["url"].partition("?start=")[2])
        await circle.settle()
        await circle.writes(fajar, "/questions mine")
        assert len([text for text in circle.told(fajar) if SCATTERED in text]) == 1
        assert [text.partition("\n")[0] for text in circle.stage.texts(circle.chat)] == ["Q1 · open", OFFER]


async def test_where_the_bot_is_an_administrator_thumbs_of_people_are_votes(tmp_path: Path) -> None:
    async with circled(tmp_path, admin=True) as circle:
        _, budi, dewi, eko = circle.people
        card = await asks(circle)
        answer = await circle.says(dewi, SCATTERED, reply_to=card)
        for message in (card, answer):
            for person in circle.people:
                await circle.likes(person, message)
        assert await votes(circle.stage.store, 1, circle.community) == {0: 3, 1: 3}
        assert "I wonder too (3)" in labels(circle.card("Q1"))
        await circle.taps(eko, "Q1", "I wonder too")
        await circle.likes(eko, answer, "")
        await circle.likes(dewi, card, "❤")
        assert await votes(circle.stage.store, 1, circle.community) == {0: 2, 1: 2}
        await circle.taps(budi, "Q1", "Q1.1 solves it")
        assert "Q1.1 · Dewi · ✓ accepted · 2 people were helped" in circle.card("Q1")["text"]
        assert circle.done()["sendMessage"] == 1


async def test_each_question_gets_a_topic_of_its_own_where_the_group_wants_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with circled(tmp_path, forum=True, admin=True) as circle:
        ani, budi, _, eko = circle.people
        world = circle.stage.server.world

        def monotonic() -> float:
            return world.now()

        monkeypatch.setattr(topics, "time", SimpleNamespace(monotonic=monotonic))
        await circle.says(ani, "/questions here")
        await circle.presses(ani, "Telegram: a topic for each")
        await circle.says(budi, f"/ask {SKY}")
        await circle.says(eko, "/ask How do vaccines work? #biology")
        await circle.passes(50)
        assert [topic.name for topic in circle.chat.topics.values()] == ["Q1 · Why is the sky blue?"]
        await circle.passes(11)
        first, second = circle.chat.topics
        assert circle.chat.messages[second]["date"] - circle.chat.messages[first]["date"] >= 60
        assert [circle.card(name)["message_thread_id"] for name in ("Q1", "Q2")] == [first, second]
        await talk(circle, first)
        assert [each.text for each in await answers(circle.stage.store, 1, circle.community)] == [SCATTERED, EYES]
        await circle.says(ani, "/close Well done, all of you.", thread=first)
        assert [topic.closed for topic in circle.chat.topics.values()] == [True, False]
        await circle.presses(budi, "Open it again")
        assert [topic.closed for topic in circle.chat.topics.values()] == [False, False]
        done = circle.done()
        assert (done["createForumTopic"], done["sendMessage"]) == (2, 2)
        assert (done["closeForumTopic"], done["reopenForumTopic"]) == (1, 1)


async def talk(circle: Circle, topic: int) -> None:
    """What is said in a topic: two answers, one of them to another person, and a remark of whoever asked."""
    first = await circle.says(circle.dewi, SCATTERED, thread=topic)
    second = await circle.says(circle.eko, EYES, reply_to=first)
    remark = await circle.says(circle.budi, "I mean by day.", thread=topic)
    assert [circle.marked(message) for message in (first, second, remark)] == [True, True, False]
    assert "2 answers so far." in circle.card("Q1")["text"]


async def test_an_answer_from_a_private_chat_is_accepted_with_a_thumb_at_the_command(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        await asks(circle)
        await circle.writes(circle.dewi, f"/answer Q1 {SCATTERED}")
        command = await circle.says(circle.budi, "/solved Q1.1")
        assert SCATTERED in circle.card("Q1")["text"]
        assert circle.marked(command)
        assert circle.stage.private(circle.dewi).reactions == {}
