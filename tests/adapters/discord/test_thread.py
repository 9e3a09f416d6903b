"""Cards with threads of their own, and how these go on, also when the wire fails."""

import pytest

from adapters.discord.guild import Room, Tag
from adapters.discord.thread import name_of, tags
from bot.chat.errors import Ambiguous, Gone, Refused, SlowDown
from bot.chat.message import Thread, say
from bot.chat.places import Account, Place, Ref
from bot.speech import Speech
from tests.adapters.discord.board import LOST, at, forum, opened, question, shown
from tests.adapters.discord.stage import Stage
from tests.wire.discord.state import (
    CREATE_PUBLIC_THREADS,
    FORUM,
    NEWS,
    NEWS_THREAD,
    PUBLIC_THREAD,
    SEND_MESSAGES,
    VOICE,
)
from tests.wire.faults import Fault, Kind, Match

SEND = "POST /channels/{channel_id}/messages"
OPEN = "POST /channels/{channel_id}/messages/{message_id}/threads"
PATCH = "PATCH /channels/{channel_id}"
EDIT = "PATCH /channels/{channel_id}/messages/{message_id}"


# ── below a message ──


async def test_a_card_opens_one_thread_below_itself(stage: Stage) -> None:
    ref = await stage.discord.send(stage.place, question(), "job-1")
    assert ref == await stage.discord.send(stage.place, question(), "job-1")
    (thread,) = opened(stage, stage.channel)
    assert (thread.name, thread.quiet, thread.type) == ("Q1 · why?", 4320, PUBLIC_THREAD)
    assert ref == Ref(stage.place, str(thread.id), opened=str(thread.id))
    assert stage.texts() == ["## Q1\n\nwhy?"]


async def test_an_announcement_channel_gets_a_thread_too(stage: Stage) -> None:
    news = stage.state.add_channel(stage.guild, "berita", kind=NEWS)
    await stage.discord.send(at(stage, news), question(), "job-1")
    assert [thread.type for thread in opened(stage, news)] == [NEWS_THREAD]


async def test_a_place_that_is_a_thread_means_the_channel_in_which_it_is(stage: Stage) -> None:
    inside = stage.state.add_channel(stage.guild, "utas", kind=PUBLIC_THREAD, parent=stage.channel)
    ref = await stage.discord.send(at(stage, inside), question(), "job-1")
    assert ref.place == at(stage, inside)
    assert (len(stage.texts()), len(opened(stage, stage.channel)), shown(stage, inside)) == (1, 1, [])
    await stage.discord.edit(ref, question("because"))
    assert stage.texts() == ["## Q1\n\nbecause"]
    await stage.discord.delete(ref)
    assert stage.texts() == []


@pytest.mark.parametrize("kind", LOST)
@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize("call", [SEND, OPEN])
async def test_a_lost_reply_makes_no_second_card_and_no_second_thread(
    stage: Stage, call: str, kind: Kind, effect: bool
) -> None:
    stage.server.faults.add(Fault(kind, effect=effect), Match(call), times=2)
    for _ in range(3):
        try:
            ref = await stage.discord.send(stage.place, question(), "job-1")
        except Ambiguous:
            continue
        break
    assert (len(stage.texts()), len(opened(stage, stage.channel))) == (1, 1)
    assert ref.message == ref.opened


async def test_a_card_whose_thread_must_wait_is_not_posted_anew_when_discord_has_forgotten_it(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=600), Match(OPEN), times=1)
    with pytest.raises(SlowDown):
        await stage.discord.send(stage.place, question(), "job-1")
    stage.state.clock.advance(601)
    await stage.discord.send(stage.place, question(), "job-1")
    assert (len(stage.texts()), len(opened(stage, stage.channel))) == (1, 1)


async def test_without_the_right_the_card_stands_without_a_thread(stage: Stage) -> None:
    stage.guild.bot_permissions &= ~CREATE_PUBLIC_THREADS
    ref = await stage.discord.send(stage.place, question(), "job-1")
    assert (ref.opened, len(stage.texts()), opened(stage, stage.channel)) == ("", 1, [])
    await stage.discord.edit(ref, question("because", closed=True))
    assert stage.texts() == ["## Q1\n\nbecause"]


async def test_where_no_thread_can_be_opened_the_card_stands_alone(stage: Stage) -> None:
    voice = stage.state.add_channel(stage.guild, "suara", kind=VOICE)
    assert (await stage.discord.send(at(stage, voice), question(), "job-1")).opened == ""
    stage.server.threads.most_active = 0
    assert (await stage.discord.send(stage.place, question(), "job-2")).opened == ""


async def test_a_private_conversation_has_no_threads(stage: Stage) -> None:
    place = await stage.discord.private(Account("discord", str(stage.ben.id)))
    ref = await stage.discord.send(place, question(), "job-1")
    await stage.discord.edit(ref, question("because"))
    assert (ref.opened, shown(stage, stage.state.direct_channel(stage.ben))) == ("", ["## Q1\n\nbecause"])


async def test_a_card_in_a_channel_without_the_right_to_write_is_refused(stage: Stage) -> None:
    quiet = stage.state.add_channel(stage.guild, "baca", bot_denied=SEND_MESSAGES)
    with pytest.raises(Refused):
        await stage.discord.send(at(stage, quiet), question(), "job-1")
    with pytest.raises(Refused):
        await stage.discord.send(at(stage, forum(stage, bot_denied=SEND_MESSAGES)), question(), "job-1")
    with pytest.raises(Gone):
        await stage.discord.send(Place("discord", str(stage.guild.id), "1"), question(), "job-1")


# ── as things go on ──


@pytest.mark.parametrize("kind", ["text", "forum"])
async def test_a_card_is_edited_where_it_stands_and_its_thread_archived_and_reopened(stage: Stage, kind: str) -> None:
    where = forum(stage) if kind == "forum" else stage.channel
    ref = await stage.discord.send(at(stage, where), question(), "job-1")
    thread, message = stage.state.channels[int(ref.opened)], stage.state.messages[int(ref.message)]
    for text, closed in (("solved", True), ("solved again", True), ("open", False), ("open again", False)):
        await stage.discord.edit(ref, question(text, closed=closed))
        assert (message.text, thread.archived) == (f"## Q1\n\n{text}", closed)
    assert thread.renames == []
    archived = [entry.detail["archived"] for entry in stage.server.truth.find("effect", PATCH)]
    assert archived == ([True, False, True, False] if kind == "forum" else [True, False])


async def test_a_card_that_is_closed_from_the_start_archives_its_thread(stage: Stage) -> None:
    for where in (stage.channel, forum(stage)):
        stage.server.faults.add(Fault(Kind.RESET_AFTER_READ, effect=True), Match(PATCH), times=1)
        ref = await stage.discord.send(at(stage, where), question(closed=True), f"job-{where.id}")
        assert stage.state.channels[int(ref.opened)].archived


async def test_a_thread_that_people_archived_comes_back_with_the_next_edit(stage: Stage) -> None:
    ref = await stage.discord.send(stage.place, question(), "job-1")
    thread = stage.state.channels[int(ref.opened)]
    await stage.server.people.archive(thread)
    await stage.discord.edit(ref, question("because"))
    assert not thread.archived


async def test_name_and_tags_change_only_where_they_differ(stage: Stage) -> None:
    where = forum(stage, tags=["Fisika", "Kimia"], moderated=["Penting"])
    ref = await stage.discord.send(at(stage, where), question(tags=("fisika",)), "job-1")
    thread = stage.state.channels[int(ref.opened)]
    physics, chemistry, important = (tag.id for tag in where.tags)
    thread.applied.append(important)
    await stage.discord.edit(ref, question(tags=("Fisika",)))
    assert stage.server.truth.count("effect", PATCH) == 0
    await stage.discord.edit(ref, question(title="Q1 · how?", tags=("kimia",), closed=True))
    assert (thread.name, set(thread.applied), thread.archived) == ("Q1 · how?", {chemistry, important}, True)
    await stage.discord.edit(ref, question(title="Q1 · how?", closed=True))
    assert (set(thread.applied), thread.archived) == ({important}, True)
    assert physics not in thread.applied
    assert len(thread.renames) == 1


async def test_a_name_that_may_not_be_changed_yet_holds_nothing_else_up(stage: Stage) -> None:
    ref = await stage.discord.send(stage.place, question(), "job-1")
    thread, message = stage.state.channels[int(ref.opened)], stage.state.messages[int(ref.message)]
    for title in ("one", "two"):
        await stage.discord.edit(ref, question(title=title))
    with pytest.raises(SlowDown) as slow:
        await stage.discord.edit(ref, question("solved", title="three", closed=True))
    assert 590 < slow.value.after.total_seconds() <= 600
    assert (message.text, thread.name, thread.archived) == ("## Q1\n\nsolved", "two", True)
    stage.state.clock.advance(601)
    await stage.discord.edit(ref, question("solved", title="three", closed=True))
    assert (thread.name, thread.archived) == ("three", True)


async def test_a_thread_that_is_gone_leaves_its_card_to_be_edited(stage: Stage) -> None:
    ref = await stage.discord.send(stage.place, question(), "job-1")
    await stage.server.people.delete_channel(stage.state.channels[int(ref.opened)])
    await stage.discord.edit(ref, question("because", closed=True))
    assert stage.texts() == ["## Q1\n\nbecause"]


async def test_a_card_that_is_gone_is_told_so(stage: Stage) -> None:
    ref = await stage.discord.send(stage.place, question(), "job-1")
    await stage.server.people.delete(stage.state.messages[int(ref.message)])
    with pytest.raises(Gone):
        await stage.discord.edit(ref, question("because"))
    post = await stage.discord.send(at(stage, forum(stage)), question(), "job-2")
    await stage.server.people.delete_channel(stage.state.channels[int(post.opened)])
    with pytest.raises(Gone):
        await stage.discord.edit(post, question("because"))


async def test_a_thread_that_moderators_locked_is_left_to_them(stage: Stage) -> None:
    ref = await stage.discord.send(stage.place, question(), "job-1")
    thread = stage.state.channels[int(ref.opened)]
    await stage.server.people.archive(thread, locked=True)
    await stage.discord.edit(ref, question("because", title="new"))
    assert (stage.texts(), thread.archived, thread.name) == (["## Q1\n\nbecause"], True, "Q1 · why?")
    post = await stage.discord.send(at(stage, forum(stage)), question(), "job-2")
    await stage.server.people.archive(stage.state.channels[int(post.opened)], locked=True)
    with pytest.raises(Refused):
        await stage.discord.edit(post, question("because"))


async def test_a_rate_limit_of_an_edit_changes_the_thread_later(stage: Stage) -> None:
    ref = await stage.discord.send(stage.place, question(), "job-1")
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=600), Match(EDIT), times=1)
    with pytest.raises(SlowDown):
        await stage.discord.edit(ref, question("because", closed=True))
    assert not stage.state.channels[int(ref.opened)].archived


async def test_a_post_s_card_is_deleted_where_it_stands(stage: Stage) -> None:
    ref = await stage.discord.send(at(stage, forum(stage)), question(), "job-1")
    await stage.discord.delete(ref)
    await stage.discord.delete(ref)
    assert stage.state.messages[int(ref.message)].deleted


async def test_a_restart_finds_threads_again(stage: Stage) -> None:
    ref = await stage.discord.send(at(stage, forum(stage)), question(), "job-1")
    await stage.stop()
    stage.discord = stage.new_bot()
    await stage.run()
    await stage.discord.edit(ref, question("because", closed=True))
    thread = stage.state.channels[int(ref.opened)]
    assert (shown(stage, thread), thread.archived) == (["## Q1\n\nbecause"], True)


# ── words ──


async def test_a_link_leads_to_the_message_and_to_the_thread_of_a_card(stage: Stage) -> None:
    ref = await stage.discord.send(stage.place, question(), "job-1")
    plain = await stage.discord.send(stage.place, Speech("en").message(say("halo")), "job-2")
    private = await stage.discord.private(Account("discord", str(stage.ben.id)))
    base = f"https://discord.com/channels/{stage.guild.id}"
    assert stage.discord.link(ref) == f"{base}/{ref.opened}"
    assert stage.discord.link(plain) == f"{base}/{stage.channel.id}/{plain.message}"
    assert stage.discord.link(Ref(private, "5")) == stage.discord.link(Ref(Place("discord", "5"), "5")) == ""


@pytest.mark.parametrize(
    ("title", "name"), [("a\nb  c", "a b c"), ("x" * 101, "x" * 99 + "…"), ("\0 ", "…"), ("😀" * 60, "😀" * 49 + "…")]
)
def test_a_name_is_one_line_of_a_hundred_characters(title: str, name: str) -> None:
    assert name_of(Thread(title)) == name


def test_a_post_gets_at_most_five_tags() -> None:
    many = tuple(Tag(str(number), f"t{number}") for number in range(20))
    wanted = [f"T{number}" for number in range(10)]
    assert tags(Room("1", FORUM, available_tags=many), wanted) == ["0", "1", "2", "3", "4"]
    assert tags(Room("1", FORUM), wanted) == []
