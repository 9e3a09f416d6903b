"""What people of the circle do at the doors and with each other has its effect on the fake Telegram."""

from pathlib import Path

import pytest

from tests.adapters.telegram.circle import circled


async def test_people_come_go_knock_rule_and_stay_unnamed(tmp_path: Path) -> None:
    async with circled(tmp_path, admin=True) as circle:
        fajar = circle.stage.server.world.add_person("Fajar")
        await circle.knocks(fajar)
        assert not circle.is_here(fajar)
        await circle.joins(fajar, by=circle.ani)
        assert circle.is_here(fajar)
        await circle.promotes(fajar)
        assert circle.chat.status_of(fajar.id).status == "administrator"
        await circle.demotes(fajar)
        await circle.leaves(fajar)
        assert not circle.is_here(fajar)
        said = await circle.calls(circle.budi, "thank you 🎉 ", circle.dewi, "!")
        shown = circle.chat.messages[said]
        assert shown["text"] == "thank you 🎉 Dewi!"
        assert [entity["offset"] for entity in shown["entities"]] == [13]
        await circle.thanks(circle.eko, said)
        assert circle.chat.moods[said, circle.eko.id] == [{"type": "emoji", "emoji": "🙏"}]
        assert circle.chat.messages[await circle.says_anonymously("be kind")]["sender_chat"]["id"] == circle.chat.id
        assert circle.chat.messages[await circle.posts_from_channel("news")]["is_automatic_forward"]
        assert circle.may_write(circle.budi)
        circle.chat.permissions = frozenset()
        assert not circle.may_write(circle.budi)
        with pytest.raises(ValueError, match="write nothing"):
            await circle.says(circle.budi, "hello")
        assert circle.whispered(circle.budi) == []
        assert circle.stage.telegram.reception.count.set_aside == 0
