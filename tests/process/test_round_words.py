"""Items answered in words, in a live round on both platforms: by a plain reply to the card, and by the button."""

from decimal import Decimal

from bot.domain.items import Item, ItemText, Kind, Number
from tests.process.crowd import Crowd, crowd, until
from tests.process.town import eventually_in
from tests.wire.discord.people import answered

CAPITAL = Item(1, 0, {"id": ItemText("Ibu kota Indonesia?", answers=("Jakarta",))}, kind=Kind.TEXT)
HEIGHT = Item(1, 0, {"id": ItemText("Tinggi Monas?")}, kind=Kind.NUMBER, number=Number(Decimal(132), Decimal(1), "m"))


async def given(fair: Crowd) -> dict[str, int]:
    """The responses with how many gave each."""
    async with fair.store.read() as unit:
        return dict((await unit.quizzes.tally(fair.community, 1)).given.get(0, {}))


async def test_a_plain_reply_to_the_card_answers_on_either_platform(sqlite_address: str) -> None:
    async with crowd(sqlite_address, 2, 2, (CAPITAL,)) as fair:
        await fair.open_round(1, "60 dtk")
        await until(fair.shows("Balas kartu ini"))
        tele, disko = fair.here[0], fair.there[0]
        before = len(fair.group.messages)
        fair.telegram.people.say(tele, fair.group, "jakarta", reply_to=fair.tg_card["message_id"])
        await until(lambda: fair.group.reactions)
        assert len(fair.group.messages) == before + 1, "a mark at the answer, and no words in the group"
        await fair.discord.people.say(disko, fair.channel, "Jakartaa", reply_to=fair.dc_card)
        await fair.discord.people.say(fair.there[1], fair.channel, "Jakarta menurutku")

        async def both() -> bool:
            return len(await given(fair)) == 2

        await eventually_in(both)
        assert await given(fair) == {"jakarta": 1, "Jakartaa": 1}, "what is no reply is people's own talk"
        await fair.steer("Tampilkan hasil")
        await until(fair.shows("2 orang menjawab"))


async def test_the_button_asks_privately_on_either_platform(sqlite_address: str) -> None:
    async with crowd(sqlite_address, 1, 1, (HEIGHT,)) as fair:
        await fair.open_round(1, "60 dtk")
        await until(fair.shows("Satuan: m"))
        opened = await answered(await fair.discord.people.press(fair.there[0], fair.dc_card, "Jawab"), 10)
        wrong = await answered(await fair.discord.people.submit(opened, {"words": "tinggi"}), 10)
        assert "perlu angka" in wrong.reply.text
        assert wrong.reply.only_for == fair.there[0].id
        opened = await answered(await fair.discord.people.press(fair.there[0], fair.dc_card, "Jawab"), 10)
        told = await answered(await fair.discord.people.submit(opened, {"words": "132,5 m"}), 10)
        assert "Jawaban 132,5 m sudah tercatat" in told.reply.text
        tele = fair.here[0]
        press = fair.telegram.people.press(tele, fair.group, fair.tg_card["message_id"], "Jawab")
        await until(lambda: press.answers)
        fair.telegram.people.start(tele, press.answers[0]["url"].partition("?start=")[2])
        private = fair.telegram.world.private_chat(tele)
        await until(lambda: "Tulis jawabannya" in str(private.messages))
        assert "Tulis jawabannya" not in str(fair.group.messages)
        fair.telegram.people.say(tele, None, "131")
        await until(lambda: "Jawaban 131 sudah tercatat" in str(private.messages))
        assert await given(fair) == {"132,5 m": 1, "131": 1}
