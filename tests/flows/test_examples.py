"""Every example of every command works as it stands, and every command answers when it is called alone."""

import pytest

from adapters.playground.form import Dialog
from bot.features import FEATURES
from bot.index import Index
from bot.speech import catalogue
from tests.world import Human, World

INDEX = Index(FEATURES)
LINES = [example.line for command in INDEX.commands for example in command.examples]
ASKING = ("/ask ", "/tanya ", "/need ", "/butuh ", "/offer ", "/tawarkan ", "/focus")
"""What members post themselves: a question, a need, an offer, a timer."""

PATHS = [f"/{command.path}" for command in INDEX.commands]
INCIDENT = ("(E-", "Nothing changed", "Tidak ada yang berubah")
ENGLISH = [
    source
    for source, translation in catalogue("id").items()
    if "{" not in source and len(source) > 15 and source != translation
]


def answered(world: World, person: Human) -> str:
    """What the person was told, the title of the form that opened, or the mark that stands for words."""
    forms = [signal.what for signal in world.stage.transcript.signals if isinstance(signal.what, Dialog)]
    marks = ["👍" for entry in world.stage.transcript if entry.marked]
    return person.told or "".join([*(form.title for form in forms), *marks])


@pytest.mark.parametrize("line", LINES)
async def test_an_example_is_answered(world: World, line: str) -> None:
    await world.ani.says(line)
    assert answered(world, world.ani)
    assert not any(word in world.ani.told for word in INCIDENT)


@pytest.mark.parametrize("line", PATHS)
async def test_a_command_alone_is_answered_in_private_too(world: World, line: str) -> None:
    await world.ani.private.says(line)
    assert answered(world, world.ani.private)
    assert not any(word in world.ani.private.told for word in INCIDENT)


@pytest.mark.parametrize("line", LINES)
async def test_a_member_is_answered_or_told_kindly_why_not(world: World, line: str) -> None:
    before = list(world.public)
    await world.citra.says(line)
    assert answered(world, world.citra)
    assert not any(word in world.citra.told for word in INCIDENT)
    if not line.startswith(ASKING):
        assert world.public == before


@pytest.mark.parametrize("line", [line for line in LINES if line != "/language en"])
async def test_an_indonesian_answer_has_no_english_sentence_in_it(world: World, line: str) -> None:
    await world.ani.says(line)
    assert not [sentence for sentence in ENGLISH if sentence in world.ani.told]
