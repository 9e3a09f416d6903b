"""Who may do what to whom: every kind of actor tries every act on both platforms, as the table says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.adapters.rights import table
from tests.adapters.rights.court import Court
from tests.adapters.rights.on_discord import on_discord
from tests.adapters.rights.on_telegram import on_telegram
from tests.adapters.rights.outcome import Outcome

Found = dict[tuple[str, str], Outcome]
COURTS = {table.TELEGRAM: on_telegram, table.DISCORD: on_discord}


@pytest.fixture(autouse=True)
def database(sqlite_address: str) -> str:
    """A migrated file, so that no test waits for the migration."""
    return sqlite_address


@asynccontextmanager
async def sitting(platform: str, folder: Path) -> AsyncIterator[Court]:
    """The court on that platform."""
    async with COURTS[platform](folder) as court:
        yield court


def differing(found: Found, expected: Found) -> dict[tuple[str, str], tuple[Outcome, Outcome]]:
    """(found, expected) of everything that is not as the table says."""
    assert found.keys() == expected.keys()
    return {row: (found[row], expected[row]) for row in found if found[row] != expected[row]}


@pytest.mark.parametrize("actor", table.RULING)
@pytest.mark.parametrize("platform", table.PLATFORMS)
async def test_who_rules_acts_on_those_below_alone(platform: str, actor: str, tmp_path: Path) -> None:
    found, expected = {}, {}
    async with sitting(platform, tmp_path) as court:
        for target in table.PERSONS:
            for act in table.TO_PEOPLE:
                if target == actor or (act in table.TAKING_BACK and target in ("owner", "left", "self")):
                    continue
                found[act, target] = await court.tries(actor, act, target)
                expected[act, target] = table.on_person(platform, actor, act, target)
        for target in table.THINGS:
            for act in ("warn", "ban"):
                found[act, target] = await court.tries(actor, act, target)
                expected[act, target] = table.refused(table.V.NOBODY)
        for act in table.TO_PLACES:
            found[act, ""] = await court.tries(actor, act)
            expected[act, ""] = table.in_place(platform, actor, act)
    assert differing(found, expected) == {}


@pytest.mark.parametrize("platform", table.PLATFORMS)
async def test_who_has_no_say_does_nothing_to_anybody(platform: str, tmp_path: Path) -> None:
    found, expected = {}, {}
    async with sitting(platform, tmp_path) as court:
        for actor in (*table.PEOPLE, "gone"):
            for act in table.ACTS if actor in ("member", "demoted") else table.SAMPLE:
                target = "peer" if act in table.TO_PEOPLE else ""
                found[actor, act] = await court.tries(actor, act, target, private=actor == "gone")
                expected[actor, act] = table.of_people(actor, act)
        if platform == table.TELEGRAM:
            for act in table.ACTS:
                found["ghost", act] = await court.tries("ghost", act, "member" if act in table.TO_PEOPLE else "")
                expected["ghost", act] = table.of_ghost(act)
        for actor in ("robot", "channel") if platform == table.TELEGRAM else ("robot",):
            for act in (*table.SAMPLE[:6], "rules", "ladder", "modlog"):
                found[actor, act] = await court.tries(actor, act, "member" if act in table.TO_PEOPLE else "")
                expected[actor, act] = table.refused(table.V.SILENCE)
    assert differing(found, expected) == {}
