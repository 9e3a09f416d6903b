"""A group's life on Telegram, through the whole bot: coming, going, moving, topics, who may and who may not."""

import asyncio
from functools import partial

import pytest

from bot.chat.message import say
from bot.chat.places import Place
from bot.domain.community import Venue
from bot.domain.jobs import Job
from bot.speech import Speech
from tests.adapters.telegram.feature import TAPS
from tests.adapters.telegram.stage import Stage
from tests.wire.faults import Fault, Kind, Match
from tests.wire.telegram.world import Chat


async def venue(stage: Stage, chat: Chat) -> Venue | None:
    async with stage.store.read() as unit:
        return (await unit.arrivals.of(Place("telegram", str(chat.id)), None)).venue


async def test_being_added_founds_a_community_and_being_put_out_pauses_it(stage: Stage) -> None:
    group = stage.server.world.add_chat("Baru", bot=None, owner=stage.ada)
    stage.server.people.set_bot(group, stage.ada, "member")
    await stage.settled()
    found = await venue(stage, group)
    assert found
    assert (found.title, found.paused) == ("Baru", False)
    stage.server.people.set_bot(group, stage.ada, "kicked")
    await stage.settled()
    found = await venue(stage, group)
    assert found
    assert found.paused


async def test_a_group_that_becomes_a_supergroup_stays_one_community_whatever_signal_comes_first(stage: Stage) -> None:
    for signals in (("old", "new"), ("new", "old"), ("new",), ("old",)):
        group = stage.server.world.add_chat("Kelas B", "group", members=(stage.ben,))
        community = await stage.found(group)
        new = stage.server.people.migrate(group, signals=signals)
        await stage.settled()
        found = await venue(stage, new)
        assert found
        assert found.community == community
        assert await venue(stage, group) is None
        stage.server.people.say(stage.ben, new, "/panel")
        await stage.until(partial(stage.texts, new))


async def test_a_post_to_the_old_group_is_sent_to_the_new_one(stage: Stage) -> None:
    group = stage.server.world.add_chat("Kelas C", "group", members=(stage.ben,))
    community = await stage.found(group)
    new = stage.server.people.migrate(group, signals=())
    place = Place("telegram", str(group.id))
    async with stage.store.begin() as unit:
        await unit.jobs.put(Job(community, "post:1", "post", 1, stage.app.clock(), place))
    await stage.app.outbox.settle()
    assert stage.texts(new) == ["post 1"]
    found = await venue(stage, new)
    assert found
    assert found.community == community


async def test_an_answer_in_a_topic_stays_in_the_topic(stage: Stage) -> None:
    forum = stage.server.world.add_chat("Forum", forum=True, members=(stage.ada, stage.ben))
    await stage.found(forum)
    topic = stage.server.people.open_topic(forum, stage.ada, "Kuis")
    stage.server.people.say(stage.ben, forum, "/panel", thread=topic, reply_to=topic)
    stage.server.people.say(stage.ben, forum, "/panel")
    await stage.until(lambda: len(stage.texts(forum)) == 2)
    assert {message.get("message_thread_id") for message in stage.ours(forum)} == {topic, None}


async def test_an_organisers_button_obeys_the_organiser_alone_and_at_this_moment(stage: Stage) -> None:
    card = await stage.panel()
    assert (await stage.press(stage.ada, "Rule", card))[0]["text"] == "Done."
    refused = (await stage.press(stage.ben, "Rule", card))[0]
    assert "organisers" in refused["text"]
    stage.group.members[stage.ada.id].status = "member"
    assert "organisers" in (await stage.press(stage.ada, "Rule", card))[0]["text"]


async def test_an_anonymous_administrator_may_command_and_a_linked_channel_may_not(stage: Stage) -> None:
    stage.server.people.say_as_anonymous_admin(stage.group, "/box add")
    await stage.until(lambda: stage.texts(stage.group))
    assert stage.texts(stage.group) == ["Added."]
    channel = {"id": -1009, "type": "channel", "title": "News"}
    stage.server.people.forward_from_linked_channel(stage.group, channel, "/box add")
    stage.server.people.say_as_channel(stage.group, channel, "/box add")
    await stage.settled()
    assert stage.texts(stage.group) == ["Added."]


async def test_another_bots_command_an_edited_and_an_unknown_one_are_silence(stage: Stage) -> None:
    said = stage.server.people.say(stage.ben, stage.group, "/panel@other_bot")
    stage.server.people.edit(stage.group, said["message_id"], "/panel")
    stage.server.people.say(stage.ben, stage.group, "/nonsense")
    await stage.settled()
    assert stage.texts(stage.group) == []


async def test_a_button_that_turns_the_card_edits_it_where_it_stands(stage: Stage) -> None:
    card = await stage.panel()
    assert await stage.press(stage.ben, "Turn", card) == [{}]
    assert stage.texts(stage.group) == ["Panel 2\n\ntext"]


async def test_a_press_on_a_card_that_is_gone_is_answered_where_the_person_can_see_it(stage: Stage) -> None:
    card = await stage.panel()
    await stage.press(stage.ben, "Turn", card)
    (press,) = stage.server.world.presses.values()
    del stage.group.messages[card]
    again = stage.server.people.press(stage.citra, stage.group, card, f"data:{press.data}")
    await stage.until(lambda: again.answers)
    assert again.answers[0]["url"].startswith("https://t.me/bareng_bot?start=")


async def test_a_forged_or_foreign_button_is_told_kindly_and_changes_nothing(stage: Stage) -> None:
    card = await stage.panel()
    other = stage.server.world.add_chat("Other", members=(stage.ben,))
    await stage.found(other)
    real = stage.server.people.press(stage.ada, stage.group, card, "Tap")
    await stage.until(lambda: real.answers)
    before = list(TAPS)
    for chat, data in ((stage.group, "v9:q:123"), (stage.group, real.data[:-1] + "_"), (other, real.data)):
        press = stage.server.people.press(stage.ben, chat, card, f"data:{data}")
        await stage.until(partial(getattr, press, "answers"))
        assert press.answers[0]["text"]
    assert before == TAPS


async def test_a_fault_of_ours_is_a_code_and_the_bot_goes_on(stage: Stage) -> None:
    card = await stage.panel()
    (told,) = await stage.press(stage.ben, "Crash", card)
    assert "E-" in told["text"]
    assert (await stage.press(stage.ben, "Tap", card))[0]["text"] == "Tap 1 is in."


async def test_text_of_people_is_shown_as_it_stands_and_pings_nobody(stage: Stage) -> None:
    words = "<b>@ann</b> [x](tg://user?id=1) & *bold* `code`"
    stage.server.people.start(stage.ben)
    stage.server.people.say(stage.ben, None, f"/note {words}")
    await stage.settled()
    private = stage.ours(stage.private(stage.ben))
    if private[-1]["text"].startswith("Noted"):
        assert private[-1]["text"] == f"Noted: {words}".replace("@", "@\u2060")
        assert "entities" not in private[-1]


async def test_a_message_that_says_the_same_again_is_no_fault(stage: Stage) -> None:
    place = Place("telegram", str(stage.group.id))
    message = Speech("en").message(say("x"))
    ref = await stage.telegram.send(place, message, "k")
    await stage.telegram.edit(ref, message)
    assert stage.telegram.sender.alarms == 0


async def test_a_card_that_is_deleted_while_it_is_edited_leaves_the_answer_to_the_next_rung(stage: Stage) -> None:
    card = await stage.panel()
    stage.server.people.start(stage.ben)
    await stage.settled()
    stage.server.faults.add(
        Fault(Kind.REFUSED, text="Bad Request: message to edit not found"), Match("editMessageText")
    )
    assert await stage.press(stage.ben, "Turn", card) == [{}]
    assert stage.texts(stage.private(stage.ben))[-1] == "Panel 2\n\ntext"


async def test_a_press_whose_answer_is_refused_for_now_is_answered_once_later(stage: Stage) -> None:
    card = await stage.panel()
    stage.server.people.start(stage.ben)
    await stage.settled()
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=1), Match("answerCallbackQuery"), times=1)
    assert await stage.press(stage.ben, "Long", card) == [{}]
    assert len(stage.texts(stage.private(stage.ben))) == 2


async def test_a_stop_takes_no_more_updates_and_is_no_rival_of_itself(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    assert stage.running
    stage.server.people.say(stage.ben, stage.group, "/me")
    await stage.until(lambda: stage.texts(stage.group))
    await stage.settled()
    await stage.telegram.stop()
    await asyncio.wait_for(stage.running, 1)
    assert "token_in_use" not in capsys.readouterr().out
