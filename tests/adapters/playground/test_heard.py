"""What the core hears of the words and marks that people leave in the groups."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.playground.adapter import Playground
from adapters.playground.cast import CAST, GROUPS
from adapters.playground.mention import addresses, read
from adapters.playground.plain import words
from adapters.playground.transcript import Entry
from bot.chat.events import EVERYBODY, Invoked, Mark, Quoted
from bot.chat.places import Account, Place, Ref
from bot.chat.text import Run
from bot.said import Answerer
from tests.adapters.about import KEPT
from tests.adapters.playground.parlour import ANI, BUDI, CITRA, DISCORD, HEARD, TELEGRAM, TOLD, sees

PEOPLE = {actor.account: actor for actor in CAST}


async def written(playground: Playground, who: Account, place: Place, text: str) -> Entry:
    """The entry of these words."""
    await playground.say(who, place, text)
    return [entry for entry in playground.transcript if entry.author == who and entry.place == place][-1]


@pytest.mark.parametrize(("place", "aside"), [(TELEGRAM, False), (DISCORD, True)])
async def test_all_words_are_heard_and_known_to_be_said_to_the_bot_or_not(
    playground: Playground, place: Place, aside: bool
) -> None:
    await playground.run(ANI, place, "serve", {})
    await playground.settle()
    card = [entry for entry in playground.transcript if entry.place == place and entry.is_public][-1]
    first = await written(playground, CITRA, place, "to nobody")
    await playground.say(BUDI, place, "to Citra", reply=first.id)
    await playground.say(BUDI, place, "to the bot", reply=card.id)
    await playground.say(BUDI, place, "what do you say, @bareng?", reply=first.id)
    assert [(event.text, event.aside, event.reply) for event in HEARD] == [
        ("to nobody", aside, None),
        ("to Citra", True, Ref(place, first.id)),
        ("to the bot", False, Ref(place, card.id)),
        ("what do you say, @bareng?", False, Ref(place, first.id)),
    ]
    assert HEARD[0].own == Ref(place, first.id)
    assert (HEARD[0].sender.account, HEARD[0].sender.name, HEARD[0].sender.handle) == (CITRA, "Citra", "citra")
    assert HEARD[1].quoted == Quoted("to nobody", CITRA, "Citra")
    assert HEARD[2].quoted is not None
    assert (HEARD[2].quoted.account, HEARD[0].quoted) == (None, None)


async def test_who_is_called_and_what_is_linked_is_told(playground: Playground) -> None:
    await playground.say(
        BUDI, TELEGRAM, "@citra @dewi @citra @nobody look: example.com", links=("https://bad.example",)
    )
    await playground.say(BUDI, DISCORD, "@citra @everyone see https://example.com/a?b=1.")
    telegram, discord = HEARD
    assert telegram.text == "@citra @dewi @citra @nobody look: example.com"
    assert (telegram.mentions, telegram.urls) == (2, ("example.com", "https://bad.example"))
    assert discord.text == "<@citra> @everyone see https://example.com/a?b=1."
    assert (discord.mentions, discord.urls) == (1 + EVERYBODY, ("https://example.com/a?b=1",))
    assert sees(playground, CITRA, DISCORD) == ["@Citra @everyone see https://example.com/a?b=1."]


@pytest.mark.parametrize(
    ("place", "typed", "told", "mentioned"),
    [
        (TELEGRAM, "/keep @citra", "@citra", []),
        (TELEGRAM, "/keep <@citra>", "<@citra>", ["Citra"]),
        (DISCORD, "/keep @citra", "<@citra>", ["Citra"]),
        (DISCORD, "/keep @nobody", "@nobody", []),
    ],
)
async def test_a_command_names_people_as_the_platform_does(
    playground: Playground, place: Place, typed: str, told: str, mentioned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Invoked] = []
    handle = playground.app.handle

    async def listen(event: Invoked, answer: Answerer) -> None:
        heard.append(event)
        await handle(event, answer)

    monkeypatch.setattr(playground.app, "handle", listen)
    KEPT.clear()
    await playground.say(BUDI, place, typed)
    await playground.settle()
    assert [topic for _, _, topic in KEPT] == [told]
    assert [sender.name for sender in heard[0].mentioned] == mentioned


async def test_a_value_names_a_person_too(playground: Playground, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Invoked] = []

    async def listen(event: Invoked, answer: Answerer) -> None:
        heard.append(event)

    monkeypatch.setattr(playground.app, "handle", listen)
    await playground.run(BUDI, DISCORD, "keep", {"topic": "<@citra>", "other": "<@nobody> <@citra>"})
    assert [[sender.account for sender in event.mentioned] for event in heard] == [[CITRA]]


@pytest.mark.parametrize("place", GROUPS)
async def test_thanks_are_told_with_the_author_and_are_no_thumb(playground: Playground, place: Place) -> None:
    entry = await written(playground, CITRA, place, "like this")
    await playground.run(ANI, place, "serve", {})
    await playground.settle()
    card = [each for each in playground.transcript if each.place == place and each.author is None and each.is_public][
        -1
    ]
    for on in (True, True, False):
        await playground.react(BUDI, entry.id, on, mark=Mark.THANKS)
    await playground.react(BUDI, card.id, on=True, mark=Mark.THANKS)
    await playground.react(ANI, entry.id, on=True)
    assert list(TOLD) == [
        ("Budi", "thanked", CITRA, True),
        ("Budi", "thanked", CITRA, False),
        ("Budi", "thanked", None, True),
    ]
    found = playground.transcript.get(entry.id)
    assert found is not None
    assert (found.likes, found.thanks) == ((ANI,), ())


@given(
    text=st.text(max_size=40)
    | st.lists(st.sampled_from(["@citra", "<@ani>", "@", " ", "<@", "@everyone", "x"])).map("".join)
)
def test_no_words_are_lost_or_added(text: str) -> None:
    """On Telegram a typed mention stays as it is; the line that people see begins and ends as the words do."""
    said = read(text, TELEGRAM, PEOPLE)
    assert said.text == text
    assert words(said.line).replace("@Ani", "<@ani>") == text.replace("@Ani", "<@ani>")
    assert all(isinstance(run, Run) and run.text for run in said.line)


@pytest.mark.parametrize(
    ("text", "telegram", "discord"),
    [
        ("(https://a.example/x), https://a.example/x", ["https://a.example/x"], ["https://a.example/x"]),
        ("www.example.org!", ["www.example.org"], ["www.example.org"]),
        ("t.me/group or mail me@example.com", ["t.me/group"], []),
        ("3.5 e.g. notes.txt and so.on", [], []),
        ("HTTPS://A.EXAMPLE", ["HTTPS://A.EXAMPLE"], ["HTTPS://A.EXAMPLE"]),
    ],
)
def test_addresses_are_found(text: str, telegram: list[str], discord: list[str]) -> None:
    assert list(addresses(text, TELEGRAM)) == telegram
    assert list(addresses(text, DISCORD)) == discord
