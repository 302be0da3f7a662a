"""Music and talk."""

from urllib.parse import quote

from embeds.ways import BAR, LIST, SOUNDING, WITH_FORMS, Parts, Provider, Way, hosts


def _soundcloud(parts: Parts) -> str:
    address = quote(f"https://soundcloud.com/{parts['path']}", safe="")
    return f"https://w.soundcloud.com/player/?url={address}&auto_play=true&show_comments=false"


PROVIDERS = (
    Provider(
        "SoundCloud",
        hosts("soundcloud.com", "www.soundcloud.com", "m.soundcloud.com"),
        ("https://w.soundcloud.com",),
        (
            Way(
                r"/(?P<path>[a-z0-9_-]{1,60}/sets/[a-z0-9_-]{1,120})",
                _soundcloud,
                "https://soundcloud.com/{path}",
                LIST,
            ),
            Way(
                r"/(?P<path>(?!discover/|search/|you/)[a-z0-9_-]{1,60}/[a-z0-9_-]{1,120})",
                _soundcloud,
                "https://soundcloud.com/{path}",
                BAR,
            ),
        ),
        SOUNDING,
    ),
    Provider(
        "Spotify",
        hosts("open.spotify.com"),
        ("https://open.spotify.com",),
        (
            Way(
                r"(?:/intl-[a-z]{2})?(?:/embed)?/(?P<kind>track|episode)/(?P<id>[A-Za-z0-9]{22})",
                "https://open.spotify.com/embed/{kind}/{id}",
                "https://open.spotify.com/{kind}/{id}",
                BAR,
            ),
            Way(
                r"(?:/intl-[a-z]{2})?(?:/embed)?/(?P<kind>album|playlist|show|artist)/(?P<id>[A-Za-z0-9]{22})",
                "https://open.spotify.com/embed/{kind}/{id}",
                "https://open.spotify.com/{kind}/{id}",
                LIST,
            ),
        ),
        SOUNDING,
    ),
    Provider(
        "Apple Podcasts",
        hosts("podcasts.apple.com", "embed.podcasts.apple.com"),
        ("https://embed.podcasts.apple.com",),
        (
            Way(
                r"/(?P<land>[a-z]{2})/podcast/(?:[^/?#]{1,400}/)?id(?P<id>[0-9]{5,12})",
                "https://embed.podcasts.apple.com/{land}/podcast/id{id}?i={i}",
                "https://podcasts.apple.com/{land}/podcast/id{id}?i={i}",
                BAR,
                {"i": r"(?P<i>[0-9]{8,16})"},
            ),
            Way(
                r"/(?P<land>[a-z]{2})/podcast/(?:[^/?#]{1,400}/)?id(?P<id>[0-9]{5,12})",
                "https://embed.podcasts.apple.com/{land}/podcast/id{id}",
                "https://podcasts.apple.com/{land}/podcast/id{id}",
                LIST,
            ),
        ),
        SOUNDING,
        WITH_FORMS,
    ),
)
