"""What organiser, moderators and newcomers add to that week."""

from functools import partial

from tests.flows.script import DAYS, Week
from tests.world import TELEGRAM

CAME = ((0, 9, ("fani", "gilang")), (1, 23, ("hana",)), (3, 15, ("ivan",)), (5, 11, ("jihan",)))
"""Newcomers by day and hour."""


class CaredWeek(Week):
    """A week with everybody in it."""

    def draw(self) -> None:
        """Plan it."""
        super().draw()
        group, near = self.group, self.near
        for who in (*("ani", "budi", "sari"), *self.members[::2]):
            self.plan_at(self.at(0, 6, 5), partial(group.says, who, "/start", at=group.alone(who)))
        for who in near[3:8]:
            self.plan_at(self.at(1, 17), partial(self._helps, who))
        self.plan_at(self.at(0, 10), partial(group.says, "ani", "/aturan Saling menghargai\nTanpa iklan"))
        for day, hour, names in CAME:
            for minute, who in enumerate(names):
                self.plan_at(self.at(day, hour, minute), partial(group.comes, who))
                self.plan_at(self.at(day, hour, minute + 20), partial(self._greets, who))
        for day, hour in ((1, 16), (3, 20), (5, 19)):
            self.plan_at(self.at(day, hour, 5), self._round)
        for day, hour in ((0, 18), (2, 13), (4, 20)):
            self.plan_at(self.at(day, hour, 15), self._warns)
        for day, hour in ((1, 13), (3, 18), (6, 9)):
            self.plan_at(self.at(day, hour, 25), self._reports)
        for day in range(0, DAYS, 2):
            self.plan_at(self.at(day, 12, 40), self._pins)
        self.plan_at(self.at(2, 19, 30), self._mutes)
        self.plan_at(self.at(3, 10), self._floods)
        self.plan_at(self.at(4, 12), self._votes)
        for who, line in (("ani", "/statistik"), ("budi", "/modlog"), ("sari", "/held"), ("ani", "/rangkuman")):
            for day in (2, 5):
                self.plan_at(self.at(day, 17, 45), partial(group.says, who, line))

    async def _helps(self, who: str) -> None:
        """Offer help with duties, and with a topic."""
        private = self.group.alone(who)
        await self.group.says(who, "/rota", at=private)
        await self.group.taps(who, self.group.told(who), "Saya mau bantu seminggu")
        await self.group.says(who, "/pertanyaan bantu", at=private)
        await self.group.taps(who, self.group.told(who), "#")

    async def _greets(self, who: str) -> None:
        """A newcomer says hello, and brings a link, which waits until a moderator has looked."""
        await self.group.says(who, f"Halo semua, aku {who.title()}")
        await self.group.says(who, f"Ini blogku https://blog-{who}.example.net/")
        self.after(self._looks, most=40)

    async def _looks(self) -> None:
        await self.group.says("budi", "/held", at=self.group.alone("budi"))
        for label in ("1", "Biarkan tampil"):
            await self.group.taps("budi", self.group.told("budi"), label)

    async def _round(self) -> None:
        """A live round of two questions, which goes on by itself once it is started."""
        await self.group.says("ani", "/kuis biologi 2")
        await self.group.taps("ani", self.group.told("ani"), "Buka untuk grup")
        players = self.rng.sample(self.near, 8)
        await self._all_tap(players, "Ikut")
        await self._tap_round("ani", "Mulai")
        for _ in range(2):
            await self._all_tap(players, "A")
            await self.group.world.passes(minutes=2)

    async def _all_tap(self, people: list[str], label: str) -> None:
        for who in people:
            await self._tap_round(who, label)

    async def _tap_round(self, who: str, label: str) -> None:
        await self.group.world.passes(seconds=1)
        await self.group.taps(who, self.group.cards("round-card", TELEGRAM)[-1].entry.id, label)

    async def _misbehaves(self, words: str) -> tuple[str, str]:
        who = self.rng.choice(self.near)
        return who, await self.group.says(who, f"{words} nomor {next(self._number)}")

    async def _warns(self) -> None:
        _, entry = await self._misbehaves("Jual kunci jawaban")
        await self.group.says("sari", "/warn Menjual kunci jawaban", reply=entry)

    async def _mutes(self) -> None:
        _, entry = await self._misbehaves("Dasar payah semua")
        await self.group.says("budi", "/mute 3h Menghina", reply=entry)

    async def _reports(self) -> None:
        who, entry = await self._misbehaves("Beli contekan di sini")
        for other in self.rng.sample([name for name in self.near if name != who], 3):
            await self.group.says(other, "/lapor Iklan", reply=entry)
        await self.group.taps("budi", self.group.told("budi", "Pesan yang dilaporkan"), "Hapus pesannya")

    async def _pins(self) -> None:
        entry = await self.group.says("ani", f"Jadwal pekan ini, versi {next(self._number)}")
        line = "/pin loud 1d Jadwal" if self.rng.random() < 0.4 else "/pin 2d Jadwal"
        await self.group.says("sari", line, reply=entry)

    async def _floods(self) -> None:
        for _ in range(4):
            await self.group.says(self.near[0], "Ayo masuk grup sebelah sekarang juga")

    async def _votes(self) -> None:
        for who in self.rng.sample(self.near, 15):
            if cards := self.group.cards("ballot", TELEGRAM):
                await self.group.taps(who, cards[-1].entry.id, f"I{self.rng.randint(1, 3)}")
