"""The desk's rooms: what stands in the rail at the left, for the person who is looking."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

# Each room: its name, its icon, and the lists it opens on, with the name each has among its neighbours.
ROOMS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("Stories", "stories", {"articles.article": "Stories"}),
    ("Pictures", "pictures", {"images.image": "Pictures", "documents.document": "Documents"}),
    (
        "Commentary",
        "commentary",
        {
            "commentary.submission": "Pieces",
            "commentary.guidelines": "Guidelines",
            "commentary.lettertemplate": "Letter templates",
            "commentary.office": "Office",
        },
    ),
    ("People", "people", {"authors.author": "Authors", "accounts.user": "Accounts"}),
    (
        "Settings",
        "settings",
        {
            "masthead.masthead": "Publication",
            "masthead.page": "Pages",
            "articles.section": "Sections",
            "articles.topic": "Topics",
            "accounts.activity": "Activity",
        },
    ),
)
# What has a list of its own beneath that of its room: its name, and its address under that one's.
BESIDE = {
    "Stories": (("Bin", "bin/"),),
    "Pieces": (("Letters", "../letters/"), ("Numbers", "numbers/")),
}
WRITE = "articles.article"
# The key of each door: N writes, and G then the key goes to a room. D is the desk itself.
KEYS = {"Write": "n", "Stories": "s", "Pictures": "p", "Commentary": "c", "People": "e", "Settings": "t"}

WAITS = {"Stories": "in review", "Commentary": "waiting"}  # how a room's count is read out


@dataclass(frozen=True)
class Door:
    """One link of the rail; ``tabs`` are the lists that share its room, ``count`` is what waits behind it, and how."""

    label: str
    address: str
    icon: str = ""
    is_here: bool = False
    count: int = 0
    waits: str = "in review"
    tabs: list["Door"] = field(default_factory=list)

    @property
    def key(self) -> str:
        return KEYS.get(self.label, "")


def doors(apps: Iterable[Mapping[str, Any]], here: str, waiting: Mapping[str, int]) -> list[Door]:
    """The rail for a person.

    ``apps`` as ``AdminSite.get_app_list`` gives them, ``here`` the path they are at, ``waiting`` how much waits for
    them, by room.
    """
    lists = _lists(apps)
    rail = []
    write = write_address(apps)
    if write:
        rail.append(Door("Write", write, "write", is_here=here == write))
    for label, icon, names in ROOMS:
        tabs = list(_tabs({name: lists.get(model, {}).get("admin_url") for model, name in names.items()}, here))
        if tabs:
            is_here = any(tab.is_here for tab in tabs) and here != write
            count, waits = waiting.get(label, 0), WAITS.get(label, "in review")
            rail.append(Door(label, tabs[0].address, icon, is_here, count, waits, tabs))
    return rail


def _tabs(addresses: Mapping[str, str | None], here: str) -> Iterable[Door]:
    """The lists of a room that the person may see, and what lies beside each; one of them at most is where they are."""
    known = {}
    for name, address in addresses.items():
        if address:
            known[name] = address
            known |= {beside: urljoin(address, under) for beside, under in BESIDE.get(name, ())}
    nearest = max((address for address in known.values() if here.startswith(address)), key=len, default="")
    yield from (Door(name, address, is_here=address == nearest) for name, address in known.items())


def write_address(apps: Iterable[Mapping[str, Any]]) -> str | None:
    """Where a new story is begun, if the person may."""
    address: str | None = _lists(apps).get(WRITE, {}).get("add_url")
    return address


def _lists(apps: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {model["model"]._meta.label_lower: model for app in apps for model in app["models"]}
