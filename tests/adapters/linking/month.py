"""A month of both groups' lives, through the real libraries: what people do, day by day, the same on either side."""

from dataclasses import replace

from bot.chat.places import Role
from tests.adapters.linking.pair import Pair
from tests.adapters.linking.side import Side

DAYS = 31
TOPICS = ("sky", "sea", "sun", "rain", "wind", "ice", "sand", "fire")


async def month(pair: Pair, days: int = DAYS) -> None:
    """So many mornings, each with its quiz; in between people ask, answer, share, thank and are moderated."""
    await _one_dewi(pair)
    for day in range(days):
        await pair.until(7)
        for side in pair.sides:
            await _quiz(side, day, days)
        if day % 4 == 0:
            for side in pair.sides:
                await _questions(side, TOPICS[day // 4])
        if day == 1:
            for side in pair.sides:
                await _roles(pair, side)
        if day == 2:
            for side in pair.sides:
                await _wishes(side)
        if day == days - 2:
            for side in pair.sides:
                await _moderation(pair, side)
    # At this hour nothing is planned, so that all that changes from now on is done by somebody.
    await pair.until(10)


async def number(pair: Pair, side: Side, name: str) -> int:
    """The number by which somebody is known."""
    async with pair.store.read() as unit:
        found = await unit.people.of_account(side.account(name))
    assert found
    return found.id


async def _one_dewi(pair: Pair) -> None:
    """Dewi is in both groups; she keeps the account that she has on Telegram."""
    telegram, discord = pair.sides
    await telegram.writes("dewi", "/linkaccount")
    code = telegram.told("dewi").split("/linkaccount ")[1][:9]
    await discord.writes("dewi", f"/linkaccount {code}")
    await discord.presses("dewi", "Yes, both are mine")
    await telegram.presses("dewi", "I have used it")
    await telegram.presses("dewi", "Yes, both are mine")
    await telegram.presses("dewi", "Join them")
    assert await number(pair, telegram, "dewi") == await number(pair, discord, "dewi")


async def _quiz(side: Side, day: int, days: int) -> None:
    """Everybody has another rhythm: the pupil never misses a day, Dewi is there on Discord alone every second one."""
    names = ["pupil"]
    names += ["mate"] if day % 3 == 1 else []
    names += ["dewi"] if side.platform == "discord" and day % 2 else []
    names += ["dewi"] if side.platform == "telegram" and day > days - 4 else []
    offered = side.offered()
    for position, name in enumerate(names):
        for question in "123":
            options = [label for label in offered if label.startswith(question)]
            await side.presses(name, options[(day + position) % len(options)])


async def _questions(side: Side, topic: str) -> None:
    await side.says("pupil", f"/ask Why is the {topic} as it is on {side.platform}? #{topic}")
    card = side.card(f"Why is the {topic}")
    name = side.named(f"Why is the {topic}")
    await side.presses("boss", "I wonder too")
    await side.says("mate", f"/answer {name} Because of the light on the {topic}.")
    if topic in TOPICS[:5]:
        await side.says("pupil", f"/solved {name}")
    said = await side.says("boss", f"Well asked, all about the {topic}")
    await side.says("pupil", "thanks!", to=said)
    await side.thanks("dewi", card if topic == TOPICS[0] else said)
    await side.writes("mate", f"/share https://{side.platform}.example/{topic} All about the {topic} #{topic}")


async def _roles(pair: Pair, side: Side) -> None:
    await side.promotes("mate")
    await side.writes("mate", "/modlog")
    async with pair.store.begin() as unit:
        seat = await unit.people.member(side.community, await number(pair, side, "pupil"))
        assert seat
        await unit.people.save_member(replace(seat, role=Role.TRUSTED))


async def _wishes(side: Side) -> None:
    await side.says("boss", "/rules Be kind\nNo advertising")
    await side.says("boss", "/goal Pass together")
    await side.says("pupil", f"/suggest Let us meet on {side.platform}")
    await side.writes("mate", "/suggestions I1")
    await side.presses("mate", "I am for it")
    await side.says("mate", "/need A laptop for two weeks #coding")
    await side.says("pupil", "/offer A quiet room on Saturdays #room")
    await side.writes("pupil", "/rota")
    await side.presses("pupil", "help a week")
    said = await side.says("mate", "Shall we do the quizzes together?")
    await side.says("pupil", "/buddy", to=said)
    await side.presses("mate", "Yes, together")


async def _moderation(pair: Pair, side: Side) -> None:
    said = await side.says("pupil", "The timetable of the exam")
    await side.says("boss", "/pin Timetable", to=said)
    await side.says("dewi", "/report Spam", to=said)
    await side.writes("boss", f"/warn #{await number(pair, side, 'pupil')} Advertising")
    await pair.passes(120)
    await side.writes("boss", f"/warn #{await number(pair, side, 'dewi')} Off topic on {side.platform}")
    await pair.passes(120)
