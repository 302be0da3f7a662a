"""Maps, written anew from a point, a zoom or a place."""

from math import cos, radians
from urllib.parse import quote_plus, unquote_plus

from embeds.ways import ID, MAP, Parts, Provider, Way, hosts

DEGREES = r"-?[0-9]{1,3}(?:\.[0-9]{1,15})?"
POINT = rf"(?P<lat>{DEGREES}),(?P<lon>{DEGREES})"
# What a frame of this many pixels shows; a tile of the map has 256.
TILES_WIDE, TILES_HIGH = 640 / 256, 400 / 256


def google_place(parts: Parts) -> str:
    return (
        f"https://www.google.com/maps?q={_place(parts)}&ll={parts['lat']},{parts['lon']}&z={_zoom(parts)}&output=embed"
    )


def google_place_link(parts: Parts) -> str:
    return f"https://www.google.com/maps/place/{_place(parts)}/@{parts['lat']},{parts['lon']},{_zoom(parts)}z"


def openstreetmap(parts: Parts) -> str:
    latitude, longitude = float(parts["lat"]), float(parts["lon"])
    tile = 360 / 2 ** int(parts["zoom"])
    east = tile * TILES_WIDE / 2
    north = tile * TILES_HIGH / 2 * max(cos(radians(latitude)), 0.01)
    box = ",".join(f"{edge:.5f}" for edge in (longitude - east, latitude - north, longitude + east, latitude + north))
    marker = f"&marker={parts['mlat']},{parts['mlon']}" if parts.get("mlat") and parts.get("mlon") else ""
    return f"https://www.openstreetmap.org/export/embed.html?bbox={box}&layer=mapnik{marker}"


def openstreetmap_link(parts: Parts) -> str:
    marker = f"?mlat={parts['mlat']}&mlon={parts['mlon']}" if parts.get("mlat") and parts.get("mlon") else ""
    return f"https://www.openstreetmap.org/{marker}#map={parts['zoom']}/{parts['lat']}/{parts['lon']}"


def _place(parts: Parts) -> str:
    return quote_plus(unquote_plus(parts["place"]))


def _zoom(parts: Parts) -> str:
    return parts.get("zoom") or "15"


PROVIDERS = (
    Provider(
        "Google Maps",
        hosts("www.google.com", "google.com", "maps.google.com"),
        ("https://www.google.com",),
        (
            Way(
                "/maps/embed",
                "https://www.google.com/maps/embed?pb={pb}",
                "https://www.google.com/maps/embed?pb={pb}",
                MAP,
                {"pb": r"(?P<pb>![A-Za-z0-9!._:%-]{10,1500})"},
            ),
            Way(
                r"/maps/d/(?:u/[0-9]/)?(?:embed|viewer|edit)",
                "https://www.google.com/maps/d/embed?mid={mid}",
                "https://www.google.com/maps/d/viewer?mid={mid}",
                MAP,
                {"mid": rf"(?P<mid>{ID}{{10,60}})"},
            ),
            Way(
                rf"/maps/place/(?P<place>[^/]{{1,300}})/@{POINT}(?:,(?P<zoom>[0-9]{{1,2}})(?:\.[0-9]+)?z)?(?:/.*)?",
                google_place,
                google_place_link,
                MAP,
            ),
            Way(
                rf"/maps/@{POINT},(?P<zoom>[0-9]{{1,2}})(?:\.[0-9]+)?z(?:/.*)?",
                "https://www.google.com/maps?q={lat},{lon}&z={zoom}&output=embed",
                "https://www.google.com/maps/@{lat},{lon},{zoom}z",
                MAP,
            ),
        ),
    ),
    Provider(
        "OpenStreetMap",
        hosts("www.openstreetmap.org", "openstreetmap.org"),
        ("https://www.openstreetmap.org",),
        (
            Way(
                "/",
                openstreetmap,
                openstreetmap_link,
                MAP,
                {},
                {"mlat": DEGREES, "mlon": DEGREES},
                rf"map=(?P<zoom>[0-9]{{1,2}})/(?P<lat>{DEGREES})/(?P<lon>{DEGREES})(?:&.*)?",
            ),
            Way(
                "/export/embed.html",
                "https://www.openstreetmap.org/export/embed.html?bbox={bbox}&layer=mapnik",
                "https://www.openstreetmap.org/export/embed.html?bbox={bbox}&layer=mapnik",
                MAP,
                {"bbox": rf"(?P<bbox>{DEGREES},{DEGREES},{DEGREES},{DEGREES})"},
            ),
        ),
    ),
)
