"""A right counts at the moment of the act, and what the bot itself may not do is said before anything is half done."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.moderation import Deed
from bot.features.link import place
from bot.features.moderation import case
from tests.adapters.rights import table
from tests.adapters.rights.court import Court
from tests.adapters.rights.on_discord import on_discord
from tests.adapters.rights.on_telegram import on_telegram
from tests.adapters.rights.outcome import Effect, Outcome, Verdict

V = Verdict
COURTS = {table.TELEGRAM: on_telegram, table.DISCORD: on_discord}


@pytest.fixture(autouse=True)
def database(sqlite_address: str) -> str:
    """A migrated file, so that no test waits for the migration."""
    return sqlite_address


@pytest_asyncio.fixture(params=table.PLATFORMS)
async def court(request: pytest.FixtureRequest, tmp_path: Path, database: str) -> AsyncIterator[Court]:
    """The court on each platform in turn."""
    async with COURTS[request.param](tmp_path) as sitting:
        yield sitting


@pytest_asyncio.fixture
async def discord(tmp_path: Path, database: str) -> AsyncIterator[Court]:
    """The court where people and bots are ranked."""
    async with on_discord(tmp_path) as sitting:
        yield sitting


@pytest_asyncio.fixture
async def telegram(tmp_path: Path, database: str) -> AsyncIterator[Court]:
    """The court where administrators can stay anonymous."""
    async with on_telegram(tmp_path) as sitting:
        yield sitting


async def test_who_is_demoted_between_the_command_and_what_follows_does_nothing_more(court: Court) -> None:
    member = await court.number("member")
    on_telegram = court.platform == table.TELEGRAM
    await court.writes("moderator", f"warn #{member}", private=on_telegram)
    assert "Why" in court.heard("moderator")[-1]
    assert await court.tries("admin", "mute", "member") == table.allowed("mute")
    async with court.store.read() as unit:
        (mute,) = await unit.sanctions.of(court.community, member, 5)
    proposed, reported = await court.proposed("admin"), await court.reported()
    for name in ("moderator", "admin"):
        await court.demote(name)
    nothing = table.refused(V.MODERATORS)
    assert await court.becomes("moderator", court.answers("moderator", "Iklan")) == nothing
    assert await court.becomes("admin", court.presses("admin", case.undo(court.community, mute.id))) == nothing
    for press in (court.agreeing(proposed), court.removing(reported)):
        assert await court.becomes("moderator", court.presses("moderator", press)) == nothing
    # A proposal of somebody who is a moderator no longer is nothing to agree to.
    assert await court.becomes("owner", court.presses("owner", court.agreeing(proposed))) == table.refused(
        V.NO_PROPOSER
    )
    assert await court.deeds() == (Deed.MUTE,)


async def test_who_is_demoted_after_a_code_was_used_links_nothing_and_nobody_links_with_them(court: Court) -> None:
    admin, now = await court.number("admin"), court.app.clock()
    steps = [await court.elsewhere.press(act, admin, now) for act in ("issue", "choose", "link agree", "link refuse")]
    last_word = await court.elsewhere.last_word(admin, now)
    await court.demote("admin")
    for press in steps:
        assert await court.becomes("admin", court.presses("admin", press)) == table.refused(V.ORGANISERS)
    assert await court.becomes("partner", court.presses("partner", last_word)) == table.refused(V.PARTNER)
    assert await court.deeds() == ()


async def test_both_words_link_and_who_was_demoted_since_parts_nothing(court: Court) -> None:
    admin, now = await court.number("admin"), court.app.clock()
    last_word = await court.elsewhere.last_word(admin, now)
    linked = Outcome(V.DONE, (), (Deed.LINK,))
    assert await court.becomes("partner", court.presses("partner", last_word)) == linked
    async with court.store.read() as unit:
        (joining,) = await unit.joinings.of(court.community)
    parting = place.part(court.community, joining.id)
    await court.demote("admin")
    assert await court.becomes("admin", court.presses("admin", parting)) == table.refused(V.ORGANISERS)
    assert await court.becomes("owner", court.presses("owner", parting)) == Outcome(V.DONE, (), (Deed.UNLINK,))


async def test_who_proposed_it_or_is_meant_does_not_agree(court: Court) -> None:
    own, about = await court.proposed("admin"), await court.proposed("owner", "peer")
    reported = await court.reported("peer")
    for name, press, verdict in (
        ("admin", court.agreeing(own), V.ELSE_AGREES),
        ("peer", court.agreeing(about), V.ELSE_AGREES),
        ("peer", court.removing(reported), V.ELSE_JUDGES),
        ("moderator", court.removing(reported), V.ABOVE),
    ):
        assert await court.becomes(name, court.presses(name, press)) == table.refused(verdict), (name, verdict)


async def test_what_the_bot_may_not_do_is_refused_with_a_word_to_whoever_wanted_it(court: Court) -> None:
    await court.disarm()
    wanted = {
        "mute": V.WE_LACK_RESTRICT,
        "ban": V.WE_LACK_BAN,
        "unmute": V.WE_LACK_RESTRICT,
        "unban": V.WE_LACK_BAN,
        "pin": V.WE_LACK_PIN,
        "lock": V.WE_LACK_LOCK,
        "remove": V.WE_LACK_DELETE,
        "agree": V.WE_LACK_BAN,
    }
    found = {act: await court.tries("owner", act, "member" if act in table.TO_PEOPLE else "") for act in wanted}
    assert found == {act: table.refused(verdict) for act, verdict in wanted.items()}
    assert await court.tries("owner", "warn", "member") == table.allowed("warn"), "that takes no right of the bot's"


async def test_nobody_is_muted_or_put_out_who_stands_as_high_as_the_bot(discord: Court) -> None:
    for height, verdict in ((1, V.ABOVE_US), (3, None)):
        await discord.disarm(height=height)
        for act in ("mute", "unmute", "ban", "unban"):
            expected = table.refused(verdict) if verdict else table.allowed(act)
            assert await discord.tries("owner", act, "peer") == expected, (act, height)
        assert await discord.tries("owner", "warn", "peer") == table.allowed("warn")
    proposed = await discord.proposed("admin", "moderator")
    await discord.disarm(height=1)
    agreed = discord.presses("owner", discord.agreeing(proposed))
    assert await discord.becomes("owner", agreed) == table.refused(V.ABOVE_US)


async def test_what_somebody_unnamed_would_undo_stays_as_it_is(telegram: Court) -> None:
    assert await telegram.tries("owner", "pin") == table.allowed("pin")
    assert await telegram.tries("owner", "lock") == table.allowed("lock")
    for act in ("unpin", "unlock"):
        assert await telegram.tries("ghost", act) == table.refused(V.UNSEEN)
    assert await telegram.tries("owner", "unlock") == table.allowed("unlock")
    assert await telegram.tries("owner", "unpin") == Outcome(V.DONE, (Effect.UNPIN,), (Deed.UNPIN,))
