"""Two groups with a month of history on the two fake servers are linked, each row explained, and equal to before."""

import sys
from collections.abc import Mapping

import pytest

from bot.domain.moderation import Deed
from bot.domain.points import ALL_TIME
from tests.adapters.linking import ledger
from tests.adapters.linking.ledger import Books, Row, Whole
from tests.adapters.linking.month import DAYS, TOPICS, month, number
from tests.adapters.linking.pair import Pair, paired
from tests.adapters.linking.talk import link, offer, unlink
from tests.storage.test_joining import whole

LIVED = (
    *("answer", "badge", "card", "entry", "item", "item_tag", "job", "member", "noise", "pair", "pin", "question"),
    *("question_answer", "question_owner", "question_tag", "question_vote", "quiz", "recall", "record", "report"),
    *("report_voice", "resource", "resource_tag", "rota_helper", "rules", "rules_reader", "sanction", "slip"),
    *("suggestion", "suggestion_owner", "suggestion_vote", "thanks", "total", "venue"),
    *("search_count", "search_entry", "search_term"),
)
"""Tables that the month filled on both sides; tests/storage/test_joining.py has made-up rows in all others too."""

SINCE: Mapping[str, str] = {
    "seen": "what was heard is remembered, so that nothing counts twice",
    "link_code": "the code is used up",
    "link_try": "codes that somebody tried are counted",
    "joining": "the joining itself, undone",
    "record": "that the groups were linked, and parted, stands in the record of both",
    "entry": "points went over and came back by entries, in words that everybody reads in /why",
    "total": "sums of nothing, of those entries",
    "job": "cards were edited, and organisers told",
}
"""Tables that are not as before when all was undone, and why."""


@pytest.mark.timeout(400)
async def test_linked_each_row_is_explained_and_unlinked_all_is_as_before(sqlite_address: str) -> None:
    async with paired(sqlite_address) as pair:
        await month(pair)
        before = await whole(pair.address)
        assert {name for name in LIVED if not all(_of(before, name, side.community) for side in pair.sides)} == set()
        await link(pair)
        joined = await whole(pair.address)
        await _explains(pair, before, joined)
        await unlink(pair.telegram)
        assert "Fisika and Kelas are two groups again" in pair.discord.told("boss")
        _is_as_before(before, await whole(pair.address))


async def test_before_anything_is_joined_both_organisers_read_what_it_would_be(sqlite_address: str) -> None:
    async with paired(sqlite_address) as pair:
        await month(pair, days=3)
        before = await whole(pair.address)
        await offer(pair)
        for side in pair.sides:
            told = side.told("boss")
            assert "Kelas becomes a part of Fisika and brings along:" in told
            assert "6 members · 1 of them in both" in told
            assert "1 question asked · 1 resource · 30 quiz questions" in told
            assert "For 7 days either side can undo it." in told
        after = await whole(pair.address)
        assert ledger.changed(before, after).keys() == {"seen", "link_code", "link_try", "joining", "job"}


async def _explains(pair: Pair, before: Whole, joined: Whole) -> None:
    ours, theirs = pair.telegram.community, pair.discord.community
    both = frozenset({await number(pair, pair.telegram, "dewi")})
    found = Books(before, joined, ours, theirs, both).explained()
    assert found.strange == []
    assert (found.carried["question"], found.carried["quiz"], found.carried["sanction"]) == (8, DAYS, 2)
    assert {name for name, count in found.left.items() if count and name != "job"} == {"rules", "rules_reader"}
    assert (found.merged["member"], found.carried["member"]) == (1, 5), "Dewi is one member now"
    _points_go_over(before, joined, ours, theirs)
    _is_found_under_new_numbers(before, joined, ours, theirs)
    assert {row["community_id"] for row in joined["venue"]} == {ours}
    assert {row["id"]: row["joined"] for row in joined["community"]} == {ours: 0, theirs: ours}
    assert theirs not in {row["home"] for row in joined["person"]}
    assert [row for row in joined["link_code"] if row["community_id"] == theirs or not row["redeemer_id"]] == []
    sys.stdout.write("".join(f"{name}: {count} carried\n" for name, count in found.carried.items() if count))


def _points_go_over(before: Whole, joined: Whole, ours: int, theirs: int) -> None:
    """Nothing that was recorded is changed; what everybody had in the one group they have in the other now."""
    mine, came = (ledger.sums(before, group) for group in (ours, theirs))
    assert ledger.sums(joined, ours) == mine + came
    assert not ledger.sums(joined, theirs)
    new = [row for row in joined["entry"] if row not in before["entry"]]
    assert len(joined["entry"]) == len(before["entry"]) + len(new), "no entry is gone or another"
    assert all(row["cause"].startswith("join:1:") for row in new)
    assert sum(row["amount"] for row in new) == 0
    past = [row for row in joined["entry_past"] if row["joining_id"] == 1]
    assert len(past) == len(_of(before, "entry", theirs)), "what was given is remembered, so that it is not given again"


def _is_found_under_new_numbers(before: Whole, joined: Whole, ours: int, theirs: int) -> None:
    for name in ("search_entry", "search_term"):
        mine, came, now = _of(before, name, ours), _of(before, name, theirs), _of(joined, name, ours)
        assert len(now) == len(mine) + len(came)
    last = max(row["id"] for row in _of(before, "question", ours))
    cards = {row["key"]: row["platform"] for row in _of(joined, "card", ours)}
    for topic, _ in enumerate(TOPICS, 1):
        assert cards[f"question:{topic}"] == "telegram"
        assert cards[f"question:{last + topic}"] == "discord"
        assert cards[f"answer:{(last + topic) * 1000 + 1}"] == "discord"


def _is_as_before(before: Whole, after: Whole) -> None:
    changed = ledger.changed(before, after)
    assert changed.keys() == SINCE.keys()
    assert {name for name, (gone, _) in changed.items() if gone} <= {"job"}, "nothing is gone"
    new = {name: rows for name, (_, rows) in changed.items()}
    assert [row["deed"] for row in new["record"]] == [Deed.LINK, Deed.UNLINK] * 2
    assert {row["state"] for row in new["joining"]} == {"undone"}
    assert all(row["cause"].removeprefix("undo:").startswith("join:1:") for row in new["entry"])
    for group in {row["community_id"] for row in before["entry"]}:
        assert ledger.sums(after, group) == ledger.sums(before, group)
    assert all((row["points"], row["times"]) == (0, 0) for row in new["total"] if row["month"] != ALL_TIME)
    _work_is_as_before(*changed["job"])


def _work_is_as_before(gone: list[Row], new: list[Row]) -> None:
    """What waits is the same; what is done was done once more, or was a word to an organiser."""
    assert {row["state"] for row in (*gone, *new)} <= {"done", "dropped"}
    kept = {(row["community_id"], row["key"]) for row in new}
    assert {(row["community_id"], row["key"]) for row in gone} <= kept
    cards = {"question", "board", "daily-card", "link-asked", "link-told"}
    assert {row["kind"] for row in new} <= cards


def _of(rows: Whole, table: str, group: int) -> list[Row]:
    return [row for row in rows[table] if row["community_id"] == group]
