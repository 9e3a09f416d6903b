"""In a group that nobody prepared, whoever the platform calls organiser is the one who is told."""

from tests.world import World


async def test_an_organiser_of_the_platform_is_told_that_a_question_waits(empty: World) -> None:
    await empty.stage.add_bot(empty.ani.account, empty.group, "Kelas")
    await empty.stage.settle()
    await empty.ani.private.says("/start")
    await empty.ani.says("/setup")
    asked = {"prompt": "Ibu kota Jepang?", "options": "* Tokyo\nKyoto", "explanation": "", "topic": ""}
    await empty.dewi.runs("quizbank add", **asked)
    assert "Orang kedua membacanya dulu" in empty.dewi.told
    await empty.passes(hours=1)
    assert empty.ani.private.sees("1 soal baru menunggu")
    assert not empty.dewi.private.sees("menunggu dibaca")
