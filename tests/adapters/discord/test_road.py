"""Commands, presses, modals and completions on the whole road: real discord.py, real core, real SQLite."""

from dataclasses import replace

import pytest

from bot.chat.places import Account
from tests.adapters.discord.feature import DOOR, NOTES, TAPS
from tests.adapters.discord.stage import Stage
from tests.wire.discord.people import answered, fields
from tests.wire.discord.state import COMPONENTS_V2, EPHEMERAL


async def test_a_private_command_is_answered_for_the_asker_alone(stage: Stage) -> None:
    item = await stage.slash(stage.ben, "me")
    assert item.reply.text == "This is you."
    assert item.reply.only_for == stage.ben.id
    assert stage.texts() == []


async def test_a_public_command_posts_a_card_of_real_text(stage: Stage) -> None:
    message = await stage.panel()
    assert message.only_for is None
    assert message.flags & COMPONENTS_V2
    assert "## Panel 1" in message.text
    assert "<t:1795435200:f>" in message.text
    assert [b.get("label") for b in message.buttons][:3] == ["Tap", "Nothing", "Long"]


async def test_a_press_is_counted_and_answered_privately(stage: Stage) -> None:
    message = await stage.panel()
    item = await stage.press(stage.ben, message, "Tap")
    assert item.reply.text == "Tap 1 is in."
    assert item.reply.flags & EPHEMERAL
    assert item.reply.only_for == stage.ben.id
    assert len(TAPS) == 1


async def test_a_press_that_is_delivered_twice_counts_once(stage: Stage) -> None:
    message = await stage.panel()
    item = await stage.press(stage.ben, message, "Tap")
    await stage.server.gateway.emit("INTERACTION_CREATE", stage.server.interactions.payload(item), stage.guild.id)
    await stage.press(stage.citra, message, "Tap")
    assert len(TAPS) == 2
    assert len(item.messages) == 1


async def test_a_press_may_replace_its_message(stage: Stage) -> None:
    message = await stage.panel()
    item = await stage.press(stage.ben, message, "Turn")
    assert item.acknowledged == 7
    assert "## Panel 2" in message.text
    assert len(stage.texts()) == 1


async def test_a_press_that_nothing_answers_is_acknowledged_without_a_sign(stage: Stage) -> None:
    message = await stage.panel()
    item = await stage.press(stage.ben, message, "Nothing")
    assert item.acknowledged == 6
    assert item.messages == []


async def test_a_command_that_says_nothing_leaves_no_trace(stage: Stage) -> None:
    item = await stage.server.people.slash(stage.ben, stage.channel, "hush")
    await stage.until(lambda: item.original is not None and item.original.deleted)
    assert item.acknowledged == 5
    assert NOTES == [{}]


async def test_a_command_that_is_gone_since_it_was_registered_is_told_so(stage: Stage) -> None:
    stage.state.commands[None].append({"id": "1", "name": "gone", "type": 1})
    item = await stage.slash(stage.ben, "gone")
    assert "Send the command again" in item.reply.text


async def test_a_long_answer_comes_in_several_private_messages(stage: Stage) -> None:
    message = await stage.panel()
    item = await stage.press(stage.ben, message, "Long")
    await stage.until(lambda: len(item.messages) == 3)
    assert all(part.only_for == stage.ben.id for part in item.messages)
    assert sum(part.text.count("panjang") for part in item.messages) == 500


async def test_a_fault_of_ours_is_told_with_its_code_and_changes_nothing(stage: Stage) -> None:
    message = await stage.panel()
    item = await stage.press(stage.ben, message, "Crash")
    assert "E-" in item.reply.text
    assert item.reply.only_for == stage.ben.id


async def test_rights_are_those_that_came_with_the_press(stage: Stage) -> None:
    message = await stage.panel()
    assert "organisers" in (await stage.press(stage.ben, message, "Rule")).reply.text
    assert (await stage.press(stage.ada, message, "Rule")).reply.text == "Done."


@pytest.mark.parametrize("custom_id", ["garbage", "x" * 100, "1tap_1_0_1AAAAAAAAAAA", "form:me:", "0"])
async def test_a_forged_or_stale_button_is_told_to_be_too_old_and_never_met_with_silence(
    stage: Stage, custom_id: str
) -> None:
    message = await stage.panel()
    item = await stage.press(stage.ben, message, custom_id, forged=True)
    assert "Send the command again" in item.reply.text
    assert item.reply.only_for == stage.ben.id


async def test_a_custom_id_of_101_characters_is_refused_like_any_forged_one(stage: Stage) -> None:
    message = await stage.panel()
    item = await stage.press(stage.ben, message, "x" * 101, forged=True)
    assert "Send the command again" in item.reply.text


async def test_buttons_survive_a_restart(stage: Stage) -> None:
    message = await stage.panel()
    await stage.stop()
    stage.discord = stage.new_bot()
    await stage.run()
    item = await stage.press(stage.ben, message, "Tap")
    assert item.reply.text == "Tap 1 is in."


async def test_options_arrive_typed(stage: Stage) -> None:
    item = await stage.slash(stage.ben, "note", {"text": "halo *dunia*", "times": 3})
    assert NOTES == [{"text": "halo *dunia*", "times": 3}]
    assert item.reply.text == "Noted: halo \\*dunia\\*"


async def test_a_missing_long_argument_opens_a_modal_made_from_the_parameters(stage: Stage) -> None:
    opened = await stage.slash(stage.ben, "ask")
    assert opened.acknowledged == 9
    assert opened.modal is not None
    assert [field["custom_id"] for field in fields(opened.modal)] == ["text", "topic"]
    item = await stage.server.people.submit(opened, {"text": "Why?\nReally?", "topic": ["math"]})
    await stage.until(lambda: item.messages)
    assert NOTES == [{"text": "Why?\nReally?", "topic": "math"}]
    assert item.reply.only_for == stage.ben.id


async def test_a_modal_speaks_the_language_of_the_person(stage: Stage) -> None:
    async with stage.store.begin() as unit:
        citra = (await unit.arrivals.of(stage.place, Account("discord", str(stage.citra.id)))).person
        assert citra is not None
        await unit.people.save(replace(citra, language="en"))
    opened = await stage.slash(stage.citra, "ask")
    assert opened.modal is not None
    assert fields(opened.modal)[1]["label"] == "the topic"


async def test_a_modal_field_beyond_its_length_is_refused_by_us_too(stage: Stage) -> None:
    opened = await stage.slash(stage.ben, "ask")
    item = await stage.server.people.submit(opened, {"text": "x" * 3500, "topic": ["math"]}, forged=True)
    await stage.until(lambda: item.messages)
    assert "too long" in item.reply.text
    assert NOTES == []


async def test_a_select_value_that_was_not_offered_is_refused(stage: Stage) -> None:
    opened = await stage.slash(stage.ben, "ask")
    item = await stage.server.people.submit(opened, {"text": "Why?", "topic": ["hack"]}, forged=True)
    await stage.until(lambda: item.messages)
    assert "choose one of these" in item.reply.text
    assert NOTES == []


async def test_a_modal_of_an_earlier_version_is_told_to_be_closed(stage: Stage) -> None:
    opened = await stage.slash(stage.ben, "ask")
    assert opened.modal is not None
    for custom_id in ("form:gone:text", "old-modal"):
        opened.modal["custom_id"] = custom_id
        item = await stage.server.people.submit(opened, {"text": "Why?", "topic": ["math"]})
        await answered(item)
        assert "Send the command again" in item.reply.text


async def test_the_dialogue_goes_on_after_a_modal_with_buttons_and_ends_with_the_command(stage: Stage) -> None:
    opened = await stage.slash(stage.ada, "box add")
    assert opened.modal is not None
    assert [field["custom_id"] for field in fields(opened.modal)] == ["text", "options", "source"]
    asked = await stage.server.people.submit(opened, {"text": "2+2", "options": "3\n4", "source": "book"})
    await stage.until(lambda: asked.messages)
    assert [button["label"] for button in asked.reply.buttons] == ["3", "4", "Cancel"]
    item = await stage.press(stage.ada, asked.reply, "4")
    assert item.reply.text == "Added."
    assert NOTES == [{"text": "2+2", "options": ("3", "4"), "right": "1", "source": "book"}]


async def test_a_field_that_was_left_empty_is_not_asked_for_again(stage: Stage) -> None:
    opened = await stage.slash(stage.ada, "box add")
    asked = await answered(await stage.server.people.submit(opened, {"text": "2+2", "options": "3\n4"}))
    item = await stage.press(stage.ada, asked.reply, "4")
    assert item.reply.text == "Added."
    assert NOTES[0]["source"] == ""


async def test_what_is_typed_into_a_completed_option_is_text_like_any_other(stage: Stage) -> None:
    found = await stage.server.people.slash(stage.ben, stage.channel, "find", {"topic": "al"}, focused="topic")
    await stage.until(lambda: found.choices is not None)
    assert len(found.choices or []) == 25
    item = await stage.slash(stage.ben, "find", {"topic": "rid:999"})
    assert item.reply.text == "Found rid:999."


async def test_slow_commands_are_deferred_by_themselves_for_the_right_readers(stage: Stage) -> None:
    private = await stage.server.people.slash(stage.ben, stage.channel, "wait")
    public = await stage.server.people.slash(stage.ben, stage.channel, "shout")
    await stage.until(lambda: private.loading and public.loading)
    DOOR.is_open = True
    await stage.until(lambda: private.messages and public.messages)
    assert (private.reply.text, private.reply.only_for) == ("At last.", stage.ben.id)
    assert (public.reply.text, public.reply.only_for) == ("SHOUT", None)


async def test_a_slow_press_is_acknowledged_and_answered_later(stage: Stage) -> None:
    message = await stage.panel()
    item = await stage.server.people.press(stage.ben, message, "Slow")
    turned = await stage.server.people.press(stage.citra, message, "Slow turn")
    await stage.until(lambda: (item.acknowledged, turned.acknowledged) == (6, 6))
    DOOR.is_open = True
    await stage.until(lambda: item.messages)
    assert (item.reply.text, item.reply.only_for) == ("At last.", stage.ben.id)
    await stage.until(lambda: message.text == "At last.")


async def test_an_answer_after_fifteen_minutes_is_given_up_once(stage: Stage) -> None:
    item = await stage.server.people.slash(stage.ben, stage.channel, "wait")
    await stage.until(lambda: item.loading)
    stage.state.clock.advance(15 * 60 + 1)
    before = stage.server.truth.count("call")
    DOOR.is_open = True
    await stage.app.drain()
    await stage.discord.reception.drain()
    await stage.app.drain()
    assert item.messages == []
    assert stage.server.truth.count("call") - before == 1


async def test_a_public_answer_whose_interaction_is_over_becomes_a_message_in_the_channel(stage: Stage) -> None:
    item = await stage.server.people.slash(stage.ben, stage.channel, "shout")
    await stage.until(lambda: item.loading)
    stage.state.clock.advance(15 * 60 + 1)
    DOOR.is_open = True
    await stage.until(lambda: "SHOUT" in stage.texts())


async def test_a_direct_conversation_is_heard_word_by_word(stage: Stage) -> None:
    direct = stage.state.direct_channel(stage.ben)
    await stage.server.people.say(stage.ben, direct, "/start")
    await stage.until(lambda: stage.state.messages_in(direct)[1:])
    assert stage.state.messages_in(direct)[-1].text == "Welcome."


async def test_words_behind_the_bots_name_are_heard_in_a_server_and_others_are_not(stage: Stage) -> None:
    await stage.server.people.say(stage.ben, stage.channel, "/me")
    await stage.server.people.say(stage.ben, stage.channel, f"<@{stage.state.bot.id}> /note kopi")
    direct = stage.state.direct_channel(stage.ben)
    await stage.until(lambda: stage.state.messages_in(direct))
    assert [message.text for message in stage.state.messages_in(direct)] == ["Noted: kopi"]
    assert len(stage.texts()) == 2, "what is not meant for all is not said in the channel"
    assert len(NOTES) == 1


async def test_a_reply_to_the_bot_is_heard(stage: Stage) -> None:
    message = await stage.panel()
    await stage.server.people.say(stage.ben, stage.channel, "/note balasan", reply_to=message)
    await stage.until(lambda: NOTES)
    assert NOTES == [{"text": "balasan", "times": 1}]


async def test_another_bot_and_the_bot_itself_are_not_heard(stage: Stage) -> None:
    other = stage.state.add_person("other", bot=True)
    await stage.server.people.say(other, stage.channel, f"<@{stage.state.bot.id}> /note kopi")
    await stage.slash(stage.ben, "me")
    assert NOTES == []
