"""What is noticed about messages: only what comes too fast, too often, or calls too many; in little time and room."""

import tracemalloc
from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest

from bot.chat.events import EVERYBODY, Sender, Typed
from bot.chat.file import File
from bot.chat.places import Account, Place, Ref
from bot.domain.held import Held, floods_again
from bot.domain.watch import MOST_KEPT, Memory, Sign, begin

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
GROUP = Place("telegram", "-100")


class Talk:
    """People who talk, each message under a key of its own."""

    def __init__(self, most: int = 100) -> None:
        self.memory = Memory(most)
        self.count = 0

    def says(
        self,
        text: str,
        after: float = 0,
        who: str = "citra",
        place: Place = GROUP,
        mentions: int = 0,
        urls: tuple[str, ...] = (),
        key: str = "",
        file: File | None = None,
    ) -> frozenset[Sign]:
        """One message that many seconds after the beginning."""
        self.count += 1
        sender, at = Sender(Account(place.platform, who)), NOW + timedelta(seconds=after)
        event = Typed(
            key=key or f"m{self.count}",
            at=at,
            place=place,
            sender=sender,
            text=text,
            mentions=mentions,
            urls=urls,
            file=file,
        )
        return self.memory.hear(event)


def numbered(n: int) -> str:
    return f"Pesan nomor {n} tentang hal lain"


def test_more_than_six_messages_in_ten_seconds_are_a_flood() -> None:
    talk = Talk()
    heard = [talk.says(numbered(n), n) for n in range(8)]
    assert heard == [frozenset()] * 6 + [{Sign.FLOOD}] * 2
    assert talk.says("Sudah tenang", 30) == frozenset()


def test_a_lively_talk_is_no_flood() -> None:
    talk = Talk()
    assert not any(talk.says(numbered(n), n * 1.7) for n in range(60))
    assert not any(talk.says(numbered(n), 200 + n, who=f"orang{n}") for n in range(60)), "many people are no flood"


def test_an_album_is_no_flood_and_an_endless_one_is() -> None:
    talk, page = Talk(), File("telegram", "1", "catatan.jpg")
    assert not any(talk.says("", 0, file=page) for _ in range(10))
    assert not any(talk.says(numbered(n), 0) for n in range(2))
    assert talk.says(numbered(3), 0) == {Sign.FLOOD}
    assert [talk.says("", 60, file=page) for _ in range(20)] == [frozenset()] * 18 + [{Sign.FLOOD}] * 2


def test_groups_do_not_add_up_but_the_threads_of_one_do() -> None:
    talk = Talk()
    other = Place("telegram", "-200")
    assert not any(talk.says(numbered(n), 0, place=other if n % 2 else GROUP) for n in range(12))
    threads = [Place("telegram", "-300", str(n)) for n in range(7)]
    assert [talk.says(numbered(n), 60, place=place) for n, place in enumerate(threads)][-1] == {Sign.FLOOD}


@pytest.mark.parametrize("again", ["beli kunci jawaban!!", "BELI  kunci: jawaban", "Belí kunci jawaban"])
def test_the_same_words_a_third_time_are_a_repetition_however_they_are_set(again: str) -> None:
    talk = Talk()
    assert [talk.says(text, n * 30) for n, text in enumerate(("Beli kunci jawaban", again, again))] == [
        frozenset(),
        frozenset(),
        {Sign.REPEAT},
    ]
    assert talk.says("Beli kunci jawaban", 300) == frozenset(), "two minutes later it is new"


def test_several_people_with_the_same_advertisement_are_a_repetition() -> None:
    talk = Talk()
    text = "Kunci jawaban ujian lengkap, hubungi nomor di profil saya sekarang juga"
    heard = [talk.says(text, n, who=f"orang{n}") for n in range(6)]
    assert heard == [frozenset()] * 4 + [{Sign.REPEAT}] * 2


@pytest.mark.parametrize("text", ["oke", "ya ya", "👍👍👍", "", "Hadir!"])
def test_short_words_are_said_again_by_everybody(text: str) -> None:
    talk = Talk()
    assert not any(talk.says(text, n * 20) for n in range(6))


def test_congratulations_of_a_whole_class_are_no_repetition() -> None:
    talk = Talk()
    assert not any(talk.says("Selamat ulang tahun, Dewi!", n, who=f"orang{n}") for n in range(30))


def test_more_than_five_called_at_once_or_ten_within_a_minute_are_too_many() -> None:
    talk = Talk()
    assert talk.says("Satu", 0, mentions=5) == frozenset()
    assert talk.says("Dua", 20, mentions=5) == frozenset()
    assert talk.says("Tiga", 40) == frozenset(), "who calls nobody is no part of it"
    assert talk.says("Empat", 50, mentions=1) == {Sign.MENTIONS}
    assert talk.says("Lima", 90, who="dewi", mentions=6) == {Sign.MENTIONS}
    assert talk.says("Enam", 200, mentions=EVERYBODY) == {Sign.MENTIONS}
    assert talk.says("Tujuh", 300, mentions=5) == frozenset()


def test_an_address_is_noticed_also_behind_words_and_without_a_scheme() -> None:
    talk = Talk()
    assert talk.says("Lihat ini", 0, urls=("https://example.org",)) == {Sign.LINK}
    assert talk.says("Lihat https://example.org/a", 30) == {Sign.LINK}
    assert talk.says("Lihat wikipedia.org", 60) == {Sign.LINK}
    assert talk.says("Lihat Bit.ly/3abc.", 90) == {Sign.LINK}
    assert talk.says("Bab 3.2 dan Q12.1 itu mudah.Lalu bab 4.", 120) == frozenset()


def test_delivered_again_a_message_counts_once() -> None:
    talk = Talk()
    for _ in range(20):
        assert talk.says("Beli kunci jawaban", 1, key="same") == frozenset()
    for n in range(6):
        heard = talk.says(numbered(n), 2)
    assert heard == {Sign.FLOOD}
    assert talk.says(numbered(5), 2, key="m26") == {Sign.FLOOD}, "heard anew for another reason it is the same"


def test_somebody_without_an_account_is_not_watched() -> None:
    event = Typed(key="1", at=NOW, place=GROUP, sender=Sender(None), text="x", mentions=EVERYBODY)
    assert begin()(event) is None


def test_nothing_noticed_is_nothing_at_all() -> None:
    sender = Sender(Account("telegram", "citra"))
    assert begin()(Typed(key="1", at=NOW, place=GROUP, sender=sender, text="Halo semua")) is None


def test_the_memory_has_an_end_and_forgets_who_was_silent_for_longest() -> None:
    talk = Talk(most=50)
    for n in range(6):
        talk.says(numbered(n), 0)
    for n in range(49):
        talk.says("Pengumuman panjang yang berbeda-beda " + str(n), 1, who=f"orang{n}")
    assert talk.says(numbered(6), 1) == {Sign.FLOOD}, "fifty are remembered"
    for n in range(5000):
        talk.says("Pengumuman panjang yang berbeda-beda " + str(n), 2, who=f"lain{n}")
    assert len(talk.memory) == 100, "people and texts"
    assert talk.says(numbered(7), 2) == frozenset()


def test_a_big_raid_takes_little_room() -> None:
    memory = Memory(500)
    tracemalloc.start()
    for n in range(MOST_KEPT * 2):
        for who in range(600):
            sender = Sender(Account("telegram", f"{who}"))
            memory.hear(Typed(key=f"{n}:{who}", at=NOW, place=GROUP, sender=sender, text=f"{n} {who}"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000, "ten kilobytes for each who floods"


KILLERS = {
    "letters": "a" * 65_536,
    "dots": "a." * 32_768,
    "addresses": "a.com/" * 10_922,
    "hyphens": "a-" * 32_768,
    "colons": ("a" * 100 + ":") * 648,
    "marks out of order": "a" + "\u0301\u0323" * 32_767,
    "spaces": "s" + " " * 65_000 + "x",
    "wide": "Ａ" * 65_536,
    "zalgo": "".join(chr(0x300 + n % 100) for n in range(65_536)),
}


@pytest.mark.parametrize("name", KILLERS)
def test_sixty_four_kilobytes_of_anything_are_heard_at_once(name: str) -> None:
    talk = Talk()
    talk.says("warm", 0)
    begun = perf_counter()
    talk.says(KILLERS[name], 1)
    assert perf_counter() - begun < 0.1


def held(number: int, after: float, *signs: Sign) -> Held:
    return Held(1, number, Ref(GROUP, str(number)), 3, NOW + timedelta(seconds=after), signs)


def test_a_flood_that_goes_on_or_comes_again_within_the_hour_is_the_second() -> None:
    first = held(1, 0, Sign.FLOOD)
    assert not floods_again(first, [first])
    assert not floods_again(held(2, 5, Sign.FLOOD), [first])
    assert floods_again(held(3, 11, Sign.FLOOD, Sign.REPEAT), [first])
    assert floods_again(held(4, 3599, Sign.MENTIONS), [first])
    assert not floods_again(held(5, 3601, Sign.FLOOD), [first])
    assert not floods_again(held(6, 60, Sign.LINK), [first])
    assert not floods_again(held(6, 60, Sign.FLOOD), [held(1, 0, Sign.LINK), held(2, 1, Sign.REPEAT)])


def test_calling_many_a_second_time_is_the_second_time() -> None:
    assert floods_again(held(2, 1, Sign.MENTIONS), [held(1, 0, Sign.MENTIONS)])
