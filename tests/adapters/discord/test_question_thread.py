"""Questions as posts of a forum, thumbs in their threads, and what becomes of a question whose thread is deleted."""

from pathlib import Path

import pytest

from bot.domain.question import Closing, State
from tests.adapters.discord.board import forum, shown
from tests.adapters.discord.circle import Circle, circled
from tests.adapters.question import EYES, SCATTERED, SKY, answers, question, votes
from tests.wire.discord.gateway import MESSAGE_CONTENT
from tests.wire.discord.state import PUBLIC_THREAD, SEND_MESSAGES, Channel

OPENED = "POST /channels/{channel_id}/threads"
CLOSING = {"question": "Q1", "reason": "Solved together."}


async def choose_forum(circle: Circle) -> Channel:
    """Ada has questions posted in a forum; she says so in one of its posts, because nobody can write in the forum."""
    where = forum(circle.stage, tags=["Biology", "Physics"], moderated=["Exam"])
    post = circle.state.add_channel(circle.stage.guild, "Welcome", kind=PUBLIC_THREAD, parent=where, owner=circle.ada)
    told = await circle.slash(circle.ada, "question list", {"what": "here"}, post)
    assert (told.reply.text, told.reply.only_for) == ("Questions will be posted here from now on.", circle.ada.id)
    return where


def applied(circle: Circle, where: Channel) -> list[str]:
    """The names of the tags of the question's post."""
    return [tag.name for tag in where.tags if tag.id in circle.thread("Q1").applied]


async def test_in_a_forum_a_question_is_a_post_with_its_tags(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        where = await choose_forum(circle)
        await circle.asks(circle.ben, SKY)
        post = circle.thread("Q1")
        assert (post.parent_id, post.name, applied(circle, where)) == (
            where.id,
            "Q1 · Why is the sky blue?",
            ["Physics"],
        )
        said = await circle.says(circle.citra, SCATTERED, post)
        await circle.chooses(circle.ben, "Mark as answer", said)
        await circle.slash(circle.eko, "question answer", {"question": "Q1", "words": EYES}, post)
        assert [(each.text, each.accepted) for each in await answers(circle.stage.store)] == [
            (SCATTERED, True),
            (EYES, False),
        ]
        await circle.slash(circle.ada, "question close", CLOSING, post)
        assert (circle.first("Q1")[0], post.archived) == ("Q1 · closed: Solved together.", True)
        page = await circle.taps(circle.ben, circle.card("Q1"), "Answers (2)")
        await circle.taps(circle.ben, page.reply, "Open it again")
        assert (circle.first("Q1")[0], post.archived) == ("Q1 · open", False)
        assert len(shown(circle.stage, post)) == 2
        assert circle.stage.texts() == []
        assert circle.server.truth.count("effect", OPENED) == 1


@pytest.mark.parametrize("lost", ["deleted", "forbidden"])
async def test_where_the_chosen_place_is_closed_to_us_questions_stand_with_everything_else(
    tmp_path: Path, lost: str
) -> None:
    async with circled(tmp_path) as circle:
        place = circle.state.add_channel(circle.stage.guild, "tanya")
        await circle.slash(circle.ada, "question list", {"what": "here"}, place)
        if lost == "deleted":
            await circle.server.people.delete_channel(place)
        place.bot_denied = SEND_MESSAGES
        await circle.asks(circle.ben, SKY)
        assert circle.card("Q1").channel_id == circle.stage.channel.id
        await circle.asks(circle.dewi, "How do vaccines work?")
        assert circle.card("Q2").channel_id == circle.stage.channel.id
        async with circle.stage.store.read() as unit:
            (venue,) = await unit.communities.venues(circle.community)
        assert not venue.paused


async def test_only_organisers_choose_where_questions_stand(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        refused = await circle.slash(circle.ben, "question list", {"what": "here"})
        assert "This one is for organisers." in refused.reply.text


async def test_a_topic_that_is_chosen_afterwards_tags_the_post(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        where = await choose_forum(circle)
        await circle.asks(circle.dewi, "How do vaccines work? #biology")
        receipt = await circle.asks(circle.ben, "Why is the sky blue?")
        await circle.taps(circle.ben, receipt.reply, "#biology")
        post = circle.thread("Q2")
        assert [tag.name for tag in where.tags if tag.id in post.applied] == ["Biology"]


@pytest.mark.parametrize("kind", ["text", "forum"])
async def test_a_thumb_in_the_thread_is_a_vote(tmp_path: Path, kind: str) -> None:
    async with circled(tmp_path) as circle:
        if kind == "forum":
            await choose_forum(circle)
        await circle.asks(circle.ben, SKY)
        said = await circle.says(circle.citra, SCATTERED, circle.thread("Q1"))
        for person in circle.people:
            await circle.server.people.react(person, said)
            await circle.server.people.react(person, circle.card("Q1"), "👍🏽")
        await circle.settle()
        assert await votes(circle.stage.store) == {0: 4, 1: 4}
        assert circle.card("Q1").button("I wonder too (4)")
        await circle.server.people.unreact(circle.dewi, said)
        await circle.server.people.react(circle.dewi, said, "❤️")
        await circle.settle()
        assert (await votes(circle.stage.store))[1] == 3


@pytest.mark.parametrize("kind", ["text", "forum"])
async def test_a_message_that_is_deleted_in_the_thread_takes_its_answer_along(tmp_path: Path, kind: str) -> None:
    async with circled(tmp_path) as circle:
        if kind == "forum":
            await choose_forum(circle)
        await circle.asks(circle.ben, SKY)
        said = await circle.says(circle.citra, SCATTERED, circle.thread("Q1"))
        await circle.chooses(circle.ben, "Mark as answer", said)
        assert await circle.points(circle.citra) == 5
        await circle.server.people.delete(said)
        await circle.settle()
        assert (await answers(circle.stage.store), await circle.points(circle.citra)) == ([], 0)
        assert (circle.first("Q1")[0], SCATTERED in circle.card("Q1").text) == ("Q1 · open", False)


@pytest.mark.parametrize("kind", ["text", "forum"])
async def test_a_deleted_thread_closes_the_question_and_opening_it_again_posts_it_anew(
    tmp_path: Path, kind: str
) -> None:
    async with circled(tmp_path) as circle:
        await circle.open_directs()
        if kind == "forum":
            await choose_forum(circle)
        await circle.asks(circle.ben, SKY)
        old, thread = circle.card("Q1"), circle.thread("Q1")
        await circle.says(circle.citra, SCATTERED, thread)
        await circle.server.people.delete_channel(thread)
        await circle.settle()
        closed = await question(circle.stage.store)
        assert (closed.state, closed.closing) == (State.CLOSED, Closing.DELETED)
        assert circle.told(circle.ben)[-1].startswith("Q1 is closed.")
        await circle.presses(circle.ben, "Open it again")
        new = circle.card("Q1")
        assert new.id != old.id
        assert (new.nonce or "") != old.nonce
        said = await circle.says(circle.dewi, EYES, circle.thread("Q1"))
        await circle.chooses(circle.ben, "Mark as answer", said)
        assert [each.text for each in await answers(circle.stage.store)] == ["", EYES]


async def test_a_card_without_its_thread_is_taken_away(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        await circle.asks(circle.ben, SKY)
        await circle.server.people.delete_channel(circle.thread("Q1"))
        await circle.settle()
        assert circle.stage.texts() == []


async def test_a_deleted_card_closes_the_question_too(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        await circle.asks(circle.ben, SKY)
        await circle.server.people.delete(circle.card("Q1"))
        await circle.settle()
        assert (await question(circle.stage.store)).closing is Closing.DELETED
        page = await circle.slash(circle.ben, "question list", {"what": "Q1"})
        await circle.taps(circle.ben, page.reply, "Open it again")
        assert circle.first("Q1")[0] == "Q1 · open"
        assert circle.thread("Q1").id == circle.card("Q1").id


async def test_writing_opens_an_archived_thread_which_a_new_answer_to_a_closed_question_archives_again(
    tmp_path: Path,
) -> None:
    async with circled(tmp_path) as circle:
        await circle.asks(circle.ben, SKY)
        thread = circle.thread("Q1")
        await circle.says(circle.citra, SCATTERED, thread)
        await circle.slash(circle.ben, "question close", CLOSING, thread)
        assert thread.archived
        await circle.says(circle.citra, "Well, not quite.", thread)
        assert not thread.archived
        await circle.says(circle.dewi, EYES, thread)
        assert (thread.archived, len(await answers(circle.stage.store))) == (True, 2)


async def test_where_the_intent_is_turned_on_plain_words_in_the_thread_are_the_answer(tmp_path: Path) -> None:
    async with circled(tmp_path, reads=True) as circle:
        await circle.asks(circle.ben, SKY)
        thread = circle.thread("Q1")
        await circle.says(circle.citra, SCATTERED, thread)
        await circle.says(circle.citra, "Selamat pagi semua", circle.stage.channel)
        assert [each.text for each in await answers(circle.stage.store)] == [SCATTERED]
        assert circle.server.gateway.connected[0].intents & MESSAGE_CONTENT


async def test_without_it_nothing_privileged_is_asked_for(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        assert not circle.server.gateway.connected[0].intents & MESSAGE_CONTENT
