"""Private replies take the best rung that reaches the person."""

from functools import partial
from pathlib import Path

import pytest

from adapters.telegram import answer
from bot.chat.errors import Unavailable
from tests.adapters.telegram.feature import LONG
from tests.adapters.telegram.stage import Stage, staged
from tests.wire.faults import Fault, Kind, Match


async def test_rung_1_an_ephemeral_command_is_answered_where_only_its_sender_sees_it(tmp_path: Path) -> None:
    async with staged(tmp_path, ephemeral=True) as stage:
        assert stage.telegram.reception.ephemeral
        stage.server.people.whisper(stage.ben, stage.group, "/me")
        await stage.until(lambda: len(stage.group.private_views) == 2)
        (receiver, _), shown = list(stage.group.private_views.items())[-1]
        assert (receiver, shown["text"]) == (stage.ben.id, "This is you.")
        assert stage.texts(stage.group) == []


async def test_rung_1_an_administrator_bot_answers_plain_commands_privately_too(tmp_path: Path) -> None:
    async with staged(tmp_path, ephemeral=True) as stage:
        stage.server.people.set_bot(stage.group, stage.ada, "administrator", ("can_delete_messages",))
        stage.server.people.say(stage.ben, stage.group, "/secret")
        await stage.until(lambda: stage.group.private_views)
        assert [view["text"] for view in stage.group.private_views.values()] == ["rahasia"]
        assert stage.texts(stage.group) == []


async def test_a_light_word_passes_by_itself(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        card = await stage.panel()
        assert await stage.press(stage.ben, "Light", card) == [{"text": "Done."}]


async def test_rung_2_a_press_is_answered_by_an_ephemeral_message_and_still_acknowledged(tmp_path: Path) -> None:
    async with staged(tmp_path, ephemeral=True) as stage:
        card = await stage.panel()
        assert await stage.press(stage.ben, "Detail", card) == [{}]
        ((receiver, number), shown), *_ = stage.group.private_views.items()
        assert (receiver, shown["text"]) == (stage.ben.id, "Detail of 1")
        press = stage.server.people.press_private(stage.ben, stage.group, number, "More")
        await stage.until(lambda: press.answers)
        assert press.answers == [{"text": "Tap 9 is in.", "show_alert": True}]


async def test_an_older_server_is_never_sent_an_ephemeral_message_which_it_would_post_for_all(
    stage: Stage,
) -> None:
    assert not stage.telegram.reception.ephemeral
    card = await stage.panel()
    stage.server.people.start(stage.ben)
    await stage.settled()
    await stage.press(stage.ben, "Detail", card)
    assert stage.texts(stage.group) == ["Panel 1\n\ntext"]
    assert stage.texts(stage.private(stage.ben))[-1] == "Detail of 1"


async def test_rung_3_short_words_are_an_alert(stage: Stage) -> None:
    card = await stage.panel()
    assert await stage.press(stage.ben, "Short", card) == [{"text": "Benar!", "show_alert": True}]
    assert await stage.press(stage.ben, "Tap", card) == [{"text": "Tap 1 is in.", "show_alert": True}]


async def test_rung_4_long_words_go_to_the_private_chat_of_somebody_who_opened_it(stage: Stage) -> None:
    card = await stage.panel()
    stage.server.people.start(stage.ben)
    await stage.settled()
    assert await stage.press(stage.ben, "Long", card) == [{}]
    assert stage.texts(stage.private(stage.ben)) == ["Welcome.", LONG.strip()]


async def test_rung_4_a_press_of_somebody_unknown_opens_the_private_chat_where_the_answer_waits(stage: Stage) -> None:
    card = await stage.panel()
    ((answer_,),) = [await stage.press(stage.ben, "Long", card)]
    url, _, payload = answer_["url"].partition("?start=")
    assert url == "https://t.me/bareng_bot"
    stage.server.people.start(stage.ben, payload)
    await stage.settled()
    assert stage.texts(stage.private(stage.ben)) == [LONG.strip()]


async def test_rung_4_personal_words_for_somebody_unknown_wait_behind_a_link(stage: Stage) -> None:
    stage.server.people.say(stage.ben, stage.group, "/secret")
    await stage.until(lambda: stage.ours(stage.group))
    (offer,) = stage.ours(stage.group)
    assert "rahasia" not in offer["text"]
    ((button,),) = offer["reply_markup"]["inline_keyboard"]
    stage.server.people.start(stage.ben, button["url"].partition("?start=")[2])
    await stage.settled()
    assert stage.texts(stage.private(stage.ben)) == ["rahasia"]


async def test_rung_4_a_person_who_blocked_the_bot_meanwhile_gets_the_next_rung(stage: Stage) -> None:
    stage.server.people.start(stage.ben)
    await stage.settled()
    stage.ben.blocked = True
    stage.server.people.say(stage.ben, stage.group, "/me")
    await stage.until(lambda: stage.texts(stage.group))
    assert stage.texts(stage.group) == ["This is you."]
    assert not await stage.telegram.reception.can_write(stage.ben.id)


async def test_rung_5_a_public_reply_is_silent_and_disappears_with_the_command(stage: Stage) -> None:
    stage.server.people.set_bot(stage.group, stage.ada, "administrator", ("can_delete_messages",))
    stage.server.people.say(stage.ben, stage.group, "/me")
    await stage.until(lambda: stage.texts(stage.group))
    (reply,) = stage.ours(stage.group)
    assert reply["_silent"]
    assert reply["reply_to_message"]["text"] == "/me"
    assert answer.PUBLIC_LIFE == 60
    (task,) = stage.telegram.reception._later
    await stage.telegram.reception._later.pop(task)()
    task.cancel()
    assert [message["text"] for message in stage.group.messages.values()] == []


async def test_rung_5_without_the_right_to_delete_only_our_own_words_disappear(stage: Stage) -> None:
    stage.server.people.say(stage.ben, stage.group, "/me")
    await stage.until(lambda: stage.texts(stage.group))
    (task,) = stage.telegram.reception._later
    await stage.telegram.reception._later.pop(task)()
    task.cancel()
    assert [message["text"] for message in stage.group.messages.values()] == ["/me"]


async def test_words_in_public_are_removed_when_the_bot_stops_before_their_time(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.server.people.say(stage.ben, stage.group, "/me")
        await stage.until(lambda: stage.texts(stage.group))
    assert stage.texts(stage.group) == []


async def test_a_question_in_a_group_opens_a_reply_and_the_reply_answers_it(stage: Stage) -> None:
    stage.server.people.say(stage.ben, stage.group, "/note")
    await stage.until(lambda: stage.texts(stage.group))
    (question,) = stage.ours(stage.group)
    assert question["text"].startswith("What is the note?")
    assert question["reply_markup"] == {
        "force_reply": True,
        "selective": True,
        "input_field_placeholder": question["reply_markup"]["input_field_placeholder"],
    }
    stage.server.people.say(stage.ben, stage.group, "hello", reply_to=question["message_id"])
    await stage.until(lambda: len(stage.texts(stage.group)) == 2)
    assert stage.texts(stage.group)[-1] == "Noted: hello"


@pytest.mark.parametrize("ephemeral", [False, True])
async def test_what_a_button_asks_for_is_typed_in_private_because_a_group_reads_what_is_typed(
    tmp_path: Path, ephemeral: bool
) -> None:
    async with staged(tmp_path, ephemeral=ephemeral) as stage:
        card = await stage.panel()
        ((answer_,),) = [await stage.press(stage.ben, "Write", card)]
        assert len(stage.texts(stage.group)) == 1
        assert not stage.group.private_views
        stage.server.people.start(stage.ben, answer_["url"].partition("?start=")[2])
        await stage.settled()
        assert stage.texts(stage.private(stage.ben))[-1].startswith("What do you think?")
        stage.server.people.say(stage.ben, stage.group, "hello all", reply_to=card)
        await stage.settled()
        assert len(stage.texts(stage.group)) == 1, "the group's talk is no answer"
        stage.server.people.say(stage.ben, None, "I think so")
        await stage.settled()
        assert stage.texts(stage.private(stage.ben))[-1] == "You think: I think so"


async def test_an_answer_that_telegram_delays_comes_later_and_once(stage: Stage) -> None:
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=1), Match("sendMessage"), times=1)
    stage.server.people.say(stage.ada, stage.group, "/panel")
    await stage.until(lambda: stage.texts(stage.group))
    await stage.settled()
    assert stage.texts(stage.group) == ["Panel 1\n\ntext"]


async def test_a_button_under_a_private_message_changes_that_message(tmp_path: Path) -> None:
    async with staged(tmp_path, ephemeral=True) as stage:
        card = await stage.panel()
        await stage.press(stage.ben, "Detail", card)
        ((receiver, number),) = stage.group.private_views
        press = stage.server.people.press_private(stage.ben, stage.group, number, "Turn")
        await stage.until(lambda: press.answers)
        await stage.settled()
        assert stage.group.private_views[receiver, number]["text"] == "Panel 5\n\ntext"
        assert stage.texts(stage.group) == ["Panel 1\n\ntext"]


async def test_where_a_private_message_is_refused_the_next_rung_answers(tmp_path: Path) -> None:
    async with staged(tmp_path, ephemeral=True) as stage:
        stage.server.people.say(stage.ben, stage.group, "/me")  # the bot is no administrator here
        await stage.until(lambda: stage.texts(stage.group))
        assert not stage.group.private_views


async def test_an_answer_for_everybody_is_posted_and_the_press_acknowledged(stage: Stage) -> None:
    card = await stage.panel()
    assert await stage.press(stage.ben, "Tell", card) == [{}]
    assert stage.texts(stage.group)[-1] == "for everybody"


async def test_an_edit_that_grew_too_long_goes_on_below(stage: Stage) -> None:
    card = await stage.panel()
    await stage.press(stage.ben, "Flood", card)
    texts = stage.texts(stage.group)
    assert len(texts) == 2
    assert "".join("".join(texts).split()) == "banyak" * 1000


async def test_in_the_private_chat_short_words_are_an_alert_and_long_ones_a_message(stage: Stage) -> None:
    card = await stage.panel()
    stage.server.people.start(stage.ben)
    await stage.settled()
    answers = []
    for label in ("Tap", "Long", "Turn"):
        data = stage.server.people.press(stage.ben, stage.group, card, label).data
        hello = stage.ours(stage.private(stage.ben))[0]["message_id"]
        press = stage.server.people.press(stage.ben, stage.private(stage.ben), hello, f"data:{data}")
        await stage.until(partial(getattr, press, "answers"))
        answers.append(press.answers)
        await stage.settled()
    assert answers == [[{"text": "Tap 1 is in.", "show_alert": True}], [{}], [{}]]
    assert stage.texts(stage.private(stage.ben))[:1] == ["Panel 2\n\ntext"]
    assert LONG.strip() in stage.texts(stage.private(stage.ben))


async def test_an_answer_follows_its_group_to_the_supergroup(stage: Stage) -> None:
    old = stage.server.world.add_chat("Old", "group", members=(stage.ben,))
    await stage.acquaint(await stage.found(old))
    stage.server.people.say(stage.ben, old, "/panel")
    new = stage.server.people.migrate(old, signals=())
    await stage.until(lambda: stage.texts(new))
    assert stage.texts(old) == []


async def test_while_nobody_can_be_looked_up_personal_words_stay_behind_the_link(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down() -> None:
        raise Unavailable("locked")

    monkeypatch.setattr(stage.store, "read", down)
    assert not await stage.telegram.reception.can_write(stage.ben.id)
    monkeypatch.setattr(stage.store, "begin", down)
    await stage.telegram.reception.closed(stage.ben.id)


async def test_an_answer_that_cannot_be_delivered_at_all_is_given_up_and_the_bot_goes_on(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=600), Match("sendMessage"), times=1)
    stage.server.people.say(stage.ben, stage.group, "/panel")
    await stage.until(lambda: stage.server.truth.count("fault"))
    await stage.settled()
    assert "answer_lost" in capsys.readouterr().out
    assert stage.texts(stage.group) == []


@pytest.mark.parametrize("effect", [True, False])
async def test_a_press_whose_private_message_is_lost_does_not_seem_to_hang(tmp_path: Path, effect: bool) -> None:
    async with staged(tmp_path, ephemeral=True) as stage:
        card = await stage.panel()
        stage.server.faults.add(Fault(Kind.SERVER_ERROR, effect=effect), Match("sendMessage"), times=1)
        assert await stage.press(stage.ben, "Detail", card) == [{}]
        assert len(stage.group.private_views) == int(effect)
