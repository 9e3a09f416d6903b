"""While two groups are one: one leaderboard, record, library and quiz, read and answered through both platforms."""

from tests.adapters.linking import ledger
from tests.adapters.linking.month import month, number
from tests.adapters.linking.pair import Pair, paired
from tests.adapters.linking.side import Side
from tests.adapters.linking.talk import link, unlink
from tests.storage.test_joining import whole

DAYS = 5


async def reads(side: Side, name: str, line: str) -> str:
    """What somebody reads who asks for it in private."""
    await side.writes(name, line)
    return side.told(name)


async def test_life_goes_on_in_one_group_and_what_was_made_together_stays_when_they_part(address: str) -> None:
    async with paired(address) as pair:
        await month(pair, DAYS)
        before = await whole(pair.address)
        await link(pair)
        await _one_of_everything(pair)
        await pair.until(20)
        await pair.until(7)
        await _one_quiz(pair)
        await _one_question(pair)
        together = await whole(pair.address)
        await unlink(pair.discord)
        after = await whole(pair.address)
        _stays(before, together, after, pair)


async def _one_of_everything(pair: Pair) -> None:
    dewi = await number(pair, pair.telegram, "dewi")
    boards, records, hits = [], [], []
    for side in pair.sides:
        boards.append((await reads(side, "pupil", "/leaderboard")).splitlines())
        records.append((await reads(side, "boss", f"/warns #{dewi}")).splitlines())
        hits.append((await reads(side, "mate", "/search sky")).splitlines())
        assert "brought along" in await reads(pair.discord, "pupil", "/why")
    assert boards[0] == boards[1]
    assert {"1. Dewi · 5", "1. Budi · 10", "2. Ben · 10", "1. Ani · 3", "3. Ada · 1"} <= set(boards[0])
    for record in records:
        assert [line.split(" · ")[1] for line in record[2:]] == ["Off topic on discord", "Off topic on telegram"]
    assert hits[0] == hits[1]
    assert [line.split(" · ")[1] for line in hits[0][2:]] == [
        "Q3 Why is the sky as it is on discord?",
        "Q1 Why is the sky as it is on telegram?",
        "R3 All about the sky",
        "R1 All about the sky",
    ]


async def _one_quiz(pair: Pair) -> None:
    """This morning one quiz is in both chats, and whoever answered is told of in both."""
    cards = [side.public()[-1] for side in pair.sides]
    assert all(card.startswith("Daily quiz") for card in cards)
    assert cards[0].partition("\n1. ")[2] == cards[1].partition("\n1. ")[2] != ""
    for side in pair.sides:
        for question in "123":
            await side.presses("boss", next(label for label in side.offered() if label.startswith(question)))
    await pair.until(20)
    for side in pair.sides:
        assert any("2 people took part, 2 finished." in text for text in side.public())


async def _one_question(pair: Pair) -> None:
    """What was asked on Discord before is answered on Telegram, and accepted on Discord."""
    await pair.telegram.says("pupil", "/answer Q4 Because it mirrors the sky.")
    assert "Because it mirrors the sky." in pair.discord.own("pupil")[-1]
    await pair.discord.says("pupil", "/solved Q4.2")
    async with pair.store.read() as unit:
        given = await unit.questions.answers(pair.telegram.community, 4)
    assert [answer.accepted for answer in given] == [True, True]


def _stays(before: ledger.Whole, together: ledger.Whole, after: ledger.Whole, pair: Pair) -> None:
    """Who joined is as before, but for what is told of it; who was joined keeps what both made."""
    ours, theirs = pair.telegram.community, pair.discord.community
    for name, (gone, new) in ledger.changed(before, after).items():
        if name in ("job", "seen", "joining", "link_code", "link_try", "record", "entry", "total"):
            continue
        old, fresh = ([row for row in rows if row.get("community_id") == theirs] for rows in (gone, new))
        if name == "quiz":
            # The one that was open when they joined is over by now.
            assert [(row["id"], row["state"]) for row in fresh] == [(DAYS, "closed")]
        else:
            assert (old, fresh) == ([], []), name
    assert ledger.sums(after, theirs) == ledger.sums(before, theirs)
    quizzes = {row["id"] for row in together["quiz"] if row["community_id"] == ours and row["day"]}
    assert {row["id"] for row in after["quiz"] if row["community_id"] == ours} == quizzes
    asked = {row["id"]: row for row in after["question"] if row["community_id"] == ours}
    assert asked.keys() == {1, 2, 4}, "the third was not touched"
    assert "as it is on discord" in asked[4]["body"]
