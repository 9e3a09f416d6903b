"""Pins, mutes, locks, thanks, mentions and people's menus on the page, in a real browser."""

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]

from adapters.playground.adapter import Playground
from adapters.playground.cast import NEWCOMERS
from bot.chat.act import Admit, Ban, Lock, Mute, Pin, Tag, Unlock, Unmute
from bot.chat.places import Place, Ref
from tests.adapters.playground.parlour import ANI, BUDI, CITRA, DISCORD, TELEGRAM, TOLD, sees
from tests.adapters.playground.test_page import NARROW, WIDE, View, look

PANES = pytest.mark.parametrize(("pane", "place"), [("telegram", TELEGRAM), ("discord", DISCORD)])
FANI = NEWCOMERS[0]


async def pin(playground: Playground, place: Place, *texts: str) -> None:
    """Citra says these, and they are pinned."""
    for text in texts:
        await playground.say(CITRA, place, text)
        entry = [each for each in playground.transcript if each.place == place][-1]
        await playground.act(place, Pin(Ref(place, entry.id)), f"pin:{entry.id}")


@PANES
async def test_thanks_stand_beside_thumbs(playground: Playground, pane: str, place: Place) -> None:
    await playground.say(CITRA, place, "like this")
    async with look(playground) as view:
        entry = view.page.locator(f"#{pane} .entry", has_text="like this")
        await entry.hover()
        await entry.get_by_role("button", name="Thanks: Citra", pressed=False).click()
        await entry.get_by_role("button", name="Thanks: Citra (1)", pressed=True).wait_for()
        await view.become("Budi")
        await entry.get_by_role("button", name="Thanks: Citra (1)", pressed=False).click()
        await entry.get_by_role("button", name="Thanks: Citra (2)", pressed=True).click()
        await entry.get_by_role("button", name="Thanks: Citra (1)").wait_for()
        assert await entry.get_by_role("button", name="Thumbs up: Citra", pressed=False).count() == 1
    assert [told[0::3] for told in TOLD] == [("Ani", True), ("Budi", True), ("Budi", False)]


@PANES
async def test_a_pinned_message_is_named_above_the_others_and_leads_to_itself(
    playground: Playground, pane: str, place: Place
) -> None:
    await pin(playground, place, "Exam on Monday", "Room 12")
    for number in range(40):
        await playground.say(BUDI, place, f"talk {number}")
    async with look(playground) as view:
        pins = view.page.locator(f"#{pane} .pins").get_by_role("button")
        assert await pins.all_inner_texts() == ["Citra: Room 12", "Citra: Exam on Monday"]
        entry = view.page.locator(f"#{pane} .entry", has_text="Exam on Monday")
        assert not await visible(view, pane, "Exam on Monday")
        await pins.last.focus()
        await view.page.keyboard.press("Enter")
        await entry.wait_for()
        assert await visible(view, pane, "Exam on Monday")
        assert await entry.evaluate("node => node === document.activeElement")
        for each in playground.pins(place):
            await playground.withdraw(CITRA, each.id)
        await view.page.locator(f"#{pane} .pins").wait_for(state="hidden")


async def visible(view: View, pane: str, text: str) -> bool:
    """Whether that message is inside the part of its chat that is seen."""
    script = """node => { const [a, b] = [node.getBoundingClientRect(), node.closest('.panel').getBoundingClientRect()];
        return a.top >= b.top && a.bottom <= b.bottom; }"""
    return bool(await view.page.locator(f"#{pane} .entry", has_text=text).evaluate(script))


async def test_no_pins_and_no_gate_of_the_group_stand_in_the_private_chat(playground: Playground) -> None:
    await pin(playground, TELEGRAM, "Exam on Monday")
    await playground.act(TELEGRAM, Mute(CITRA), "m")
    async with look(playground) as view:
        await view.become("Citra")
        for private in (True, False):
            await view.page.locator("#tab-private" if private else "#tab-group").click()
            for part in (".pins", ".gate"):
                assert await view.page.locator(f"#telegram {part}").is_hidden() is private
            assert await view.page.locator("#telegram form").is_visible() is private


@PANES
async def test_who_is_muted_reads_why_in_place_of_writing(playground: Playground, pane: str, place: Place) -> None:
    await playground.say(CITRA, place, "hello")
    async with look(playground) as view:
        await view.become("Citra")
        text = view.page.locator(f"#{pane} textarea")
        await text.focus()
        await playground.act(place, Mute(CITRA), "m")
        gate = view.page.locator(f"#{pane} .gate")
        await gate.wait_for()
        assert (await gate.inner_text()).startswith("Nothing goes through: the group has muted this account")
        assert await text.is_hidden()
        assert await view.page.evaluate("document.activeElement.matches('.panel')")
        assert await view.page.locator(f"#{pane} .by .standing").inner_text() == "is muted"
        await playground.act(place, Unmute(CITRA), "u")
        await text.wait_for()
        assert await view.page.locator(".standing").count() == 0


async def test_a_lock_and_a_tag_are_seen_by_everybody(playground: Playground) -> None:
    await playground.say(CITRA, TELEGRAM, "hello")
    await playground.act(TELEGRAM, Tag(CITRA, "Helper"), "t")
    async with look(playground) as view:
        lock = view.page.locator("#telegram .lock")
        assert await lock.is_hidden()
        await playground.act(TELEGRAM, Lock(), "l")
        await lock.wait_for()
        assert await view.page.locator("#telegram .by .standing").inner_text() == "Helper"
        assert await view.page.locator("#telegram textarea").is_visible(), "Ani may still write"
        await view.become("Citra")
        assert await view.page.locator("#telegram textarea").is_hidden()
        await playground.act(TELEGRAM, Unlock(), "u")
        await view.page.locator("#telegram textarea").wait_for()


async def test_somebody_new_asks_to_join_and_is_let_in(playground: Playground) -> None:
    async with look(playground) as view:
        await view.page.get_by_role("button", name="Someone new").click()
        await view.page.get_by_role("radio", name="Fani", checked=True).wait_for(state="attached")
        gate = view.page.locator("#telegram .gate")
        await view.page.locator("#telegram .members", has_text="5 people and Bareng").first.wait_for()
        await gate.get_by_role("button", name="Ask to join").click()
        await gate.get_by_text("The request to join is sent.").wait_for()
        assert playground.rooms[TELEGRAM].knocking == [FANI.account]
        assert await gate.get_by_role("button").all_inner_texts() == ["Come in"]
        await playground.act(TELEGRAM, Admit(FANI.account), "a")
        await view.page.locator("#telegram textarea").wait_for()
        await view.page.get_by_text("6 people and Bareng").wait_for()
        await view.write("telegram", "hello everybody")
        await view.shows("telegram", "hello everybody")
        door = view.page.locator("#discord .gate").get_by_role("button")
        assert await door.all_inner_texts() == ["Come in"]
        await door.click()
        await view.page.locator("#discord textarea").wait_for()
        await playground.act(TELEGRAM, Ban(FANI.account), "b")
        await gate.wait_for()
        assert await gate.get_by_role("button").count() == 0
    assert list(TOLD) == [("Fani", "knocked"), ("Fani", "entered"), ("Fani", "entered")]


async def test_a_mention_is_shown_as_one_and_completed(playground: Playground) -> None:
    async with look(playground) as view:
        await view.become("Budi")
        await view.write("discord", "look here, @citra")
        await view.shows("discord", "look here, @Citra")
        assert await view.page.locator("#discord .mention").inner_text() == "@Citra"
        text = view.page.locator("#discord textarea")
        await text.fill("/poke ")
        await view.page.get_by_role("option", name="Citra").wait_for()
        await text.fill("/poke ci")
        option = view.page.get_by_role("option")
        await option.filter(has_text="Dewi").wait_for(state="detached")
        assert await option.all_inner_texts() == ["Citra\n@citra"]
        await option.click()
        assert await text.input_value() == "/poke @citra"
        await view.page.keyboard.press("Enter")
        await view.shows("discord", "You poked Citra.")


async def test_a_persons_menu_opens_at_their_name_and_by_keyboard(playground: Playground) -> None:
    await playground.say(CITRA, DISCORD, "hello")
    async with look(playground) as view:
        await view.become("Budi")
        menu, name = view.page.locator("#person"), view.page.locator("#discord .person-key")
        await name.click()
        await menu.wait_for()
        assert (await menu.inner_text()).split("\n")[0] == "Citra member"
        await menu.get_by_role("menuitem", name="Poke").click()
        await view.shows("discord", "You poked Citra.")
        assert await menu.is_hidden()
        await view.page.locator("#discord .entry", has_text="hello").get_by_role("button", name="Reply").focus()
        for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft", "Enter"):
            await view.page.keyboard.press(key)
        await menu.wait_for()
        assert await view.focused() == "Poke"
        await view.page.keyboard.press("Escape")
        assert await menu.is_hidden()
        assert await view.focused() == "Citra"
        await view.become("Eko")
        await name.click()
        await menu.wait_for()
        assert await menu.get_by_role("menuitem").count() == 0
    assert sees(playground, ANI, DISCORD) == ["hello"]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_what_holds_in_a_group_has_no_barriers(playground: Playground, size: tuple[int, int], dark: bool) -> None:
    for place in (TELEGRAM, DISCORD):
        await pin(playground, place, "Exam on Monday", "@budi Room 12")
        await playground.say(CITRA, place, "/hello")
        await playground.act(place, Mute(CITRA), "m")
        await playground.act(place, Lock(), "l")
        await playground.act(place, Tag(CITRA, "Helper"), "t")
    await playground.settle()
    async with look(playground, size, dark=dark) as view:
        for who in ("Citra", "Budi"):
            await view.become(who)
            found = await Axe().run(view.page)
            assert found.violations_count == 0, found.generate_report()
        if size == WIDE:
            await view.page.locator("#discord .person-key").first.click()
            await view.page.locator("#person").wait_for()
            found = await Axe().run(view.page)
            assert found.violations_count == 0, found.generate_report()
        await view.page.reload()
        await view.page.get_by_role("button", name="Someone new").click()
        await view.page.locator("#telegram .gate").wait_for()
        found = await Axe().run(view.page)
        assert found.violations_count == 0, found.generate_report()
