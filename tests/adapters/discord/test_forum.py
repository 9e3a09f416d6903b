"""Cards that are a forum's posts, also when the wire fails."""

from dataclasses import replace

import pytest

from bot.chat.errors import Ambiguous
from bot.chat.file import Document
from bot.chat.places import Ref
from tests.adapters.discord.board import GET, LOST, at, forum, opened, question, shown
from tests.adapters.discord.stage import Stage
from tests.wire.discord.state import PUBLIC_THREAD
from tests.wire.faults import Fault, Kind, Match

POST = "POST /channels/{channel_id}/threads"


async def test_a_forum_gets_a_post_with_the_card_as_its_first_message(stage: Stage) -> None:
    place = at(stage, forum(stage, tags=["Matematika", "Biologi", "Fisika"]))
    ref = await stage.discord.send(place, replace(question(tags=("biologi", "kimia")), silent=True), "job-1")
    thread = stage.state.channels[int(ref.opened)]
    assert ref == Ref(place, str(thread.id), opened=str(thread.id))
    assert (thread.name, shown(stage, thread)) == ("Q1 · why?", ["## Q1\n\nwhy?"])
    assert thread.applied == [stage.state.channels[int(place.thread)].tags[1].id]
    assert stage.state.messages[thread.id].flags & 4096


async def test_a_post_of_a_forum_means_the_forum(stage: Stage) -> None:
    where = forum(stage)
    inside = stage.state.add_channel(stage.guild, "halo", kind=PUBLIC_THREAD, parent=where, owner=stage.ada)
    ref = await stage.discord.send(at(stage, inside), question(), "job-1")
    assert (ref.place, len(opened(stage, where))) == (at(stage, inside), 1)
    asked = stage.server.truth.count("call", GET)
    await stage.discord.send(at(stage, inside), question(title="Q2"), "job-2")
    assert stage.server.truth.count("call", GET) == asked + 1, "the kind of a channel is asked once, its tags each time"


@pytest.mark.parametrize("kind", LOST)
@pytest.mark.parametrize("effect", [True, False])
async def test_a_lost_reply_makes_no_second_post(stage: Stage, kind: Kind, effect: bool) -> None:
    where = forum(stage)
    stage.server.faults.add(Fault(kind, effect=effect), Match(POST), times=1)
    with pytest.raises(Ambiguous):
        await stage.discord.send(at(stage, where), question(), "job-1")
    stage.state.clock.advance(500)
    ref = await stage.discord.send(at(stage, where), question(), "job-1")
    assert [str(thread.id) for thread in opened(stage, where)] == [ref.opened]


@pytest.mark.parametrize("call", [GET, "GET /guilds/{guild_id}/threads/active"])
@pytest.mark.parametrize("kind", [Kind.EMPTY, Kind.TRUNCATED, Kind.HTML])
async def test_an_unreadable_answer_is_no_knowledge(stage: Stage, call: str, kind: Kind) -> None:
    where = forum(stage)
    stage.server.faults.add(Fault(kind, effect=True), Match(call), times=1)
    with pytest.raises(Ambiguous):
        await stage.discord.send(at(stage, where), question(), "job-1")
    await stage.discord.send(at(stage, where), question(), "job-1")
    assert len(opened(stage, where)) == 1


async def test_a_post_of_somebody_else_or_without_its_card_is_not_taken_for_ours(stage: Stage) -> None:
    where = forum(stage)
    stage.state.add_channel(stage.guild, "Q1 · why?", kind=PUBLIC_THREAD, parent=where, owner=stage.ada)
    ref = await stage.discord.send(at(stage, where), question(), "job-1")
    stage.state.messages[int(ref.message)].deleted = True
    again = await stage.discord.send(at(stage, where), question(), "job-2")
    assert again.opened != ref.opened
    assert len(opened(stage, where)) == 2


@pytest.mark.parametrize(("wanted", "chosen"), [((), "Umum"), (("fisika",), "Fisika"), (("kimia",), "Umum")])
async def test_a_forum_that_demands_a_tag_gets_one(stage: Stage, wanted: tuple[str, ...], chosen: str) -> None:
    where = forum(stage, tags=["Umum", "Fisika"], moderated=["Penting"], require_tag=True)
    ref = await stage.discord.send(at(stage, where), question(tags=wanted), "job-1")
    named = {tag.id: tag.name for tag in where.tags}
    assert [named[tag] for tag in stage.state.channels[int(ref.opened)].applied] == [chosen]


async def test_a_first_message_that_discord_does_not_take_is_posted_as_bare_words(stage: Stage) -> None:
    where = forum(stage)
    stage.server.faults.add(Fault(Kind.REFUSED, status=400, code=50035), Match(POST), times=1)
    ref = await stage.discord.send(at(stage, where), replace(question(), silent=True), "job-1")
    thread = stage.state.channels[int(ref.opened)]
    assert (shown(stage, thread), stage.state.messages[thread.id].flags) == (["## Q1\n\nwhy?"], 4096)


async def test_files_and_further_pages_go_into_the_post(stage: Stage) -> None:
    where = forum(stage)
    picture = Document("a.png", b"\x89PNG....", "image/png")
    long = replace(question("kata " * 1000), files=(picture,))
    ref = await stage.discord.send(at(stage, where), long, "job-1")
    texts = shown(stage, stage.state.channels[int(ref.opened)])
    assert len(texts) == 2
    assert sum(text.count("kata") for text in texts) == 1000
    short = await stage.discord.send(at(stage, where), replace(question(title="Q2"), files=(picture,)), "job-2")
    assert [file.name for file in stage.state.messages[int(short.message)].attachments] == ["a.png"]
