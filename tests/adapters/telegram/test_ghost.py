"""Anonymous administrators: what is only for its reader's eyes needs a reader whom we know."""

from pathlib import Path

import pytest

from tests.adapters.telegram.circle import circled


@pytest.mark.parametrize("line", ["/ladder", "/worth", "/modlog", "/quizbank export", "/stats"])
async def test_an_anonymous_administrator_hears_why_what_is_private_is_not_shown(tmp_path: Path, line: str) -> None:
    async with circled(tmp_path, admin=True) as circle:
        before = len(circle.stage.ours(circle.chat))
        await circle.says_anonymously(line)
        (said,) = circle.stage.ours(circle.chat)[before:]
        assert "see who you are" in said["text"]


async def test_what_all_may_read_is_read_by_them_too(tmp_path: Path) -> None:
    async with circled(tmp_path, admin=True) as circle:
        before = len(circle.stage.ours(circle.chat))
        await circle.says_anonymously("/rules")
        (said,) = circle.stage.ours(circle.chat)[before:]
        assert "see who you are" not in said["text"]
