"""A message that somebody posted is saved by a reply, although the bot was never shown it."""

from pathlib import Path

from bot.features import FEATURES
from tests.adapters.telegram.stage import staged


async def test_somebody_s_link_is_saved_by_a_reply(tmp_path: Path) -> None:
    async with staged(tmp_path, features=FEATURES) as stage:
        stage.server.people.start(stage.ben)
        await stage.settled()
        said = stage.server.people.say(stage.citra, stage.group, "https://id.wikipedia.org/wiki/Sel Cells")
        stage.server.people.say(stage.ben, stage.group, "/share", reply_to=said["message_id"])
        told = await stage.until(lambda: [t for t in stage.texts(stage.private(stage.ben)) if "Saved as R1" in t])
        assert len(told) == 1
        assert stage.texts(stage.group) == []
