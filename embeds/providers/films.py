"""Moving pictures."""

import re

from embeds.ways import FILM, ID, MOVING, NAME, REEL, Parts, Provider, Way, hosts

SECONDS = re.compile(r"(?:(?P<h>[0-9]{1,2})h)?(?:(?P<m>[0-9]{1,3})m)?(?:(?P<s>[0-9]{1,6})s?)?", re.ASCII)


def _youtube(parts: Parts) -> str:
    start = seconds(parts.get("t") or parts.get("start") or "")
    return f"https://www.youtube-nocookie.com/embed/{parts['id']}?autoplay=1&rel=0{f'&start={start}' if start else ''}"


def _youtube_link(parts: Parts) -> str:
    start = seconds(parts.get("t") or parts.get("start") or "")
    return f"https://www.youtube.com/watch?v={parts['id']}{f'&t={start}s' if start else ''}"


def seconds(given: str) -> int:
    """“1h2m3s”, “90s” and “90” as seconds."""
    found = SECONDS.fullmatch(given)
    if found is None:
        return 0
    return int(found["h"] or 0) * 3600 + int(found["m"] or 0) * 60 + int(found["s"] or 0)


def _vimeo(parts: Parts) -> str:
    key = parts.get("key") or parts.get("h")
    return f"https://player.vimeo.com/video/{parts['id']}?dnt=1{f'&h={key}' if key else ''}"


def _vimeo_link(parts: Parts) -> str:
    key = parts.get("key") or parts.get("h")
    return f"https://vimeo.com/{parts['id']}{f'/{key}' if key else ''}"


YOUTUBE_ID = rf"(?P<id>{ID}{{11}})"
YOUTUBE_LIST = rf"{ID}{{12,64}}"
YOUTUBE_TIMES = {"t": r"[0-9hms]{1,12}", "start": r"[0-9]{1,6}"}

PROVIDERS = (
    Provider(
        "YouTube",
        hosts("youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com"),
        ("https://www.youtube-nocookie.com",),
        (
            Way("/watch", _youtube, _youtube_link, FILM, {"v": YOUTUBE_ID}, YOUTUBE_TIMES),
            Way(rf"/(?:live|embed|v)/{YOUTUBE_ID}", _youtube, _youtube_link, FILM, {}, YOUTUBE_TIMES),
            Way(rf"/shorts/{YOUTUBE_ID}", _youtube, "https://www.youtube.com/shorts/{id}", REEL),
            Way(
                "/playlist",
                "https://www.youtube-nocookie.com/embed/videoseries?list={list}",
                "https://www.youtube.com/playlist?list={list}",
                FILM,
                {"list": rf"(?P<list>{YOUTUBE_LIST})"},
            ),
        ),
        MOVING,
    ),
    Provider(
        "YouTube",
        hosts("youtu.be", "www.youtube-nocookie.com", "youtube-nocookie.com"),
        ("https://www.youtube-nocookie.com",),
        (Way(rf"/(?:embed/)?{YOUTUBE_ID}", _youtube, _youtube_link, FILM, {}, YOUTUBE_TIMES),),
        MOVING,
    ),
    Provider(
        "Vimeo",
        hosts("vimeo.com", "www.vimeo.com", "player.vimeo.com"),
        ("https://player.vimeo.com",),
        (
            Way(
                r"/(?:video/|channels/[A-Za-z0-9_-]{1,60}/|groups/[A-Za-z0-9_-]{1,60}/videos/)?"
                r"(?P<id>[0-9]{5,12})(?:/(?P<key>[0-9a-f]{8,20}))?",
                _vimeo,
                _vimeo_link,
                FILM,
                {},
                {"h": r"[0-9a-f]{8,20}"},
            ),
        ),
        MOVING,
    ),
    Provider(
        "Dailymotion",
        hosts("dailymotion.com", "www.dailymotion.com", "dai.ly"),
        ("https://geo.dailymotion.com",),
        (
            Way(
                r"/(?:video/)?(?P<id>[a-z0-9]{6,12})",
                "https://geo.dailymotion.com/player.html?video={id}",
                "https://www.dailymotion.com/video/{id}",
                FILM,
            ),
        ),
        MOVING,
    ),
    Provider(
        "TED",
        hosts("ted.com", "www.ted.com"),
        ("https://embed.ted.com",),
        (
            Way(
                r"/talks/(?P<id>[a-z0-9_]{3,120})",
                "https://embed.ted.com/talks/{id}",
                "https://www.ted.com/talks/{id}",
                FILM,
            ),
        ),
        MOVING,
    ),
    Provider(
        "Streamable",
        hosts("streamable.com"),
        ("https://streamable.com",),
        (
            Way(
                r"/(?:e/)?(?P<id>[a-z0-9]{4,10})",
                "https://streamable.com/e/{id}",
                "https://streamable.com/{id}",
                FILM,
            ),
        ),
        MOVING,
    ),
    Provider(
        "TikTok",
        hosts("tiktok.com", "www.tiktok.com", "m.tiktok.com"),
        ("https://www.tiktok.com",),
        (
            Way(
                rf"/@(?P<who>{NAME})/video/(?P<id>[0-9]{{8,20}})",
                "https://www.tiktok.com/player/v1/{id}?rel=0",
                "https://www.tiktok.com/@{who}/video/{id}",
                REEL,
            ),
        ),
        MOVING,
    ),
    Provider(
        "Giphy",
        hosts("giphy.com", "www.giphy.com"),
        ("https://giphy.com",),
        (
            Way(
                r"/(?:gifs|embed)/(?:[A-Za-z0-9-]{1,200}-)?(?P<id>[A-Za-z0-9]{8,32})",
                "https://giphy.com/embed/{id}",
                "https://giphy.com/gifs/{id}",
                FILM,
            ),
        ),
    ),
    Provider(
        "the Internet Archive",
        hosts("archive.org", "www.archive.org"),
        ("https://archive.org",),
        (
            Way(
                r"/(?:details|embed)/(?P<id>[A-Za-z0-9][A-Za-z0-9_.-]{2,100})",
                "https://archive.org/embed/{id}",
                "https://archive.org/details/{id}",
                FILM,
            ),
        ),
        MOVING,
    ),
)
