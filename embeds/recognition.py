"""Which provider an address belongs to, and what becomes of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlsplit

from embeds.providers import BY_HOST
from embeds.ways import BAR, CHART, FILM, LIST, MAP, PAPER, POST, REEL, Maker, Parts, Provider, Way
from richtext.allowed import address as checked

MOST_PARAMETERS = 40
NOUNS = {
    FILM: "Film",
    REEL: "Short film",
    POST: "Post",
    BAR: "Recording",
    LIST: "Recordings",
    CHART: "Chart",
    MAP: "Map",
    PAPER: "Document",
}


@dataclass(frozen=True)
class Embed:
    """What an address shows: a provider's frame, or no more than a link.

    ``link`` is the address in its plain form, without what only follows readers around. Without a known provider
    ``provider`` is the host, ``frame`` is empty and ``origins`` is too. ``box`` is the room a frame needs.
    """

    provider: str
    link: str
    frame: str = ""
    box: str = ""
    origins: tuple[str, ...] = ()
    allow: str = ""
    sandbox: str = ""

    def __str__(self) -> str:
        return self.provider

    @property
    def name(self) -> str:
        """What to call it where nobody has given it a title: also the name of its frame."""
        return f"{NOUNS[self.box]} on {self.provider}" if self.box else self.provider


def recognise(address: str) -> Embed | None:
    """What ``address`` shows; None where it is no http(s) address a text may hold.

    Hosts are compared exactly. An address with a port, and one whose path or parameters are not just as the table
    says, is a link like any other. Nothing is fetched.
    """
    link = checked(address)
    if link is None or not link.lower().startswith(("http://", "https://")):
        return None
    parts = urlsplit(link)
    host = (parts.hostname or "").lower()
    provider = BY_HOST.get(host)
    if provider and parts.netloc.lower() == host:
        for way in provider.ways:
            found = _matched(way, parts)
            if found is not None:
                return _framed(provider, way, found)
    return Embed(_shown(parts.netloc), link)


def known(addresses: Iterable[str]) -> dict[str, Embed]:
    """Those of ``addresses`` that can be shown, as richtext asks for them."""
    found = {address: recognise(address) for address in addresses}
    return {address: embed for address, embed in found.items() if embed}


def _matched(way: Way, parts: SplitResult) -> Parts | None:
    path = way.matcher.fullmatch(parts.path.rstrip("/") or "/")
    if path is None:
        return None
    found: dict[str, str] = {name: value or "" for name, value in path.groupdict().items()}
    given = _parameters(parts.query)
    for name, pattern in way.queries.items():
        match = pattern.fullmatch(given.get(name, ""))
        if match is None:
            return None
        found |= match.groupdict()
    for name, pattern in way.options.items():
        found[name] = given[name] if pattern.fullmatch(given.get(name, "")) else ""
    if way.fragments:
        match = way.fragments.fullmatch(parts.fragment)
        if match is None:
            return None
        found |= match.groupdict()
    return found


def _parameters(query: str) -> Mapping[str, str]:
    """The first value of each; a tracker's long tail is not read."""
    found: dict[str, str] = {}
    for name, value in parse_qsl("&".join(query.split("&", MOST_PARAMETERS)[:MOST_PARAMETERS])):
        found.setdefault(name, value)
    return found


def _framed(provider: Provider, way: Way, found: Parts) -> Embed:
    return Embed(
        provider.name,
        _made(way.link, found),
        _made(way.frame, found),
        way.box,
        provider.origins,
        provider.allow,
        provider.sandbox,
    )


def _made(maker: str | Maker, found: Parts) -> str:
    return maker.format_map(found) if isinstance(maker, str) else maker(found)


def _shown(host: str) -> str:
    """A host as readers may trust it: letters that only look like others are written out."""
    host = host.removeprefix("www.")
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host.encode("ascii", "backslashreplace").decode()
