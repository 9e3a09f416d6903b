"""The words of the page, in the language that its reader chose."""

from bot.chat.places import Role
from bot.chat.text import T
from bot.speech import Speech

PAGE = {
    "title": T("Bareng playground"),
    "intro": T("One study group, seen through two apps. Be any of five people."),
    "skip": T("Skip to the conversation"),
    "act_as": T("Act as"),
    "clock": T("Clock"),
    "noise": T("Public messages"),
    "noise_bot": T("bot"),
    "noise_people": T("people"),
    "noise_sounding": T("with sound"),
    "language": T("Language"),
    "telegram": T("Like Telegram"),
    "discord": T("Like Discord"),
    "group": T("Group"),
    "private": T("Private"),
    "chats": T("Chats"),
    "apps": T("Apps"),
    "with_bot": T("with Bareng"),
    "messages": T("Messages"),
    "write": T("Write a message or / for commands"),
    "send": T("Send"),
    "commands": T("Commands"),
    "suggestions": T("Suggestions: use the arrow keys, then Enter"),
    "only_you": T("Only you see this"),
    "edited": T("edited"),
    "bot": T("bot"),
    "app": T("APP"),
    "used": T("You used"),
    "ok": T("OK"),
    "cancel": T("Cancel"),
    "submit": T("Submit"),
    "required": T("required"),
    "optional": T("optional"),
    "lines_hint": T("One per line"),
    "choose": T("Choose"),
    "right_answer": T("right answer"),
    "chosen": T("chosen"),
    "offline": T("The connection is gone. I keep trying; nothing is lost."),
    "failed": T("That did not work. Please try again."),
    "attach": T("Attach a file"),
    "detach": T("Remove the file"),
    "reply": T("Reply"),
    "like": T("Thumbs up"),
    "thank": T("Thanks"),
    "delete": T("Delete"),
    "pinned": T("Pinned messages"),
    "locked": T("Only moderators can write here"),
    "muted": T("is muted"),
    "newcomer": T("Someone new"),
    "knock": T("Ask to join"),
    "enter": T("Come in"),
    "waits": T("The request to join is sent. A moderator will answer."),
    "about": T("About this person"),
    "marked": T("Bareng has noted it"),
    "no_reply": T("Do not reply"),
    "picture": T("Picture"),
    "too_large": T("This file is too large: at most 2 MB."),
    "gone": T("That message is no longer there."),
    "jumping": T("The clock is moving…"),
    "empty": T("Nothing here yet. Type / for commands, or let the clock jump to the quiz hour."),
}
"""Every label of the page by its name in the template and the script."""

TERMINAL = {
    "help": T("You are in a study group. Write, or type:"),
    "use_command": T("use a command, for example /help"),
    "use_reply": T("reply to the newest message here"),
    "use_number": T("press the button with that number"),
    "use_as": T("be somebody else"),
    "use_in": T("go to another chat"),
    "use_clock": T("turn the clock"),
    "use_quit": T("show this again, leave"),
    "only_you": PAGE["only_you"],
    "edited": PAGE["edited"],
    "marked": PAGE["marked"],
    "required": PAGE["required"],
    "optional": PAGE["optional"],
    "end_lines": T("an empty line ends it"),
    "use_file": T("send a file of this machine, after words or alone"),
    "no_button": T("There is no button with that number."),
}
"""What the terminal says by itself."""

ROLES = {
    Role.GUEST: T("guest"),
    Role.MEMBER: T("member"),
    Role.TRUSTED: T("trusted"),
    Role.MODERATOR: T("moderator"),
    Role.ORGANISER: T("organiser"),
}


def page_words(speech: Speech) -> dict[str, str]:
    """The labels in one language."""
    return {name: speech.words(text) for name, text in PAGE.items()}
