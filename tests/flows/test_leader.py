"""Whoever leads a group is known from the day the bot comes, so that what needs them finds them."""

from bot.chat.places import Role
from tests.world import World


async def test_leaders_are_known_before_they_ever_spoke_to_the_bot(empty: World) -> None:
    await empty.stage.add_bot(empty.ani.account, empty.group, "Kelas")
    await empty.stage.settle()
    async with empty.store.read() as unit:
        leaders = await unit.people.names(await unit.people.standing(1, Role.MODERATOR))
    assert set(leaders.values()) == {"Ani", "Budi"}


async def test_who_came_to_lead_later_is_known_within_a_week(empty: World) -> None:
    await empty.stage.add_bot(empty.ani.account, empty.group, "Kelas")
    await empty.stage.settle()
    promoted = empty.stage.cast[empty.citra.account]
    empty.stage.cast[empty.citra.account] = type(promoted)(promoted.id, promoted.name, Role.MODERATOR)
    await empty.passes(days=8)
    async with empty.store.read() as unit:
        leaders = await unit.people.names(await unit.people.standing(1, Role.MODERATOR))
    assert "Citra" in leaders.values()


async def test_a_known_leader_gets_no_right_by_it(empty: World) -> None:
    await empty.stage.add_bot(empty.ani.account, empty.group, "Kelas")
    await empty.stage.settle()
    demoted = empty.stage.cast[empty.budi.account]
    empty.stage.cast[empty.budi.account] = type(demoted)(demoted.id, demoted.name)
    await empty.budi.says("/modlog")
    assert "untuk moderator" in empty.budi.told
