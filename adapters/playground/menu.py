"""What a person may type after a slash: the commands of their standing, in their words."""

from adapters.playground.adapter import Playground
from adapters.playground.cast import DISCORD, TELEGRAM
from adapters.playground.form import person_param
from bot.chat.places import Account, Place, Role
from bot.command import Command
from bot.param import Kind, Param
from bot.speech import Speech

Json = dict[str, object]


async def menu(playground: Playground, account: Account, place: Place) -> list[Json]:
    """Every command that this person may use, in the order of help, with help for each parameter."""
    speech = await playground.speech(account, place)
    role = await standing(playground, account)
    native = place != DISCORD and speech.language == "id"
    return [_command(command, speech, native) for command in playground.app.commands if command.right <= role]


async def suggestions(
    playground: Playground, account: Account, place: Place, path: str, param: str, text: str
) -> list[Json]:
    """What may stand for that argument; for a person, everybody there by the name that mentions them."""
    found = playground.app.index.find(path)
    wanted = found.command.param(param) if found else None
    if wanted and wanted.kind is Kind.PERSON:
        away = playground.rooms[place].away if place in playground.rooms else set()
        there = [actor for actor in playground.cast.values() if actor.account not in away]
        return [{"value": f"@{actor.id}", "label": actor.name} for actor in there]
    offered = await playground.app.complete(place, account, path, param, text)
    return [{"value": value, "label": label} for value, label in offered]


async def standing(playground: Playground, account: Account) -> Role:
    """What the platform says of the person, raised by what the community granted."""
    async with playground.app.store.read() as unit:
        member = (await unit.arrivals.of(TELEGRAM, account)).member
    return max(playground.actor(account).role, member.role if member else Role.GUEST)


def _command(command: Command, speech: Speech, native: bool) -> Json:
    """`typed` is the spelling that completion writes: a Telegram menu speaks the person's language."""
    person = person_param(command)
    return {
        "path": command.path,
        "typed": (command.menu_name if native else "") or command.path,
        "names": [command.path, *command.aliases],
        "help": speech.words(command.summary),
        "example": command.examples[0].line,
        "params": [_param(param, speech) for param in command.params],
        "person": person and {"label": speech.words(command.on_person or ""), "param": person},
    }


def _param(param: Param, speech: Speech) -> Json:
    offers = bool(param.arg.choices or param.arg.complete) or param.kind is Kind.PERSON
    return {
        "name": param.name,
        "help": speech.words(param.arg.help),
        "required": param.required,
        "offers": offers,
    }
