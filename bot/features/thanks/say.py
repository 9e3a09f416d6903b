"""Thanking somebody by a command, with what for."""

from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Outcome, Receipt, say
from bot.chat.places import Ref, Role
from bot.chat.text import Name, T, code
from bot.command import Example, command
from bot.context import Context
from bot.domain.thanks import MOST_WHY, Denial, Way
from bot.features.thanks.give import thank
from bot.param import Arg
from bot.whom import members


@command(
    "thanks",
    right=Role.MEMBER,
    aliases=("makasih", "terimakasih", "group thanks", "grup terimakasih"),
    summary=T("Thank somebody, with what for if you like"),
    examples=(
        Example("/thanks @dewi for explaining it twice", T("Dewi reads it where her points are explained")),
        Example("/makasih", T("As a reply to the message that helped")),
    ),
    slash="group thanks",
    on_message=T("Thank author"),
)
async def thanks(
    ctx: Context,
    person: Annotated[int, Arg(help=T("Whom"), ask=T("Whom would you like to thank?"), person=True, complete=members)],
    why: Annotated[str, Arg(help=T("What for"), most=MOST_WHY)] = "",
) -> Outcome:
    """Say it; where it does not count, why."""
    message = await _message(ctx, person)
    denial = await thank(ctx, person, Way.COMMAND, message, why)
    if denial is Denial.SELF:
        raise Refusal(T("Thanks can only go to someone else."))
    name = await named(ctx, person)
    if denial:
        return say(_told(denial, name))
    # What for is good to read for everybody, so such a command stays.
    return receipt(name, None if why else message)


def receipt(name: Name, on: Ref | None = None, *, quiet: bool = False) -> Receipt:
    """It counts; whom it was for finds it later."""
    return Receipt(T("Noted. {name} finds your thanks under {command}.", name=name, command=code("/why")), on, quiet)


async def named(ctx: Context, person: int) -> Name:
    """What that person is called."""
    names = await ctx.unit.people.names((person,))
    return Name(names.get(person, ""), f"#{person}")


async def _message(ctx: Context, person: int) -> Ref | None:
    """The message that the command is about, if that person wrote it."""
    if ctx.reply is None or ctx.quoted is None or ctx.quoted.account is None:
        return None
    wrote = await ctx.unit.people.of_account(ctx.quoted.account)
    return ctx.reply if wrote and wrote.id == person else None


def _told(denial: Denial, name: Name) -> T:
    match denial:
        case Denial.NEW:
            return T("On the first day here, thanks do not count yet. Saying it still does people good.")
        case Denial.MUTED:
            return T("While somebody is muted, their thanks do not count.")
        case Denial.OFF:
            return T("This group gives no points for thanks. Saying it still does people good.")
        case Denial.AGAIN:
            return T("{name} has your thanks for this already.", name=name)
        case Denial.PAIR:
            return T("{name} has your thanks for today. From tomorrow on they count again.", name=name)
        case Denial.GIVER:
            return T("That was a lot of thanks for one day. From tomorrow on they count again.")
        case Denial.RECEIVER:
            return T(
                "{name} was thanked so often today that no more counts. From tomorrow on it does again.", name=name
            )
        case Denial.RETURNED:
            return T("{name} has just thanked you, and thanks back do not count. Those for an answer do.", name=name)
        case Denial.SELF | Denial.STRANGER:
            return T("Only members of this group can be thanked here.")
