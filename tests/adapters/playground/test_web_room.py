"""What the page asks for and is told beside messages: marks, newcomers, suggestions of people, the state of groups."""

import json
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest

from adapters.playground.adapter import Playground
from adapters.playground.cast import NEWCOMERS
from bot.chat.act import Ban, Lock, Mute, Pin, Tag
from bot.chat.places import Ref
from tests.adapters.playground.parlour import ANI, BUDI, CITRA, DISCORD, TELEGRAM, TOLD
from tests.adapters.playground.site import serve
from tests.adapters.playground.test_web import Visitor, first


@pytest.fixture
async def visitor(playground: Playground) -> AsyncIterator[Visitor]:
    """Somebody who visits the page."""
    async with serve(playground) as site, httpx.AsyncClient(base_url=site, timeout=10) as client:
        yield Visitor(site, client)


async def test_everybody_is_told_what_holds_in_the_groups_and_what_holds_for_them(
    visitor: Visitor, playground: Playground
) -> None:
    await playground.say(CITRA, TELEGRAM, "rules")
    entry = next(iter(playground.transcript))
    _, news = await first(visitor, "citra")
    open_ = {"barred": "", "ways": [], "waits": False, "locked": False, "muted": [], "tags": {}, "pins": []}
    assert news["rooms"] == {each: {**open_, "members": "5 people and Bareng"} for each in ("telegram", "discord")}
    await playground.act(TELEGRAM, Pin(Ref(TELEGRAM, entry.id)), "p")
    for place in (TELEGRAM, DISCORD):
        await playground.act(place, Lock(), f"l{place.chat}")
    await playground.act(TELEGRAM, Mute(BUDI), "m")
    await playground.act(TELEGRAM, Tag(CITRA, "Helper"), "t")
    await playground.act(DISCORD, Ban(CITRA), "b")
    told = {who: (await first(visitor, who))[1]["rooms"] for who in ("ani", "budi", "citra")}
    assert told["ani"]["telegram"] == {
        **open_,
        "locked": True,
        "muted": ["budi"],
        "tags": {"citra": "Helper"},
        "pins": [entry.id],
        "members": "5 people and Bareng",
    }
    assert told["ani"]["discord"]["members"] == "4 people and Bareng"
    barred = {who: (rooms["telegram"]["barred"], rooms["discord"]["barred"]) for who, rooms in told.items()}
    assert barred == {
        "ani": ("", ""),
        "budi": ("Nothing goes through: the group has muted this account.", ""),
        "citra": (
            "Nothing goes through: only moderators can write here now.",
            "Nothing goes through: only who is in the group can do this.",
        ),
    }
    assert told["citra"]["discord"]["ways"] == [], "a ban leaves no way in"


async def test_a_newcomer_comes_once_and_finds_the_ways_in(visitor: Visitor, playground: Playground) -> None:
    await first(visitor, "ani")
    asked = {"id": uuid4().hex, "kind": "newcomer"}
    for _ in range(2):
        assert (await visitor.post(json.dumps(asked).encode())).status_code == 200
    _, news = await first(visitor, "fani")
    assert news["cast"] == ["ani", "budi", "citra", "dewi", "eko", "fani"]
    assert [room["ways"] for room in news["rooms"].values()] == [["knock", "enter"], ["enter"]]
    for kind, place, status in (("knock", "discord", 410), ("knock", "fani", 400), ("knock", "telegram", 200)):
        assert await visitor.act(kind=kind, who="fani", place=place) == status
    _, news = await first(visitor, "fani")
    assert [room["waits"] for room in news["rooms"].values()] == [True, False]
    for kind, place, status in (("enter", "budi", 400), ("enter", "discord", 200)):
        assert await visitor.act(kind=kind, who="fani", place=place) == status
    assert list(TOLD) == [("Fani", "knocked"), ("Fani", "entered")]
    page = (await visitor.client.get("")).text
    assert 'value="fani"' in page
    for _ in NEWCOMERS[1:]:
        assert 'id="newcomer"' in (await visitor.client.get("")).text
        assert await visitor.act(kind="newcomer") == 200
    assert await visitor.act(kind="newcomer") == 410
    assert 'id="newcomer"' not in (await visitor.client.get("")).text


@pytest.mark.parametrize(("mark", "status"), [("like", 200), ("thanks", 200), ("rage", 400), (None, 400)])
async def test_only_marks_that_there_are_can_be_put(
    visitor: Visitor, playground: Playground, mark: object, status: int
) -> None:
    await playground.say(CITRA, TELEGRAM, "like this")
    entry = next(iter(playground.transcript))
    assert await visitor.act(kind="react", who="budi", entry=entry.id, on=True, mark=mark) == status
    found = playground.transcript.get(entry.id)
    assert found is not None
    assert (found.likes, found.thanks) == ((BUDI,) * (mark == "like"), (BUDI,) * (mark == "thanks"))


async def test_people_are_suggested_by_the_names_that_mention_them(visitor: Visitor, playground: Playground) -> None:
    await playground.leave(ANI, DISCORD)
    for place, least in (("telegram", "@ani"), ("discord", "@budi"), ("budi", "@ani")):
        asked = {"as": "budi", "place": place, "path": "poke", "param": "whom", "text": ""}
        found = (await visitor.client.get("complete", params=asked)).json()
        assert min(each["value"] for each in found) == least
    assert {"value": "@citra", "label": "Citra"} in found


async def test_the_menu_says_what_stands_in_a_persons_own_one(visitor: Visitor) -> None:
    menu = (await visitor.client.get("menu", params={"as": "budi", "place": "discord"})).json()
    assert {command["path"]: command["person"] for command in menu if command["person"]} == {
        "poke": {"label": "Poke", "param": "whom"}
    }


@pytest.mark.parametrize("path", ["hello", "nothing"])
async def test_only_a_command_about_people_stands_there(playground: Playground, path: str) -> None:
    with pytest.raises(LookupError):
        await playground.open_person(BUDI, DISCORD, path, CITRA)
