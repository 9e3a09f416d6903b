"""People as arguments: chosen in options, menus and modals, mentioned among words, and called by our own messages."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import pytest
import pytest_asyncio

from adapters.discord.modal import fields, modal, worth_opening
from adapters.discord.slash import by_modal, menu, tree
from bot.chat.message import Message, Reply, say
from bot.chat.places import Account, Role
from bot.chat.text import Mention, T
from bot.command import Example, Feature, command
from bot.context import Context
from bot.param import Arg
from bot.speech import Speech
from tests.adapters.discord.feature import FEATURE
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.discord.talk import watch
from tests.wire.discord.interactions import Interaction
from tests.wire.discord.people import answered
from tests.wire.discord.people import fields as shown
from tests.wire.discord.schema import request_problem
from tests.wire.discord.state import MANAGE_MESSAGES
from tests.wire.discord.validation import command_problems, modal_problems

POKED: list[tuple[str, str]] = []
"""Whose name was poked, and why."""

PUT = "PUT /applications/{application_id}/commands"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"


@command(
    "poke",
    right=Role.GUEST,
    summary=T("Pokes somebody"),
    examples=(Example("/poke @citra because", T("an example")),),
    on_person=T("Member"),
    on_message=T("Reply"),
)
async def poke(
    ctx: Context,
    whom: Annotated[int, Arg(T("the member"), ask=T("Whom?"), person=True)],
    reason: Annotated[str, Arg(T("the reason"), ask=T("Why?"), most=2000)],
) -> Message:
    names = await ctx.unit.people.names((whom,))
    POKED.append((names[whom], reason))
    return say(T("Noted."))


@command("call", right=Role.GUEST, summary=T("Calls"), examples=(Example("/call", T("an example")),), private=False)
async def call(ctx: Context, whom: Annotated[int, Arg(T("the member"), person=True)] = 0) -> Reply:
    assert ctx.account
    return Reply(say((Mention(ctx.account, ctx.person.name), " <@5> @everyone")), public=True)


POKING = Feature(commands=(poke, call))


@pytest_asyncio.fixture
async def yard(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot that pokes people."""
    POKED.clear()
    async with staged(tmp_path, features=(FEATURE, POKING)) as stage:
        yield stage


# ── what is registered ──


def test_a_person_is_an_option_of_its_own_kind_and_has_a_menu() -> None:
    payload = tree((poke, call), {})
    assert request_problem(PUT, payload) is None
    assert command_problems(payload) == []
    slash, other, person, message = payload
    whom, reason = slash["options"]
    assert (whom["name"], whom["type"], whom["required"]) == ("whom", 6, False)
    assert not set(whom) & {"autocomplete", "max_length", "choices", "min_length"}
    assert (other["options"][0]["type"], reason["type"]) == (6, 3)
    assert (person["type"], person["name"], message["type"], message["name"]) == (2, "Member", 3, "Reply")
    assert "description" not in person
    assert set(menu((poke, call))) == {(2, "Member"), (3, "Reply")}


def test_a_person_alone_is_demanded_and_worth_a_modal() -> None:
    short = replace(poke, params=poke.params[:1])
    assert tree((short,), {})[0]["options"][0]["required"] is True
    assert not by_modal(short)
    assert worth_opening(short.params)


def test_a_menu_for_moderators_is_shown_to_moderators() -> None:
    menus = tree((replace(poke, right=Role.MODERATOR),), {})[1:]
    assert [entry["default_member_permissions"] for entry in menus] == [MANAGE_MESSAGES] * 2


def test_a_modal_lets_somebody_choose_a_person() -> None:
    form = modal(poke, fields(poke, ("whom", "reason")), {}, Speech("en"))
    assert modal_problems(form) == []
    assert request_problem(CALLBACK, {"type": 9, "data": form}) is None
    chooser = form["components"][0]["component"]
    assert chooser == {"custom_id": "whom", "required": True, "type": 5, "min_values": 1, "max_values": 1}
    later = replace(poke.params[0], required=False)
    (field,) = modal(replace(poke, params=(later,)), (later,), {}, Speech("en"))["components"]
    assert (field["component"]["required"], field["component"]["min_values"]) == (False, 0)


# ── what happens ──


async def fills(stage: Stage, opened: Interaction, **values: object) -> Interaction:
    await stage.until(lambda: opened.modal)
    return await answered(await stage.server.people.submit(opened, values), 5)


async def test_somebody_is_chosen_in_an_option(yard: Stage) -> None:
    item = await yard.slash(yard.ben, "poke", {"whom": yard.citra, "reason": "fun"})
    assert item.reply.text == "Noted."
    assert POKED == [("citra", "fun")]


async def test_whoever_a_person_s_menu_was_opened_for_is_meant(yard: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = watch(yard, monkeypatch)
    fani = yard.state.add_person("fani", display="Fani")
    yard.state.join(yard.guild, fani)
    opened = await yard.server.people.menu(yard.ben, yard.channel, "Member", fani, kind=2)
    await yard.until(lambda: opened.modal)
    assert opened.modal
    assert [field["custom_id"] for field in shown(opened.modal)] == ["reason"]
    await fills(yard, opened, reason="fun")
    assert POKED == [("Fani", "fun")]
    assert (seen[0].values, seen[0].reply) == ({"whom": f"<@{fani.id}>"}, None)
    assert [each.account for each in seen[0].mentioned] == [Account("discord", str(fani.id))]


async def test_the_author_of_a_message_is_meant_by_its_menu(yard: Stage) -> None:
    said = await yard.server.people.say(yard.citra, yard.channel, "x")
    opened = await yard.server.people.menu(yard.ben, yard.channel, "Reply", said)
    await fills(yard, opened, reason="fun")
    assert POKED == [("citra", "fun")]


async def test_somebody_is_chosen_in_a_modal(yard: Stage) -> None:
    opened = await yard.server.people.slash(yard.ben, yard.channel, "poke")
    await fills(yard, opened, whom=yard.citra, reason="fun")
    assert POKED == [("citra", "fun")]


@pytest.mark.parametrize("way", ["option", "menu"])
async def test_a_bot_is_nobody(yard: Stage, way: str) -> None:
    other = yard.state.add_person("beep", bot=True)
    if way == "menu":
        opened = await yard.server.people.menu(yard.ben, yard.channel, "Member", other, kind=2)
        item = await answered(opened, 5)
    else:
        item = await yard.slash(yard.ben, "poke", {"whom": other, "reason": "fun"})
    assert POKED == []
    assert item.modal or item.reply.only_for == yard.ben.id


async def test_somebody_is_mentioned_among_words_or_by_a_reply(yard: Stage) -> None:
    name, citra = f"<@{yard.state.bot.id}>", yard.citra
    await yard.server.people.say(yard.ben, yard.channel, f"{name} /poke <@{citra.id}> fun")
    await yard.until(lambda: len(POKED) == 1)
    said = await yard.server.people.say(citra, yard.channel, "x")
    await yard.server.people.say(yard.ben, yard.channel, f"{name} /poke again", reply_to=said)
    await yard.until(lambda: len(POKED) == 2)
    assert POKED == [("citra", "fun"), ("citra", "again")]


async def test_a_menu_of_a_person_from_an_earlier_version_says_so(yard: Stage) -> None:
    old = yard.server.people.registered("Member", 2, None) | {"name": "Old"}
    yard.state.commands[None].append(old)
    item = await answered(await yard.server.people.menu(yard.ben, yard.channel, "Old", yard.citra, kind=2))
    assert "no longer open" in item.reply.text


async def test_only_whom_we_mention_hears_of_it(yard: Stage) -> None:
    item = await yard.slash(yard.ben, "call")
    assert item.reply.text == f"<@{yard.ben.id}> \\<\\@5\\> \\@everyone"
    sent = [entry for entry in yard.server.truth.find("call", CALLBACK) if entry.place == str(item.id)]
    data = json.loads(sent[-1].detail["body"])["data"]
    assert data["allowed_mentions"] == {"parse": [], "users": [str(yard.ben.id)]}


async def test_a_message_of_the_outbox_calls_one_account_alone(yard: Stage) -> None:
    ben, elsewhere = Account("discord", str(yard.ben.id)), Account("telegram", "7")
    words = Speech("en").message(say((Mention(ben, "Ben"), ", ", Mention(elsewhere, "Tia"), Mention(ben, "Ben"))))
    ref = await yard.discord.send(yard.place, words, "job-1")
    assert yard.state.messages[int(ref.message)].text == f"<@{yard.ben.id}>, Tia<@{yard.ben.id}>"
    body = yard.server.truth.find("call", "POST /channels/{channel_id}/messages")[-1].detail["body"]
    assert f'"users":["{yard.ben.id}"]' in body.replace(" ", "")
