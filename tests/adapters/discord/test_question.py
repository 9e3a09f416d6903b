"""Questions on Discord, where what people say to each other is hidden from us until somebody shows it."""

from pathlib import Path

from bot.domain.question import LONGEST_ANSWER, Closing, State
from tests.adapters.discord.circle import Circle, circled
from tests.adapters.question import AGAIN, EYES, SCATTERED, SKY, STRAY, answers, question
from tests.wire.discord.people import fields
from tests.wire.discord.state import Channel

PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
"""Members, presences, and what people write to each other."""

SOLVED = "`{}` solves it. Thank you for saying so!"
RAYLEIGH = "It is called Rayleigh scattering."
TOLD = {
    "ada": [],
    "ben": [
        "Q1.1 · Citra answered your question",
        "Q1 · open",
        "Ada closed Q1.",
    ],
    "citra": [
        "Your answer Q1.1 solved it: 5 points for you. Thank you!",
        "Your answer Q1.4 solved it. Thank you!",
    ],
    "dewi": ["Your message became Q2. You decide what solves it.", "Ada closed Q2."],
    "eko": ["Your answer Q1.3 solved it: 5 points for you. Thank you!"],
}
"""How everything begins that each of them is told in private."""


async def asks(circle: Circle) -> Channel:
    """Ben asks by the form; gives the thread below the card."""
    opened = await circle.slash(circle.ben, "ask")
    assert opened.modal is not None
    assert (opened.modal["title"], [field["custom_id"] for field in fields(opened.modal)]) == ("/ask", ["words"])
    told = await circle.fills(opened, words=SKY)
    assert told.reply.text == "`Q1` is asked. I'll tell you when somebody answers."
    assert told.reply.only_for == circle.ben.id
    assert circle.first("Q1") == ["Q1 · open", "Why is the sky blue?", "asked by Ben · #physics"]
    thread = circle.thread("Q1")
    assert (thread.name, thread.parent_id) == ("Q1 · Why is the sky blue?", circle.stage.channel.id)
    return thread


async def converse(circle: Circle) -> None:
    """From the first question to the last word about it."""
    thread = await asks(circle)
    await solve(circle, thread)
    other = circle.state.add_channel(circle.stage.guild, "lain")
    await turn(circle, other)
    await repeat(circle)
    await move(circle, other)
    await end(circle, thread)


async def solve(circle: Circle, thread: Channel) -> None:
    """Two write in the thread, one answers by command; Ben accepts from the menu and on the card."""
    said = await circle.says(circle.citra, SCATTERED, thread)
    await circle.says(circle.dewi, EYES, thread)
    await circle.says(circle.dewi, "Does that help?", thread)
    given = await circle.slash(circle.eko, "question answer", {"question": "Q1", "words": RAYLEIGH}, thread)
    assert "Your answer to `Q1` is in. Thank you!" in given.reply.text
    assert [each.text for each in await answers(circle.stage.store)] == ["", "", RAYLEIGH]
    assert "3 answers so far." in circle.card("Q1").text
    await circle.taps(circle.ben, circle.card("Q1"), "Q1.3 solves it")
    assert SCATTERED not in circle.card("Q1").text
    told = await circle.chooses(circle.ben, "Mark as answer", said)
    assert (told.reply.text, told.reply.only_for) == (SOLVED.format("Q1.1"), circle.ben.id)
    assert all(words in circle.card("Q1").text for words in ("✓ answered", SCATTERED, RAYLEIGH))


async def turn(circle: Circle, other: Channel) -> None:
    """Eko makes a question of what Dewi wrote elsewhere."""
    said = await circle.says(circle.dewi, AGAIN, other)
    similar = await circle.chooses(circle.eko, "Turn into question", said)
    assert "**Q1** Why is the sky blue?" in similar.reply.text
    told = await circle.taps(circle.eko, similar.reply, "Ask it anyway")
    assert told.reply.text == "It is `Q2` now."
    assert circle.first("Q2") == ["Q2 · open", "Why does the sky look blue to us?", "asked by Dewi · #physics"]
    assert circle.card("Q2").channel_id == circle.stage.channel.id


async def repeat(circle: Circle) -> None:
    """Ada links both."""
    page = await circle.taps(circle.ada, circle.card("Q2"), "Details")
    opened = await circle.taps(circle.ada, page.reply, "It was asked before")
    page = await circle.fills(opened, original="Q1")
    assert "Asked again as Q2" in page.reply.text
    assert circle.first("Q2")[0] == "Q2 · closed: the same as Q1"
    assert circle.thread("Q2").archived


async def move(circle: Circle, other: Channel) -> None:
    """Ada replies to what Citra wrote elsewhere; a slash command cannot be a reply."""
    stray = await circle.says(circle.citra, STRAY, other)
    alone = await circle.slash(circle.ada, "question move", {"to": "Q1"}, other)
    assert "Reply to somebody's message" in alone.reply.text
    await circle.says(circle.ada, f"<@{circle.state.bot.id}> /move Q1", other, reply_to=stray)
    assert stray.reactions == {"👍"}
    moved = (await answers(circle.stage.store))[-1]
    assert (moved.name, moved.text, moved.stands and moved.stands.message) == ("Q1.4", "", str(stray.id))
    await circle.chooses(circle.ben, "Mark as answer", stray)
    assert (await answers(circle.stage.store))[-1].text == STRAY


async def end(circle: Circle, thread: Channel) -> None:
    """Ada closes it, people go on talking, Ben opens it again."""
    closing = {"question": "Q1", "reason": "Solved together."}
    await circle.slash(circle.ada, "question close", closing, thread)
    assert circle.first("Q1")[0] == "Q1 · closed: Solved together."
    assert thread.archived
    await circle.says(circle.citra, "Thanks to all of you!", thread)
    assert not thread.archived
    await circle.server.people.archive(thread)
    await circle.presses(circle.ben, "Open it again")
    assert (circle.first("Q1")[0], thread.archived) == ("Q1 · open", False)
    await circle.slash(circle.ada, "question close", closing, thread)


async def test_a_whole_conversation_is_one_card_a_question_and_edits(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        await circle.open_directs()
        await converse(circle)
        assert circle.told_privately() == TOLD
        asked = await question(circle.stage.store)
        assert (asked.state, asked.closing, asked.note) == (State.CLOSED, Closing.WORDS, "Solved together.")
        given = [(each.text, each.accepted) for each in await answers(circle.stage.store)]
        assert given == [(SCATTERED, True), ("", False), (RAYLEIGH, True), (STRAY, True)]
        assert [await circle.points(person) for person in (circle.citra, circle.dewi, circle.eko)] == [5, 0, 5]
        assert len([text for text in circle.stage.texts() if text.startswith("## ")]) == 2
        intents = circle.server.truth.find("call", "IDENTIFY")[0].detail["intents"]
        assert not intents & PRIVILEGED


async def test_what_is_accepted_twice_counts_once_and_brings_its_words_when_they_are_shown(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        thread = await asks(circle)
        said = await circle.says(circle.citra, SCATTERED, thread)
        press = circle.card("Q1").button("Q1.1 solves it")["custom_id"]
        for _ in range(2):
            await circle.stage.press(circle.ben, circle.card("Q1"), press, forged=True)
        await circle.settle()
        assert SCATTERED not in circle.card("Q1").text
        assert "Written in the thread." in circle.card("Q1").text
        for _ in range(2):
            await circle.chooses(circle.ben, "Mark as answer", said)
        assert SCATTERED in circle.card("Q1").text
        (given,) = await answers(circle.stage.store)
        assert (given.text, given.accepted, given.turns) == (SCATTERED, True, 1)
        assert await circle.points(circle.citra) == 5


async def test_words_that_nobody_saw_become_the_message_that_is_chosen(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        thread = await asks(circle)
        first = await circle.says(circle.citra, "What do you mean by blue?", thread)
        said = await circle.says(circle.citra, SCATTERED, thread)
        await circle.chooses(circle.ben, "Mark as answer", said)
        await circle.server.people.delete(first)
        await circle.settle()
        (given,) = await answers(circle.stage.store)
        assert (given.text, given.stands and given.stands.message) == (SCATTERED, str(said.id))
        assert await circle.points(circle.citra) == 5
        await circle.server.people.delete(said)
        await circle.settle()
        assert await answers(circle.stage.store) == []
        assert await circle.points(circle.citra) == 0


async def test_a_long_message_is_kept_as_far_as_an_answer_goes_and_a_key_never(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        thread = await asks(circle)
        long = await circle.says(circle.citra, "blue light " * 350, thread)
        secret = await circle.says(circle.dewi, "Use 123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA for it", thread)
        await circle.chooses(circle.ben, "Mark as answer", long)
        refused = await circle.chooses(circle.ben, "Mark as answer", secret)
        assert "key" in refused.reply.text
        cut, hidden = await answers(circle.stage.store)
        assert LONGEST_ANSWER - 10 < len(cut.text) <= LONGEST_ANSWER
        assert cut.text.endswith("…")
        assert (hidden.text, hidden.accepted) == ("", False)


async def test_only_whoever_asked_or_a_moderator_marks_and_nobody_but_moderators_moves(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        thread = await asks(circle)
        said = await circle.says(circle.citra, SCATTERED, thread)
        refused = await circle.chooses(circle.dewi, "Mark as answer", said)
        assert refused.reply.text == "Only whoever asked, or a moderator, decides that."
        await circle.says(circle.dewi, f"<@{circle.state.bot.id}> /move Q1", thread, reply_to=said)
        assert said.reactions == set()
        (given,) = await answers(circle.stage.store)
        assert (given.text, given.accepted) == ("", False)
        await circle.chooses(circle.ada, "Mark as answer", said)
        assert (await answers(circle.stage.store))[0].accepted


async def test_words_that_name_the_bot_are_read_and_get_a_thumb(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        thread = await asks(circle)
        said = await circle.says(circle.citra, f"{SCATTERED} <@{circle.state.bot.id}>", thread)
        assert said.reactions == {"👍"}
        (given,) = await answers(circle.stage.store)
        assert given.text == said.content
        assert circle.state.messages_in(thread)[1:] == [said]
