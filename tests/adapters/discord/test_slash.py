"""The slash tree as a pure function of the command records."""

import json
from typing import Annotated, Any

import pytest

from adapters.discord.modal import fields, modal, opening, sending, values, worth_opening
from adapters.discord.rights import MANAGE_GUILD
from adapters.discord.slash import plain, tree
from adapters.discord.wire import Input
from bot.chat.message import Message
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import Example, command
from bot.context import Context
from bot.param import Arg, Choice
from bot.speech import Speech
from tests.adapters.discord.feature import FEATURE, ask, box, find, note
from tests.adapters.discord.stage import Stage
from tests.wire.discord.schema import request_problem
from tests.wire.discord.validation import command_problems, modal_problems

PUT = "PUT /applications/{application_id}/commands"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
GROUPS = dict(FEATURE.groups)


def named(payload: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(item for item in payload if item["name"] == name)


def test_discord_takes_the_whole_tree() -> None:
    payload = tree(FEATURE.commands, GROUPS)
    assert request_problem(PUT, payload) is None
    assert command_problems(payload) == []


def test_two_words_become_a_group_with_a_subcommand_and_its_rights() -> None:
    top = named(tree(FEATURE.commands, GROUPS), "box")
    assert top["description"] == "The box"
    assert top["default_member_permissions"] == MANAGE_GUILD
    assert [(option["type"], option["name"]) for option in top["options"]] == [(1, "add")]


def test_everybodys_commands_ask_for_no_permission() -> None:
    assert named(tree(FEATURE.commands, GROUPS), "me")["default_member_permissions"] is None


def test_options_carry_types_bounds_choices_and_completion() -> None:
    payload = tree((note, ask, find), {})
    text, times = named(payload, "note")["options"]
    assert (text["type"], text["required"], text["max_length"]) == (3, True, 100)
    assert (times["type"], times["min_value"], times["max_value"], times["required"]) == (4, 1, 5, False)
    topic = named(named(payload, "ask")["options"], "topic")
    assert [choice["value"] for choice in topic["choices"]] == ["math", "bio"]
    assert named(payload, "find")["options"][0]["autocomplete"] is True


def test_long_texts_are_optional_so_that_the_modal_can_open() -> None:
    assert not any(option["required"] for option in named(tree((ask,), {}), "ask")["options"])


def test_several_lines_and_dependent_choices_are_no_options() -> None:
    add = tree((box,), GROUPS)[0]["options"][0]
    assert [option["name"] for option in add["options"]] == ["text", "source"]


def test_descriptions_are_cut_to_a_hundred_characters() -> None:
    @command("x", right=Role.MEMBER, summary=T("y" * 150), examples=(Example("/x", T("x")),))
    async def x(ctx: Context, word: Annotated[str, Arg(T("w" * 150))]) -> Message:
        raise NotImplementedError

    payload = tree((x,), {})
    assert command_problems(payload) == []
    assert request_problem(PUT, payload) is None
    assert payload[0]["description"].endswith("…")


def test_descriptions_come_in_indonesian_too() -> None:
    @command("x", right=Role.MEMBER, summary=T("Cancel"), examples=(Example("/x", T("x")),))
    async def x(ctx: Context) -> Message:
        raise NotImplementedError

    local = Speech("id").words(T("Cancel"))
    assert tree((x,), {})[0].get("description_localizations", {"id": "Cancel"}) == {"id": local}


def test_a_command_cannot_be_a_group_as_well() -> None:
    @command("box", right=Role.MEMBER, summary=T("x"), examples=(Example("/box", T("x")),))
    async def bare(ctx: Context) -> Message:
        raise NotImplementedError

    with pytest.raises(ValueError, match="group"):
        tree((bare, box), GROUPS)


async def test_commands_are_registered_once_and_again_only_when_they_differ(stage: Stage) -> None:
    assert stage.server.handlers.command_writes == 1
    assert not await stage.discord.publish_commands()
    stage.state.commands[None][0]["description"] = "older words"
    assert await stage.discord.publish_commands()
    assert stage.server.handlers.command_writes == 2


def test_what_discord_adds_to_a_command_is_no_difference() -> None:
    ours = tree(FEATURE.commands, GROUPS)
    theirs = json.loads(json.dumps(ours))
    for item in theirs:
        item |= {"id": "1", "version": "2", "application_id": "3", "nsfw": False, "dm_permission": True}
        if item["default_member_permissions"] is not None:
            item["default_member_permissions"] = str(item["default_member_permissions"])
    assert plain(theirs) == plain(ours)


def test_a_modal_is_made_from_the_parameters_and_read_back() -> None:
    params = fields(ask, ("text", "topic"))
    form = modal(ask, params, {}, Speech("en"))
    assert modal_problems(form) == []
    assert request_problem(CALLBACK, {"type": 9, "data": form}) is None
    assert form["components"][0]["description"].startswith("the question, as long")
    read = sending(form["custom_id"])
    assert read is not None
    assert (read.path, read.params, read.chosen) == ("ask", ("text", "topic"), {})
    assert opening(form["custom_id"]) is None
    assert worth_opening(params)
    assert not worth_opening(params[1:])


@pytest.mark.parametrize(
    ("chosen", "back"),
    [
        ({"topic": "bio"}, {"topic": "bio"}),
        ({"topic": "bio", "zone": "Asia/Jakarta"}, {"topic": "bio", "zone": "Asia/Jakarta"}),
        ({"topic": "a:b=c,d"}, {}),
        ({"topic": "x" * 90}, {}),
    ],
)
def test_a_modal_brings_back_what_was_chosen_as_far_as_its_id_goes(
    chosen: dict[str, str], back: dict[str, str]
) -> None:
    form = modal(ask, fields(ask, ("text",)), chosen, Speech("en"))
    assert modal_problems(form) == []
    read = sending(form["custom_id"])
    assert read is not None
    assert (read.params, read.chosen) == (("text",), back)


def test_choices_that_depend_on_other_answers_are_not_in_the_modal() -> None:
    assert [param.name for param in fields(box, ("text", "options", "right"))] == ["text", "options"]


def test_values_of_a_modal_are_read_from_labels_and_old_rows() -> None:
    sent = (
        Input(component=Input(custom_id="text", value="x")),
        Input(component=Input(custom_id="topic", values=("math",))),
        Input(components=(Input(custom_id="old", value="y"),)),
        Input(component=Input(custom_id="empty", values=())),
    )
    assert values(sent) == {"text": "x", "topic": "math", "old": "y", "empty": ""}


@pytest.mark.parametrize("custom_id", ["", "form:", "form:x", "form:X:y", "open:x", "form:x:y:z", "form:x:é"])
def test_other_ids_are_no_forms(custom_id: str) -> None:
    assert sending(custom_id) is None


def test_many_choices_are_completed_instead_of_listed() -> None:
    many = tuple(Choice(str(number), str(number)) for number in range(30))

    @command("x", right=Role.MEMBER, summary=T("x"), examples=(Example("/x", T("x")),))
    async def x(ctx: Context, word: Annotated[str, Arg(T("w"), choices=many)]) -> Message:
        raise NotImplementedError

    option = tree((x,), {})[0]["options"][0]
    assert option["autocomplete"] is True
    assert "choices" not in option
