"""What people post."""

from urllib.parse import quote

from embeds.ways import FILM, ID, MOVING, NAME, POST, REEL, Maker, Parts, Provider, Way, hosts


def _facebook(kind: str, link: str) -> Maker:
    def frame(parts: Parts) -> str:
        address = quote(link.format_map(parts), safe="")
        text = "&show_text=true" if kind == "post" else "&show_text=false"
        return f"https://www.facebook.com/plugins/{kind}.php?href={address}{text}&width=500"

    return frame


FACEBOOK_POST = "https://www.facebook.com/{who}/posts/{id}"
FACEBOOK_FILM = "https://www.facebook.com/watch/?v={id}"
FACEBOOK_REEL = "https://www.facebook.com/reel/{id}"
# Whoever runs a Mastodon server decides what its frames show: only those that are known are framed.
MASTODON = hosts(
    "fosstodon.org",
    "hachyderm.io",
    "infosec.exchange",
    "journa.host",
    "mas.to",
    "mastodon.online",
    "mastodon.social",
    "mastodon.world",
    "mstdn.social",
    "newsie.social",
    "social.coop",
    "universeodon.com",
)

PROVIDERS = (
    Provider(
        "X",
        hosts("x.com", "www.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com"),
        ("https://platform.twitter.com",),
        (
            Way(
                r"/(?P<who>[A-Za-z0-9_]{1,15})/status(?:es)?/(?P<id>[0-9]{1,20})(?:/(?:photo|video)/[0-9])?",
                "https://platform.twitter.com/embed/Tweet.html?id={id}&dnt=true",
                "https://x.com/{who}/status/{id}",
                POST,
            ),
        ),
    ),
    Provider(
        "Bluesky",
        hosts("bsky.app"),
        ("https://embed.bsky.app",),
        (
            Way(
                r"/profile/(?P<who>[a-z0-9][a-z0-9.-]{2,252}|did:(?:plc|web):[A-Za-z0-9.-]{8,100})"
                r"/post/(?P<id>[a-z0-9]{8,20})",
                "https://embed.bsky.app/embed/{who}/app.bsky.feed.post/{id}",
                "https://bsky.app/profile/{who}/post/{id}",
                POST,
            ),
        ),
    ),
    *(
        Provider(
            "Mastodon",
            hosts(host),
            (f"https://{host}",),
            (
                Way(
                    r"/@(?P<who>[A-Za-z0-9_.]{1,60})/(?P<id>[0-9]{8,20})(?:/embed)?",
                    f"https://{host}/@{{who}}/{{id}}/embed",
                    f"https://{host}/@{{who}}/{{id}}",
                    POST,
                ),
            ),
        )
        for host in sorted(MASTODON)
    ),
    Provider(
        "Threads",
        hosts("threads.com", "www.threads.com", "threads.net", "www.threads.net"),
        ("https://www.threads.com",),
        (
            Way(
                rf"/@(?P<who>{NAME})/post/(?P<id>{ID}{{8,16}})",
                "https://www.threads.com/@{who}/post/{id}/embed",
                "https://www.threads.com/@{who}/post/{id}",
                POST,
            ),
        ),
    ),
    Provider(
        "Instagram",
        hosts("instagram.com", "www.instagram.com"),
        ("https://www.instagram.com",),
        (
            Way(
                rf"(?:/{NAME})?/(?P<kind>p|reel|tv)/(?P<id>{ID}{{5,20}})(?:/embed(?:/captioned)?)?",
                "https://www.instagram.com/{kind}/{id}/embed/captioned/",
                "https://www.instagram.com/{kind}/{id}/",
                POST,
            ),
        ),
    ),
    Provider(
        "Facebook",
        hosts("facebook.com", "www.facebook.com", "m.facebook.com"),
        ("https://www.facebook.com",),
        (
            Way(
                rf"/(?P<who>{NAME})/posts/(?:{NAME}/)?(?P<id>pfbid[A-Za-z0-9]{{10,90}}|[0-9]{{5,25}})",
                _facebook("post", FACEBOOK_POST),
                FACEBOOK_POST,
                POST,
            ),
            Way(
                r"/watch",
                _facebook("video", FACEBOOK_FILM),
                FACEBOOK_FILM,
                FILM,
                {"v": r"(?P<id>[0-9]{5,25})"},
            ),
            Way(
                rf"/{NAME}/videos/(?:{NAME}/)?(?P<id>[0-9]{{5,25}})",
                _facebook("video", FACEBOOK_FILM),
                FACEBOOK_FILM,
                FILM,
            ),
            Way(r"/reel/(?P<id>[0-9]{5,25})", _facebook("video", FACEBOOK_REEL), FACEBOOK_REEL, REEL),
        ),
        MOVING,
    ),
    Provider(
        "Reddit",
        hosts("reddit.com", "www.reddit.com", "old.reddit.com"),
        ("https://embed.reddit.com",),
        (
            Way(
                r"/r/(?P<sub>[A-Za-z0-9_]{2,21})/comments/(?P<id>[a-z0-9]{4,10})(?:/[^/?#]{0,200})?",
                "https://embed.reddit.com/r/{sub}/comments/{id}/",
                "https://www.reddit.com/r/{sub}/comments/{id}/",
                POST,
            ),
        ),
    ),
    Provider(
        "LinkedIn",
        hosts("linkedin.com", "www.linkedin.com"),
        ("https://www.linkedin.com",),
        (
            Way(
                r"/(?:embed/)?feed/update/urn:li:(?P<kind>share|activity|ugcPost):(?P<id>[0-9]{10,25})",
                "https://www.linkedin.com/embed/feed/update/urn:li:{kind}:{id}",
                "https://www.linkedin.com/feed/update/urn:li:{kind}:{id}",
                POST,
            ),
        ),
    ),
    Provider(
        "Telegram",
        hosts("t.me"),
        ("https://t.me",),
        (
            Way(
                r"/(?P<who>[A-Za-z][A-Za-z0-9_]{3,31})/(?P<id>[0-9]{1,9})",
                "https://t.me/{who}/{id}?embed=1",
                "https://t.me/{who}/{id}",
                POST,
            ),
        ),
    ),
)
