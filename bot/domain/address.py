"""Web addresses that members share: which are taken, and which are the same although they are written differently.

Nothing here asks the network: no address that somebody gave is opened or resolved, but by the link checker.
"""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit, urlunsplit

from bot.chat.errors import Refusal
from bot.chat.text import T, code

LONGEST = 2048
"""Characters; what the sitemap protocol allows and every browser opens."""

NO_ADDRESS = T(
    "I can't read this as a web address. Example: {example}", example=code("https://id.wikipedia.org/wiki/Sel")
)
NOT_WEB = T("Only web addresses that begin with https:// or http:// can be saved.")
TOO_LONG = T("This address is too long: at most {most} characters.", most=LONGEST)
HIDDEN = T("This address has hidden or odd characters in it. Copy it again from your browser.")
SECRET = T("This address has a password or a key in it, so I didn't keep it. Share one that opens without.")
INSIDE = T("This address leads into a private network, so others can't open it. Share one from the web.")
INVITE = T("Invitations to other groups are not kept here. Share what can be read without joining.")

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_BARE = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#].*)?")
_BOT_TOKEN = re.compile(r"bot\d+(?::|%3a)[\w-]+|\d{8,10}(?::|%3a)[\w-]{35}", re.IGNORECASE | re.ASCII)
_WEBHOOK = re.compile(r"/api(?:/v\d+)?/webhooks/\d+/", re.ASCII)
_DISCORD_TOKEN = re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}", re.ASCII)
_NUMERIC = re.compile(r"\d+|0x[0-9a-f]*", re.ASCII)
_MEANT = re.compile(
    r"[a-z][a-z0-9+.-]*:(?://|\\\\)|(?:javascript|data|vbscript|file|mailto|intent):"
    r"|(?:[a-z0-9-]+\.)+(?:com|org|net|id|edu|gov|io|dev|info|me|be)(?::\d+)?(?:[/?#].*)?$",
    re.IGNORECASE,
)
"""An address with its scheme, or a name of a site without one whose ending is no file's."""

_PRIVATE = frozenset(
    ["local", "localhost", "localdomain", "internal", "intranet", "lan", "home", "corp", "arpa", "onion", "invalid"]
)
_INWARD = ("nip.io", "sslip.io", "xip.io", "localtest.me", "lvh.me", "lacolhost.com", "vcap.me")
"""Public names that lead to whatever private address stands in them."""

_INVITES = ("t.me/joinchat", "t.me/+", "telegram.me/joinchat", "telegram.me/+", "discord.gg/", "discord.com/invite/",
            "discordapp.com/invite/", "chat.whatsapp.com/")  # fmt: skip
_MOBILE = {"m.youtube.com": "youtube.com", "m.facebook.com": "facebook.com", "mobile.twitter.com": "twitter.com"}
_WIKI = re.compile(r"(?P<language>[a-z-]+)\.m\.(?P<wiki>wiki[a-z]+\.org)")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_CONTROL = "".join(map(chr, range(0x21)))
_OPAQUE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs")


@dataclass(frozen=True, slots=True)
class Address:
    """A web address. `url` is what opens, `key` is equal for all spellings of the same; `host` in lower case, names in
    other scripts as `xn--`, so that one which only looks like a known name is seen.
    """

    url: str
    key: str
    host: str


def read_address(raw: str) -> Address:
    """The address that somebody wrote; raises Refusal, without repeating it, for one that is not taken.

    Characters below a space are stripped at both ends before anything is judged, as browsers do. `https://` is put
    before a bare name.
    """
    parts, host = _judged(raw.strip(_CONTROL))
    scheme = parts.scheme.lower()
    port = "" if parts.port in (None, _DEFAULT_PORTS[scheme]) else f":{parts.port}"
    url = urlunsplit((scheme, host + port, parts.path, parts.query, parts.fragment))
    if _is_invitation(parts, host):
        raise Refusal(INVITE)
    return Address(url, _key(url, host, port), host)


def check_keys(text: str) -> None:
    """Refuse, without repeating it, a text that holds what opens a bot or a webhook."""
    if _BOT_TOKEN.search(text) or _WEBHOOK.search(text) or _DISCORD_TOKEN.search(text):
        raise Refusal(SECRET)


def find_address(text: str) -> str:
    """The first word of a text that is meant as an address of whatever kind, "" if none is."""
    return next((word for word in text.split() if _MEANT.match(word)), "")


def _judged(text: str) -> tuple[SplitResult, str]:
    if not text:
        raise Refusal(NO_ADDRESS)
    if len(text) > LONGEST:
        raise Refusal(TOO_LONG)
    if "\\" in text or any(unicodedata.category(char) in _OPAQUE for char in text):
        raise Refusal(HIDDEN)
    check_keys(text)
    if _BARE.fullmatch(text) and "@" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise Refusal(NO_ADDRESS) from None
    if parts.scheme.lower() not in _DEFAULT_PORTS:
        raise Refusal(NOT_WEB if _SCHEME.match(text) else NO_ADDRESS)
    if "@" in parts.netloc:
        raise Refusal(SECRET)
    if port == 0:
        raise Refusal(NO_ADDRESS)
    return parts, _host(parts.hostname or "")


def _host(name: str) -> str:
    """The host in ASCII; raises Refusal for one that is no public name."""
    name = unicodedata.normalize("NFKC", name).rstrip(".").lower()
    if ":" in name:
        raise Refusal(INSIDE)
    try:
        # This also makes one dot of the four kinds that browsers read as one.
        host = name.encode("idna").decode("ascii")
    except UnicodeError:
        raise Refusal(NO_ADDRESS) from None
    labels = host.split(".")
    if _is_number(host):
        raise Refusal(INSIDE)
    if not re.fullmatch(r"[a-z0-9_.-]+", host):
        raise Refusal(NO_ADDRESS)
    if len(labels) < 2 or labels[-1] in _PRIVATE or any(_under(host, inward) for inward in _INWARD):
        raise Refusal(INSIDE)
    return host


def _is_number(name: str) -> bool:
    """Whether it is an IP address in any of the forms that browsers read, such as 2130706433 or 0x7f.1."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return _NUMERIC.fullmatch(name.rpartition(".")[2]) is not None
    return True


def _under(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _is_invitation(parts: SplitResult, host: str) -> bool:
    return f"{host.removeprefix('www.')}{parts.path}".lower().startswith(_INVITES)


def _key(url: str, host: str, port: str) -> str:
    """Without what does not change what is opened: scheme, www., mobile names, order and tracking in the query,
    the last slash, and fragments except those that apps use as paths.
    """
    # Imported here: together they take a seventh of a second, which a start should not pay.
    from courlan.clean import normalize_url
    from w3lib.url import canonicalize_url

    # courlan's clean_url would besides take the second of two joined addresses: right for pages that were crawled,
    # wrong for a link that carries another.
    fragment = urlsplit(url).fragment
    whole = canonicalize_url(normalize_url(url), keep_fragments=fragment.startswith(("/", "!")))
    parts = urlsplit(whole)
    same = _same_host(host)
    path, query = parts.path.rstrip("/"), parts.query
    if same == "youtu.be" and path:
        same, path, query = "youtube.com", "/watch", f"v={path[1:]}"
    elif same == "youtube.com" and path == "/watch":
        query = f"v={parse_qs(query).get('v', [''])[0]}"
    return urlunsplit(("https", same + port, path, query, parts.fragment))


def _same_host(host: str) -> str:
    bare = host.removeprefix("www.")
    if wiki := _WIKI.fullmatch(bare):
        return f"{wiki['language']}.{wiki['wiki']}"
    return _MOBILE.get(bare, bare)
