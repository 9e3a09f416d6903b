"""Sessions in people's own calendars: an address that an app fetches again and again, or a file where there is none."""

from bot.chat.file import Document
from bot.chat.message import Button, Message, Outcome, Reply, Row, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import Moment, T, code
from bot.command import Example, Feature, action, command
from bot.context import Context
from bot.domain import feed
from bot.domain.feed import Feed
from bot.features.session.feed import gather

PATH = "calendar"
"""Below the public address: `/calendar/<secret>.ics`."""


def calendar_feature(site: str) -> Feature:
    """The command and its buttons where the web server is reached under `site`, "" for nowhere."""

    @command(
        "calendar",
        right=Role.MEMBER,
        aliases=("kalender", "ics", "session calendar", "sesi kalender"),
        summary=T("Sessions in your own calendar app"),
        examples=(Example("/calendar", T("An address for your calendar app, or a file")),),
        slash="session calendar",
        role_aware=True,
    )
    async def calendar(ctx: Context) -> Outcome:
        """How it is done, with the buttons."""
        if not site:
            return await _file(ctx)
        return Reply(await _page(ctx), personal=True)

    @action("calendar-mine", right=Role.MEMBER)
    async def mine(ctx: Context) -> Outcome:
        """A new address of the person's own."""
        return await _made(ctx, site, 0, ctx.person.id)

    @action("calendar-group", right=Role.ORGANISER)
    async def group(ctx: Context) -> Outcome:
        """A new address of the group's."""
        return await _made(ctx, site, ctx.community.id, 0)

    @action("calendar-void", right=Role.MEMBER)
    async def void(ctx: Context) -> Outcome:
        """Nobody reads the person's calendar any more."""
        await ctx.unit.feeds.drop(0, ctx.person.id)
        return Reply(say(T("Your calendar address is void. A new one: {command}", command=code("/calendar"))))

    @action("calendar-close", right=Role.ORGANISER)
    async def close(ctx: Context) -> Outcome:
        """The same for the group's."""
        await ctx.unit.feeds.drop(ctx.community.id, 0)
        return Reply(say(T("The group's calendar address is void. A new one: {command}", command=code("/calendar"))))

    async def _page(ctx: Context) -> Message:
        scope, feeds = ctx.community.id, ctx.unit.feeds
        own = await feeds.made(0, ctx.person.id)
        lines = [T("Your app fetches the sessions of all your groups by itself, without those that you declined.")]
        rows: list[Row] = [(Button(T("New address") if own else T("My address"), mine(scope), tone=Tone.MAIN),)]
        if own:
            lines.append(T("You have one since {when}. A new one makes it void.", when=Moment(own)))
            rows[0] = (*rows[0], Button(T("Make it void"), void(scope)))
        if ctx.role >= Role.ORGANISER:
            theirs = await feeds.made(scope, 0)
            line = T("For the whole group, say for a school's calendar, there is one as well.")
            lines.append(T("The group has one since {when}.", when=Moment(theirs)) if theirs else line)
            again = (Button(T("Make the group's void"), close(scope)),) if theirs else ()
            rows.append((Button(T("The group's address"), group(scope)), *again))
        return card(T("Sessions in your calendar"), *lines, rows=tuple(rows))

    return Feature(commands=(calendar,), actions=(mine, group, void, close))


async def _made(ctx: Context, site: str, community: int, person: int) -> Outcome:
    secret = feed.draw(ctx.rng)
    await ctx.unit.feeds.put(Feed(feed.digest(secret), community, person, ctx.now))
    how = T("Add it in your calendar app under “subscribe” or “from URL”. Changes arrive within some hours.")
    warn = T("Whoever has the address can read along. Keep it to yourself, or make it void.")
    if community:
        warn = T("Whoever has the address can read the group's sessions, and nothing else.")
    return Reply(card(T("The calendar address"), code(f"{site}/{PATH}/{secret}.ics"), how, warn), personal=True)


async def _file(ctx: Context) -> Outcome:
    """Where no app can reach us: the sessions as they stand now."""
    sheet = await gather(ctx.unit, Feed("", 0, ctx.person.id, ctx.now), ctx.now)
    if sheet is None or not sheet.plans:
        return say(T("No session is planned. An organiser plans one with {command}.", command=code("/session new")))
    told = T("The sessions as they stand now: open the file with your calendar app. Later changes are not in it.")
    return Reply(say(told), personal=True, attach=lambda: Document("bareng.ics", sheet.write(), "text/calendar"))
