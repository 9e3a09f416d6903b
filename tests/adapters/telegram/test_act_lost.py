"""Acts whose replies are lost, with and without their effect, and acts that are refused for now."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.act import Admit, Ban, Decline, Lock, Mute, Pin, Remove, Tag, Unban, Unlock, Unpin
from bot.chat.errors import Ambiguous, SlowDown
from bot.chat.places import Ref
from tests.adapters.telegram.stage import Stage
from tests.adapters.telegram.test_act import account, calls, do, place, promote, said
from tests.wire.faults import Fault, Kind, Match

ACTS: dict[str, Any] = {
    "restrictChatMember": lambda stage: Mute(account(stage.ben)),
    "banChatMember": lambda stage: Ban(account(stage.ben)),
    "unbanChatMember": lambda stage: Unban(account(stage.ben)),
    "pinChatMessage": lambda stage: Pin(said(stage)),
    "unpinChatMessage": lambda stage: Unpin(Ref(place(stage.group), str(stage.group.pinned[0]))),
    "deleteMessage": lambda stage: Remove(said(stage)),
    "setChatPermissions": lambda _: Lock(whole=True),
    "approveChatJoinRequest": lambda stage: Admit(account(stage.citra)),
    "declineChatJoinRequest": lambda stage: Decline(account(stage.citra)),
    "setChatMemberTag": lambda stage: Tag(account(stage.ben), "Guru"),
}
"""Every act by the method that does it."""


ONLY_ONCE = frozenset(
    ("unpinChatMessage", "deleteMessage", "setChatPermissions", "approveChatJoinRequest", "declineChatJoinRequest")
)
"""What is refused the second time, because it is done."""


def prepare(stage: Stage) -> None:
    """A pinned message, and Citra before the door."""
    promote(stage)
    stage.group.pinned.append(int(said(stage).message))
    stage.server.doors.leave(stage.citra, stage.group)
    stage.server.doors.knock(stage.citra, stage.group)


@pytest.mark.parametrize("effect", [True, False])
@pytest.mark.parametrize("method", ACTS)
async def test_an_act_whose_reply_is_lost_is_done_once_more_and_counts_as_done(
    stage: Stage, method: str, effect: bool
) -> None:
    prepare(stage)
    act = ACTS[method](stage)
    stage.server.faults.add(Fault(Kind.RESET_AFTER_READ, effect=effect), Match(method), times=1)
    told = await do(stage, act)
    assert calls(stage, method) == 2
    if method == "setChatPermissions":
        assert json.loads(told), "what was before the lock is not lost with the reply"
    assert stage.server.truth.count("effect", method) == 1 + (effect and method not in ONLY_ONCE)


@pytest.mark.parametrize("method", ACTS)
async def test_an_act_whose_replies_are_all_lost_is_ambiguous(stage: Stage, method: str) -> None:
    prepare(stage)
    stage.server.faults.add(Fault(Kind.RESET_AFTER_READ), Match(method))
    with pytest.raises(Ambiguous):
        await do(stage, ACTS[method](stage))
    assert calls(stage, method) == 2


@pytest.mark.parametrize("method", ACTS)
async def test_an_act_that_is_refused_for_now_says_for_how_long(stage: Stage, method: str) -> None:
    prepare(stage)
    act = ACTS[method](stage)
    stage.server.faults.add(Fault(Kind.RATE_LIMIT, retry_after=7), Match(method), times=1)
    with pytest.raises(SlowDown) as slow:
        await do(stage, act)
    assert slow.value.after == timedelta(seconds=7)
    assert stage.server.truth.count("effect", method) == 0


@pytest.mark.parametrize("method", ["closeForumTopic", "reopenForumTopic"])
async def test_a_topic_is_turned_whatever_becomes_of_the_reply(stage: Stage, method: str) -> None:
    stage.group = stage.server.world.add_chat("Forum", forum=True, members=(stage.ben,), owner=stage.ada)
    promote(stage)
    topic = stage.server.people.open_topic(stage.group, stage.ada, "Kuis")
    stage.group.topics[topic].closed = method == "reopenForumTopic"
    stage.server.faults.add(Fault(Kind.SERVER_ERROR, effect=True), Match(method), times=1)
    await do(stage, Lock() if method == "closeForumTopic" else Unlock(), str(topic))
    assert stage.group.topics[topic].closed is (method == "closeForumTopic")
