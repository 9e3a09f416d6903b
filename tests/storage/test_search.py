"""The index of what members search for."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.domain.search import MOST_FOUND, Entry, Found, parse
from storage import tables
from storage.search import MOST_PER_TERM
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group

KINDS = ("resource", "question")


def entry(community: int, subject: int, title: str, body: str = "", tags: tuple[str, ...] = ()) -> Entry:
    return Entry(community, "resource", subject, title, body, tags, NOW + timedelta(minutes=subject))


async def put(store: DatabaseStore, *entries: Entry) -> None:
    async with store.begin() as unit:
        for each in entries:
            await unit.searches.put(each)


async def find(store: DatabaseStore, community: int, text: str, kinds: Sequence[str] = KINDS) -> Found:
    async with store.read() as unit:
        return await unit.searches.find(community, parse(text), kinds)


async def subjects(store: DatabaseStore, community: int, text: str, kinds: Sequence[str] = KINDS) -> list[int]:
    return [hit.subject for hit in (await find(store, community, text, kinds)).hits]


async def rows(store: DatabaseStore, community: int) -> list[int]:
    """How many rows each table has for the community."""
    found = []
    async with store.read() as unit:
        for table in (tables.search_entry, tables.search_term, tables.search_count):
            statement = select(func.count()).select_from(table).where(table.c.community_id == community)
            found.append((await unit.searches._link.execute(statement)).scalar_one())
    return found


async def test_forms_of_a_word_find_each_other(store: DatabaseStore) -> None:
    await put(store, entry(1, 1, "membaca cepat"), entry(1, 2, "Bacaan panjang"), entry(1, 3, "Buku yang dibaca"))
    for word in ("membaca", "bacaan", "dibaca", "pembaca"):
        assert sorted(await subjects(store, 1, word)) == [1, 2, 3], word


async def test_a_text_in_both_languages_is_found_in_either(store: DatabaseStore) -> None:
    await put(store, entry(1, 1, "Solving equations", "menyelesaikan persamaan"), entry(1, 2, "lain"))
    for text in ("equation", "persamaan", "cara solve persamaan", "solving"):
        assert await subjects(store, 1, text) == [1], text


async def test_a_group_finds_only_its_own_texts(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    await put(store, entry(ours.id, 1, "integral"), entry(theirs.id, 1, "limit"), entry(theirs.id, 2, "integral"))
    assert await subjects(store, ours.id, "integral") == [1]
    assert await subjects(store, ours.id, "limit") == []
    assert (await find(store, ours.id, "limits")).unknown == ("limits",), "not even that another group has the word"
    assert (await find(store, ours.id, "limt integral")).misspelt == ()
    async with store.begin() as unit:
        await unit.searches.drop(ours.id, "resource", 2)
        await unit.searches.drop(ours.id, "resource", 1)
    assert await subjects(store, theirs.id, "integral") == [2]


async def test_another_groups_words_do_not_change_the_order(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    await put(store, entry(ours.id, 1, "limit fungsi"), entry(ours.id, 2, "turunan fungsi"), entry(ours.id, 3, "limit"))
    before = await find(store, ours.id, "limit turunan")
    await put(store, *(entry(theirs.id, number, "turunan") for number in range(1, 30)))
    assert await find(store, ours.id, "limit turunan") == before


async def test_a_changed_text_is_found_by_its_new_words_alone(store: DatabaseStore) -> None:
    await put(store, entry(1, 1, "integral", "luas daerah", ("kalkulus",)))
    await put(store, replace(entry(1, 1, "limit", "luas daerah"), states=("verified",)))
    assert await subjects(store, 1, "integral") == []
    assert await subjects(store, 1, "#kalkulus") == []
    assert await subjects(store, 1, "limit") == await subjects(store, 1, "luas is:verified") == [1]
    assert (await rows(store, 1))[0] == 1


async def test_what_is_dropped_leaves_nothing_behind(store: DatabaseStore) -> None:
    await put(store, entry(1, 1, "integral parsial", "u dv", ("kalkulus",)), entry(2, 1, "integral"))
    async with store.begin() as unit:
        await unit.searches.drop(1, "resource", 1)
        await unit.searches.drop(1, "resource", 1)
        await unit.searches.drop(1, "question", 5)
    assert await rows(store, 1) == [0, 0, 0]
    assert (await rows(store, 2))[0] == 1


async def test_putting_the_same_again_changes_nothing(store: DatabaseStore) -> None:
    await put(store, entry(1, 1, "integral parsial", "u dv", ("kalkulus",)))
    before = await rows(store, 1), await find(store, 1, "integral")
    await put(store, *[entry(1, 1, "integral parsial", "u dv", ("kalkulus",))] * 3)
    assert (await rows(store, 1), await find(store, 1, "integral")) == before


async def test_people_who_put_at_once_are_all_counted(store: DatabaseStore, ours: Group) -> None:
    texts = [entry(ours.id, number, f"integral bab {number}", "fungsi dan limit") for number in range(1, 9)]

    async def two(first: Entry, second: Entry) -> None:
        await put(store, first, second)

    await asyncio.gather(*(two(texts[at], texts[-1 - at]) for at in range(8)))
    assert len(await subjects(store, ours.id, "integral")) == 8
    async with store.begin() as unit:
        for text in texts:
            await unit.searches.drop(ours.id, "resource", text.subject)
    assert await rows(store, ours.id) == [0, 0, 0]


async def test_filters_take_all_others_away(store: DatabaseStore) -> None:
    one = replace(entry(1, 1, "limit", tags=("kalkulus", "kelas 12")), states=("open",), author="Ani Putri")
    two = replace(entry(1, 2, "limit fungsi"), states=("verified",), author="Budi")
    await put(store, one, two)
    for text in (
        "limit #kalkulus",
        "#kalkulus",
        "is:open limit",
        "from:ani",
        'dari:"ani putri"',
        "#kelas-12 is:terbuka",
    ):
        assert await subjects(store, 1, text) == [1], text
    for text in ("limit #fungsi", "#kalkulus is:verified", "from:citra limit", "is:open integral"):
        assert await subjects(store, 1, text) == [], text
    assert await subjects(store, 1, "limit from:budi") == [2]


async def test_filters_alone_give_the_newest_first(store: DatabaseStore) -> None:
    await put(store, *(entry(1, number, "bab", tags=("kalkulus",)) for number in (2, 3, 1)))
    assert await subjects(store, 1, "#kalkulus") == [3, 2, 1]
    assert await subjects(store, 1, "kind:resource") == [3, 2, 1]


async def test_only_the_kinds_that_are_asked_for_are_found(store: DatabaseStore) -> None:
    await put(store, entry(1, 1, "limit"), replace(entry(1, 1, "limit"), kind="question"))
    found = await find(store, 1, "limit")
    assert [(hit.kind, hit.subject) for hit in found.hits] == [("question", 1), ("resource", 1)]
    assert [hit.kind for hit in (await find(store, 1, "limit", ("resource",))).hits] == ["resource"]
    assert not (await find(store, 1, "limit", ())).hits


async def test_a_typing_error_in_a_long_word_is_forgiven(store: DatabaseStore) -> None:
    await put(store, entry(1, 1, "integral"), entry(1, 2, "sudut"), entry(1, 3, "2026"))
    for typo in ("intgral", "intregral", "inetgral", "entegral"):
        found = await find(store, 1, typo)
        assert [hit.subject for hit in found.hits] == [1]
        assert found.unknown == found.misspelt == (typo,)
    assert await subjects(store, 1, "sudt") == [], "too short to guess"
    assert await subjects(store, 1, "2025") == []
    assert (await find(store, 1, "integral")).unknown == ()


async def test_a_word_that_stands_somewhere_is_taken_at_its_word(store: DatabaseStore) -> None:
    await put(store, entry(1, 1, "cermin"), entry(1, 2, "cermat"), entry(1, 3, "kermin"))
    assert await subjects(store, 1, "cermin") == [1]


async def test_a_word_of_nearly_all_texts_finds_the_best_of_them(store: DatabaseStore) -> None:
    many = [entry(1, number, "catatan", "fungsi " + "lain " * (number % 7)) for number in range(1, MOST_PER_TERM + 50)]
    await put(store, *many, entry(1, 900, "Fungsi"), entry(1, 901, "determinan", "fungsi"))
    found = await find(store, 1, "fungsi")
    assert found.hits[0].subject == 900
    assert len(found.hits) <= MOST_FOUND
    assert await subjects(store, 1, "fungsi determinan") == [901], "what nearly all texts have says nothing"


async def test_a_filter_reaches_what_a_common_word_would_hide(store: DatabaseStore) -> None:
    many = [entry(1, number, "fungsi") for number in range(1, MOST_PER_TERM + 50)]
    await put(store, *many, entry(1, 900, "lain", "ini fungsi " + "kata " * 50, ("langka",)))
    assert await subjects(store, 1, "fungsi #langka") == [900]


@pytest.mark.parametrize(
    "text",
    ['"', "'", '"limit', "limit AND NOT fungsi", "*", "limit*", "(limit OR", "NEAR(limit, 2)", "a:b", "%", "_", "\\",
     "'; DROP TABLE search_entry; --", "#%", "#_", 'from:"%"', "is:'", "limit & ! | <->", ":*", "\0limit", "^limit"],
)  # fmt: skip
async def test_syntax_is_never_read_as_syntax(store: DatabaseStore, text: str) -> None:
    await put(store, entry(1, 1, "limit", tags=("kalkulus",)), entry(1, 2, "turunan"))
    assert set(await subjects(store, 1, text)) <= {1}
    assert (await subjects(store, 1, "limit")) == [1]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(max_size=60), body=st.text(max_size=120), tag=st.text(max_size=20))
async def test_any_text_is_stored_found_and_dropped(store: DatabaseStore, title: str, body: str, tag: str) -> None:
    text = replace(entry(7, 1, title, body, (tag,)), author=tag, states=(tag,))
    await put(store, text)
    for words in (title, body, f'#"{tag}" {title}', f"from:{tag}"):
        assert set(await subjects(store, 7, words)) <= {1}
    if parse(title).words and not (parse(title).marks or parse(title).kinds):
        assert await subjects(store, 7, title) == [1]
    async with store.begin() as unit:
        await unit.searches.drop(7, "resource", 1)
    assert await rows(store, 7) == [0, 0, 0]


async def test_the_last_search_of_a_person_is_remembered(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        assert await unit.searches.remember(1, 5, "limit") == 1
        assert await unit.searches.remember(1, 6, "fungsi") == 1
        assert await unit.searches.remember(2, 5, "lain") == 1
        assert await unit.searches.remember(1, 5, '\'; -- "turunan"') == 2
    async with store.read() as unit:
        assert await unit.searches.recall(1, 5, 2) == '\'; -- "turunan"'
        assert await unit.searches.recall(1, 5, 1) is None
        assert await unit.searches.recall(1, 6, 1) == "fungsi"
        assert await unit.searches.recall(2, 6, 1) is None
