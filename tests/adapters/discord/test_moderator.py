"""Moderators at work on Discord: who may act is asked at that moment, and what is done is done in the server."""

from pathlib import Path

from tests.adapters.discord.circle import MODERATOR, circled
from tests.wire.discord.state import MEMBER, MODERATE_MEMBERS

HOUR = {"span": "1h"}
LINKS = 1 << 14


async def test_a_moderator_mutes_and_who_is_none_any_more_does_not(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        circle.grant(MODERATE_MEMBERS)
        await circle.appoint(circle.citra)
        await circle.slash(circle.citra, "mod mute", {"person": circle.ben, **HOUR})
        assert circle.is_muted(circle.ben)
        await circle.appoint(circle.citra, MEMBER)
        await circle.slash(circle.citra, "mod mute", {"person": circle.dewi, **HOUR})
        assert not circle.is_muted(circle.dewi)
        await circle.passes(3700)
        await circle.says(circle.ben, "sorry", circle.stage.channel)


async def test_nobody_is_muted_who_stands_as_high_or_higher(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        circle.grant(MODERATE_MEMBERS, position=9)
        await circle.appoint(circle.citra)
        await circle.appoint(circle.dewi)
        await circle.appoint(circle.eko, MEMBER | LINKS, 5)
        for person in (circle.ada, circle.dewi, circle.eko):
            await circle.slash(circle.citra, "mod mute", {"person": person, **HOUR})
            assert not circle.is_muted(person)
        await circle.slash(circle.ada, "mod mute", {"person": circle.citra, **HOUR})
        assert circle.is_muted(circle.citra)


async def test_the_bot_does_nothing_that_discord_does_not_let_it_do(tmp_path: Path) -> None:
    async with circled(tmp_path) as circle:
        await circle.appoint(circle.citra, MODERATOR, 5)
        await circle.slash(circle.citra, "mod mute", {"person": circle.ben, **HOUR})
        circle.grant(MODERATE_MEMBERS, position=1)
        await circle.appoint(circle.dewi, MEMBER | LINKS, 3)
        item = await circle.slash(circle.citra, "mod mute", {"person": circle.dewi, **HOUR})
        assert item.reply.only_for == circle.citra.id
        assert not circle.is_muted(circle.ben)
        assert not circle.is_muted(circle.dewi)


async def test_somebody_is_warned_from_the_menu_of_a_message_and_looked_up_in_their_own(tmp_path: Path) -> None:
    async with circled(tmp_path, reads=True, greets=True) as circle:
        await circle.appoint(circle.citra)
        fani = await circle.enters("Fani")
        said = await circle.says(fani, "buy this", circle.stage.channel)
        await circle.fills(await circle.chooses(circle.citra, "Warn author", said), reason="advertising")
        shown = await circle.opens(circle.citra, "Warnings", fani)
        assert "advertising" in shown.reply.text
        assert shown.reply.only_for == circle.citra.id
        await circle.leaves(fani)
        await circle.thanks(circle.ben, said)
        await circle.unthanks(circle.ben, said)
        assert circle.stage.discord.reception.set_aside == 0
