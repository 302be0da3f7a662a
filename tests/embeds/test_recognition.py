"""Which addresses are known, and that nothing but the known ones ever becomes a frame."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeds import recognise
from embeds.providers import PROVIDERS
from embeds.providers.films import seconds

FILM = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0"
KNOWN = [
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=1m30s&si=tracker", "YouTube", f"{FILM}&start=90"),
    ("http://youtube.com/watch?app=desktop&v=dQw4w9WgXcQ", "YouTube", FILM),
    ("https://m.youtube.com/watch?v=dQw4w9WgXcQ#x", "YouTube", FILM),
    ("HTTPS://WWW.YOUTUBE.COM/watch?v=dQw4w9WgXcQ", "YouTube", FILM),
    ("https://youtu.be/dQw4w9WgXcQ?t=90", "YouTube", f"{FILM}&start=90"),
    ("https://www.youtube.com/shorts/dQw4w9WgXcQ", "YouTube", FILM),
    ("https://www.youtube.com/live/dQw4w9WgXcQ?start=5", "YouTube", f"{FILM}&start=5"),
    ("https://www.youtube.com/embed/dQw4w9WgXcQ/", "YouTube", FILM),
    ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=x", "YouTube", FILM),
    (
        "https://www.youtube.com/playlist?list=PLabcdefghijkl",
        "YouTube",
        "https://www.youtube-nocookie.com/embed/videoseries?list=PLabcdefghijkl",
    ),
    ("https://vimeo.com/76979871", "Vimeo", "https://player.vimeo.com/video/76979871?dnt=1"),
    ("https://vimeo.com/76979871/abcdef1234", "Vimeo", "https://player.vimeo.com/video/76979871?dnt=1&h=abcdef1234"),
    (
        "https://player.vimeo.com/video/76979871?h=abcdef1234",
        "Vimeo",
        "https://player.vimeo.com/video/76979871?dnt=1&h=abcdef1234",
    ),
    ("https://dai.ly/x8abcde", "Dailymotion", "https://geo.dailymotion.com/player.html?video=x8abcde"),
    ("https://www.ted.com/talks/a_b_c?language=es", "TED", "https://embed.ted.com/talks/a_b_c"),
    ("https://streamable.com/abc12", "Streamable", "https://streamable.com/e/abc12"),
    (
        "https://www.tiktok.com/@nasa/video/7212345678901234567",
        "TikTok",
        "https://www.tiktok.com/player/v1/7212345678901234567?rel=0",
    ),
    ("https://archive.org/details/Plan-9_1", "the Internet Archive", "https://archive.org/embed/Plan-9_1"),
    ("https://giphy.com/gifs/a-cat-3oriO0OEd9QIDdllqo", "Giphy", "https://giphy.com/embed/3oriO0OEd9QIDdllqo"),
    (
        "https://soundcloud.com/nasa/golden-record?in=x",
        "SoundCloud",
        (
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fnasa%2Fgolden-record"
            "&auto_play=true&show_comments=false"
        ),
    ),
    (
        "https://open.spotify.com/intl-de/track/6rqhFgbbKwnb9MLmUQDhG6?si=x",
        "Spotify",
        "https://open.spotify.com/embed/track/6rqhFgbbKwnb9MLmUQDhG6",
    ),
    (
        "https://podcasts.apple.com/us/podcast/the-daily/id1200361736?i=1000123456789",
        "Apple Podcasts",
        "https://embed.podcasts.apple.com/us/podcast/id1200361736?i=1000123456789",
    ),
    (
        "https://podcasts.apple.com/us/podcast/the-daily/id1200361736",
        "Apple Podcasts",
        "https://embed.podcasts.apple.com/us/podcast/id1200361736",
    ),
    ("https://datawrapper.dwcdn.net/abcDE/12/", "Datawrapper", "https://datawrapper.dwcdn.net/abcDE/"),
    ("https://www.datawrapper.de/_/abcDE/", "Datawrapper", "https://datawrapper.dwcdn.net/abcDE/"),
    (
        "https://public.flourish.studio/visualisation/12345/",
        "Flourish",
        "https://flo.uri.sh/visualisation/12345/embed",
    ),
    ("https://infogram.com/a-chart-1h7k230d", "Infogram", "https://e.infogram.com/a-chart-1h7k230d?src=embed"),
    (
        "https://public.tableau.com/app/profile/a.b/viz/Book/Sheet1?x=y",
        "Tableau Public",
        "https://public.tableau.com/views/Book/Sheet1?:embed=y&:showVizHome=no",
    ),
    (
        "https://www.documentcloud.org/documents/20059068-the-report.html",
        "DocumentCloud",
        "https://embed.documentcloud.org/documents/20059068-the-report/?embed=1",
    ),
    (
        "https://twitter.com/nasa/status/1234567890?s=20",
        "X",
        "https://platform.twitter.com/embed/Tweet.html?id=1234567890&dnt=true",
    ),
    (
        "https://x.com/nasa/status/1234567890/photo/1",
        "X",
        "https://platform.twitter.com/embed/Tweet.html?id=1234567890&dnt=true",
    ),
    (
        "https://bsky.app/profile/nasa.gov/post/3kabcdefghi2a",
        "Bluesky",
        "https://embed.bsky.app/embed/nasa.gov/app.bsky.feed.post/3kabcdefghi2a",
    ),
    (
        "https://mastodon.social/@Gargron/1234567890123",
        "Mastodon",
        "https://mastodon.social/@Gargron/1234567890123/embed",
    ),
    ("https://www.threads.net/@nasa/post/C8abcDEf", "Threads", "https://www.threads.com/@nasa/post/C8abcDEf/embed"),
    (
        "https://www.instagram.com/nasa/reel/Cabc_-123/?igsh=1",
        "Instagram",
        "https://www.instagram.com/reel/Cabc_-123/embed/captioned/",
    ),
    (
        "https://www.facebook.com/nasa/posts/pfbid02abcdefghijklmnop",
        "Facebook",
        (
            "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fnasa%2Fposts%2F"
            "pfbid02abcdefghijklmnop&show_text=true&width=500"
        ),
    ),
    (
        "https://www.facebook.com/watch/?v=123456789",
        "Facebook",
        (
            "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D123456789"
            "&show_text=false&width=500"
        ),
    ),
    (
        "https://www.reddit.com/r/news/comments/abc123/a_title/",
        "Reddit",
        "https://embed.reddit.com/r/news/comments/abc123/",
    ),
    (
        "https://www.linkedin.com/feed/update/urn:li:activity:7123456789012345678/",
        "LinkedIn",
        "https://www.linkedin.com/embed/feed/update/urn:li:activity:7123456789012345678",
    ),
    ("https://t.me/durov/142", "Telegram", "https://t.me/durov/142?embed=1"),
    (
        "https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d2624.9",
        "Google Maps",
        "https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d2624.9",
    ),
    (
        "https://www.google.com/maps/d/u/0/viewer?mid=1aBcDeFgHiJkL",
        "Google Maps",
        "https://www.google.com/maps/d/embed?mid=1aBcDeFgHiJkL",
    ),
    (
        "https://www.google.com/maps/place/Caf%C3%A9+%26+Bar/@48.8583701,2.2944813,17z/data=!3m1",
        "Google Maps",
        "https://www.google.com/maps?q=Caf%C3%A9+%26+Bar&ll=48.8583701,2.2944813&z=17&output=embed",
    ),
    (
        "https://maps.google.com/maps/@-48.85,2.29,15z",
        "Google Maps",
        "https://www.google.com/maps?q=-48.85,2.29&z=15&output=embed",
    ),
    (
        "https://www.openstreetmap.org/?mlat=48.858&mlon=2.294#map=16/48.8580/2.2940&layers=T",
        "OpenStreetMap",
        (
            "https://www.openstreetmap.org/export/embed.html?bbox=2.28713,48.85518,2.30087,48.86082"
            "&layer=mapnik&marker=48.858,2.294"
        ),
    ),
]


@pytest.mark.parametrize(("address", "provider", "frame"), KNOWN)
def test_known_addresses_become_a_frame_of_their_provider(address, provider, frame):
    embed = recognise(address)

    assert (embed.provider, embed.frame) == (provider, frame)
    assert f"https://{urlsplit(frame).netloc}" in embed.origins
    assert recognise(embed.link).frame == frame
    assert "allow-top-navigation" not in embed.sandbox


def test_every_provider_of_the_table_is_tried():
    assert {provider.name for provider in PROVIDERS} == {provider for _, provider, _ in KNOWN}


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", "youtube.com.evil.example"),
        ("https://evilyoutube.com/watch?v=dQw4w9WgXcQ", "evilyoutube.com"),
        ("https://www.youtube.com.:443/watch?v=dQw4w9WgXcQ", "youtube.com.:443"),
        ("https://www.youtube.com./watch?v=dQw4w9WgXcQ", "youtube.com."),
        ("https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ", "youtube.com:8443"),
        ("https://y\u043eutube.com/watch?v=dQw4w9WgXcQ", "xn--yutube-wqf.com"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ%22onload", "youtube.com"),
        ("https://www.youtube.com/watch?v=short", "youtube.com"),
        ("https://www.youtube.com/watch?x=v=dQw4w9WgXcQ", "youtube.com"),
        ("https://www.youtube.com/redirect?q=https://evil.example", "youtube.com"),
        ("https://www.youtube.com//watch?v=dQw4w9WgXcQ", "youtube.com"),
        ("https://www.youtube.com/embed/../redirect", "youtube.com"),
        ("https://youtu.be/dQw4w9WgXcQ/../x", "youtu.be"),
        ("https://mastodon.evil.example/@a/1234567890123", "mastodon.evil.example"),
        ("https://x.com/nasa/status/12\u06634567890", "x.com"),
        ("https://www.google.com/maps/embed?pb=javascript:alert(1)", "google.com"),
        ("https://www.google.com/search?q=a", "google.com"),
        ("https://www.facebook.com/plugins/post.php?href=https://evil.example", "facebook.com"),
        ("https://example.org/" + "a" * 1900, "example.org"),
        ("http://127.0.0.1/watch?v=dQw4w9WgXcQ", "127.0.0.1"),
        ("https://example.org", "example.org"),
    ],
)
def test_everything_else_is_no_more_than_a_link(address, host):
    embed = recognise(address)

    assert (embed.provider, embed.frame, embed.origins) == (host, "", ())
    assert embed.link == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "youtube.com/watch?v=dQw4w9WgXcQ",
        "/watch?v=dQw4w9WgXcQ",
        "javascript:alert(1)//youtube.com/watch?v=dQw4w9WgXcQ",
        "data:text/html,https://youtu.be/dQw4w9WgXcQ",
        "ftp://youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com@evil.example/watch?v=dQw4w9WgXcQ",
        "https://user:pass@www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com\\@evil.example/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com:0/watch?v=dQw4w9WgXcQ",
        "https://[::1/watch",
        "https:///watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&" + "a" * 2000,
    ],
)
def test_what_is_no_address_is_nothing(address):
    assert recognise(address) is None


@given(st.sampled_from([address for address, _, _ in KNOWN]), st.text(max_size=12), st.integers(0, 80))
def test_no_address_breaks_out_of_its_frame(address, dirt, place):
    embed = recognise(address[:place] + dirt + address[place:])

    if embed and embed.frame:
        parts = urlsplit(embed.frame)
        assert f"https://{parts.netloc}" in embed.origins
        assert not set(embed.frame) & set("\"'<>\\ \n\t")


def test_moments_are_read_as_people_share_them():
    assert [seconds(given) for given in ("1h2m3s", "90s", "90", "2m", "", "x", "m1")] == [3723, 90, 90, 120, 0, 0, 0]
