"""A week of such a group, drawn by lot and always the same: what its members say, ask, share and read, and when."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from random import Random

from bot.chat.events import Mark
from bot.chat.places import Place
from tests.flows.fifty import ABROAD, MEMBERS, ZONE, Fifty
from tests.world import DISCORD, TELEGRAM

FRIDAY = datetime(2026, 11, 27, 6, 0, tzinfo=ZONE)
"""Six in the morning. The week has a Sunday with its digest, a Monday with its duties, a first day with its ballot."""

DAYS = 7
HOURS = (6, 7, 8, 9, 10, 11, 12, 12, 13, 14, 15, 16, 16, 17, 18, 18, 19, 19, 20, 20, 20, 21, 22)
"""When people are there: most of all in the evening, some of them at night."""

UP, BED = time(6), time(23)
"""When people get up and go to sleep."""

ASKED = """Kenapa langit biru di siang hari? #fisika|Apa beda mitosis dan meiosis? #biologi
Bagaimana menurunkan fungsi logaritma? #matematika|Kenapa es mengapung di air? #fisika
Siapa penulis Laskar Pelangi? #sastra|Apa itu inflasi tahunan? #ekonomi|Kapan Majapahit runtuh? #sejarah
Bagaimana cara kerja vaksin? #biologi|Kenapa kucing mendengkur? #biologi|Apa rumus luas trapesium? #matematika
What is a mole in chemistry? #kimia|Kenapa besi berkarat? #kimia|Bagaimana membaca peta topografi? #geografi
Apa arti gotong royong bagi warga? #pkn|How do tides arise? #geografi|Apa fungsi klorofil? #biologi"""
QUESTIONS = ASKED.replace("\n", "|").split("|")

READS = (
    *(("/poin", 26), ("/peringkat", 22), ("/bantuan", 22), ("/saya", 16), ("/mengapa", 9), ("/pengaturan", 10)),
    *(("/pertanyaan", 14), ("/pertanyaan menunggu", 8), ("/sumber", 12), ("/cari fisika", 9), ("/cari rumus", 9)),
    *(("/daftarsaran", 9), ("/papan", 10), ("/pins", 5), ("/aturan", 8), ("/rota", 6), ("/tujuan", 5), ("/privasi", 5)),
    *(("/kontribusi", 5), ("/teman", 4), ("/faq", 4), ("/help daily", 5), ("/bahasa id", 2), ("/warns", 3)),
)
"""What people only read, and how often within the week."""

CHATTER = (
    *("Aku baru sampai halaman {n}", "Latihan {n} susah juga ya", "Nanti malam lanjut bab {n}?", "Catatan {n} rapi"),
    *("Tadi di kelas bahas contoh {n}", "Yang nomor {n} jawabannya apa?", "Semangat, tinggal {n} lagi", "Haha {n}x"),
)

THINGS = (
    *("/butuh Laptop untuk dua pekan #perangkat", "/tawarkan Ruang sunyi hari Sabtu #tempat", "/butuh Mentor kalkulus"),
    *("/tawarkan Kamus Inggris #bahasa", "/butuh Meja lipat", "/tawarkan Jadi mentor fisika #fisika"),
    *("/tawarkan Laptop lama, masih jalan #perangkat", "/butuh Teman belajar malam #kimia"),
)

Doing = Callable[[], Awaitable[object]]


class Week:
    """What is still to happen, in its order. What people do may lead to more.

    `share` is how much of a lively week's talk, quiz and commands there is.
    """

    def __init__(self, group: Fifty, share: float = 1) -> None:
        self.group = group
        self.share = share
        self.rng = Random(50)
        self.members = [actor.id for actor in MEMBERS]
        self.near = [name for name in self.members if name not in ABROAD]
        self._plan: list[tuple[datetime, int, Doing]] = []
        self._order = count()
        self._number = count(1)
        self._talk: list[tuple[str, str, Place]] = []

    async def passes(self) -> None:
        """Live it from its beginning to its end."""
        self.draw()
        end = FRIDAY + timedelta(days=DAYS)
        while self._plan and self._plan[0][0] < end:
            moment, _, doing = heappop(self._plan)
            await self.group.until(moment)
            await doing()
        await self.group.world.until(end)

    def draw(self) -> None:
        """Plan it."""
        for day in range(DAYS):
            self._day(day)
        for text in QUESTIONS[: self._many(len(QUESTIONS))]:
            self.plan_at(self.some(), partial(self._asks, text))
        for line, times in READS:
            for _ in range(self._many(times)):
                self.plan_at(self.some(), partial(self._reads, line))
        for number in range(self._many(18)):
            self.plan_at(self.some(), partial(self._shares, number))
        for number in range(self._many(len(THINGS))):
            self.plan_at(self.some(), partial(self._suggests, number))
            self.plan_at(self.some(), partial(self._needs, number))

    def _many(self, most: int) -> int:
        return round(most * self.share)

    def plan_at(self, moment: datetime, doing: Doing) -> None:
        heappush(self._plan, (moment, next(self._order), doing))

    def after(self, doing: Doing, *, most: int = 120) -> None:
        """Soon, or in the morning where that would be in the middle of the night."""
        soon = (self.group.world.clock() + timedelta(minutes=self.rng.randint(1, most))).astimezone(ZONE)
        self.plan_at(soon if UP <= soon.time() <= BED else soon + timedelta(hours=7), doing)

    def some(self, day: int | None = None) -> datetime:
        """A moment at which people are there."""
        day = self.rng.randrange(DAYS) if day is None else day
        return self.at(day, self.rng.choice(HOURS), self.rng.randrange(60), self.rng.randrange(60))

    def at(self, day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
        return FRIDAY.replace(hour=hour, minute=minute, second=second) + timedelta(days=day)

    def anybody(self) -> str:
        return self.rng.choice(self.members)

    def _room(self, who: str) -> Place:
        """Where somebody uses a command: in the group, or as often alone with the bot."""
        return self.rng.choice((self.group.home(who), self.group.alone(who)))

    def _day(self, day: int) -> None:
        """Talk all day, and the daily quiz for half of them."""
        for _ in range(self._many(94)):
            self.plan_at(self.some(day), self._chats)
        for who in self.rng.sample(self.members, self._many(25)):
            moment = self.at(day, self.rng.randint(7, 19), self.rng.randrange(1, 60))
            self.plan_at(moment, partial(self._plays, who))
        for _ in range(self._many(4)):
            self.plan_at(self.some(day), self._thanks_by_command)
            self.plan_at(self.some(day), self._thanks_by_word)
        for _ in range(self._many(8)):
            self.plan_at(self.some(day), self._likes)

    async def _chats(self) -> None:
        who, text = self.anybody(), self.rng.choice(CHATTER).format(n=next(self._number))
        earlier = [entry for author, entry, place in self._talk[-8:] if place == self.group.home(who) and author != who]
        reply = self.rng.choice(earlier) if earlier and self.rng.random() < 0.3 else ""
        reply = reply if self.group.stage.transcript.get(reply) else ""
        if entry := await self.group.says(who, text, reply=reply):
            self._talk.append((who, entry, self.group.home(who)))

    async def _reads(self, line: str) -> None:
        who = self.anybody()
        await self.group.says(who, line, at=self._room(who))

    async def _plays(self, who: str) -> None:
        """Most tap on the card, some open the quiz alone; most of the answers are right."""
        alone = self.rng.random() < 0.25
        if alone:
            await self.group.says(who, "/harian", at=self.group.alone(who))
        entry = self.group.told(who) if alone else self.group.cards("daily-card", self.group.home(who))[-1].entry.id
        for number, right in enumerate(await self.group.key(), 1):
            letter = right if self.rng.random() < 0.75 else self.rng.choice("AB")
            await self.group.taps(who, entry, letter if alone else f"{number}{letter}")

    async def _asks(self, text: str) -> None:
        who = self.anybody()
        place, known = self._room(who), len(self.group.cards("question", TELEGRAM))
        if self.rng.random() < 0.35 and place != DISCORD:  # the command alone; the question follows
            await self.group.says(who, "/tanya", at=place)
            await (self.group.tells(who, text) if place == TELEGRAM else self.group.says(who, text, at=place))
        else:
            await self.group.says(who, f"/tanya {text}", at=place)
        await self.group.taps(who, self.group.told(who), "Tetap tanyakan")
        new = self.group.cards("question", TELEGRAM)[known:]
        if new:
            number = new[-1].subject
            for turn in range(self.rng.randint(1, 3)):
                self.after(partial(self._answers, who, number, turn), most=300)

    async def _answers(self, asker: str, number: str, turn: int) -> None:
        who = self.rng.choice([name for name in self.members if name != asker])
        text = f"Menurutku begini, soalnya {next(self._number)} kali sudah kucoba sendiri."
        card = next(post for post in self.group.cards("question", self.group.home(who)) if post.subject == number)
        if self.rng.random() < 0.25 or not self.group.stage.transcript.get(card.entry.id):
            await self.group.says(who, f"/jawab Q{number} {text}", at=self.group.alone(who))
            entry = ""
        else:
            entry = await self.group.says(who, text, reply=card.entry.id)
        curious = self.anybody()
        await self.group.taps(curious, card.entry.id, "Saya juga ingin tahu")
        if turn == 0 and self.rng.random() < 0.75:
            self.after(partial(self.group.says, asker, f"/terjawab Q{number}.1", at=self._room(asker)))
        if entry and self.group.home(who) == self.group.home(asker):
            self.after(partial(self.group.says, asker, "makasih banyak kak", reply=entry))

    async def _shares(self, number: int) -> None:
        who = self.anybody()
        topic = self.rng.choice(("", " #fisika", " #biologi", " #matematika"))
        line = f"/bagikan https://belajar{number}.example.org/bab Catatan bab {number}{topic}"
        await self.group.says(who, line, at=self._room(who))
        await self.group.taps(who, self.group.told(who), "#")
        if number % 3 == 0:
            self.after(partial(self.group.says, "budi", f"/verifikasi R{number // 3 + 1} ok"))

    async def _suggests(self, number: int) -> None:
        who = self.anybody()
        thing = ("Kuis lebih pendek", "Belajar di taman", "Bagi buku bekas", "Sesi tanya guru")[number % 4]
        await self.group.says(who, f"/saran {thing} tiap pekan ke-{number}", at=self._room(who))

    async def _needs(self, number: int) -> None:
        who = self.anybody()
        await self.group.says(who, THINGS[number], at=self._room(who))
        other = self.rng.choice([name for name in self.near if name != who])
        if cards := self.group.cards("board", TELEGRAM):
            self.after(partial(self.group.taps, other, cards[-1].entry.id, "Saya bisa bantu"))

    def _lately(self) -> tuple[str, str, Place] | None:
        """Something that was said lately and still stands."""
        said = [each for each in self._talk[-30:] if self.group.stage.transcript.get(each[1])]
        return self.rng.choice(said) if said else None

    def _peer(self, author: str, place: Place) -> str:
        return self.rng.choice([who for who in self.members if who != author and self.group.home(who) == place])

    async def _thanks_by_command(self) -> None:
        if found := self._lately():
            await self.group.says(self._peer(found[0], found[2]), "/makasih", reply=found[1])

    async def _thanks_by_word(self) -> None:
        if found := self._lately():
            await self.group.says(self._peer(found[0], found[2]), "terima kasih ya", reply=found[1])

    async def _likes(self) -> None:
        if found := self._lately():
            mark = self.rng.choice((Mark.LIKE, Mark.THANKS))
            await self.group.marks(self._peer(found[0], found[2]), found[1], mark)
