"""How a platform's own list of events shows the next date of a series."""

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Mirror:
    """The event of a series in one chat: its number, the `day` of the date that it shows, and a `print` of its words.

    Without a number none was made yet, or with a `day` it was taken down by somebody, and none is made for that date.
    `sent_day` and `sent_print` are what the platform was asked to show, as long as it has not answered.
    """

    community: int
    series: int
    platform: str
    chat: str
    day: date | None = None
    event: str = ""
    print: str = ""
    sent_day: date | None = None
    sent_print: str = ""

    def sent(self, day: date, print_: str) -> "Mirror":
        """The platform is asked to show that date."""
        return replace(self, sent_day=day, sent_print=print_)

    def ending(self) -> "Mirror":
        """The platform is asked to show nothing."""
        return replace(self, sent_day=None, sent_print="")

    def shown(self, event: str) -> "Mirror":
        """The platform shows it."""
        return replace(self, day=self.sent_day, event=event, print=self.sent_print, sent_day=None, sent_print="")

    def lost(self) -> "Mirror":
        """Somebody took the event down."""
        return replace(self, event="", print="", sent_day=None, sent_print="")
