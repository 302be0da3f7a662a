"""Charts of others, and documents."""

from embeds.ways import CHART, NAME, PAPER, WHOLE_SCREEN, WITH_FORMS, Provider, Way, hosts

PROVIDERS = (
    Provider(
        "Datawrapper",
        hosts("datawrapper.dwcdn.net", "www.datawrapper.de"),
        ("https://datawrapper.dwcdn.net",),
        (
            Way(
                r"/(?:_/)?(?P<id>[A-Za-z0-9]{5})(?:/[0-9]{1,4})?(?:/(?:index\.html)?)?",
                "https://datawrapper.dwcdn.net/{id}/",
                "https://datawrapper.dwcdn.net/{id}/",
                CHART,
            ),
        ),
    ),
    Provider(
        "Flourish",
        hosts("public.flourish.studio", "flo.uri.sh"),
        ("https://flo.uri.sh",),
        (
            Way(
                r"/(?P<kind>visualisation|story)/(?P<id>[0-9]{3,12})(?:/(?:embed)?)?",
                "https://flo.uri.sh/{kind}/{id}/embed",
                "https://public.flourish.studio/{kind}/{id}/",
                CHART,
            ),
        ),
    ),
    Provider(
        "Infogram",
        hosts("infogram.com", "e.infogram.com"),
        ("https://e.infogram.com",),
        (
            Way(
                r"/(?P<id>[A-Za-z0-9][A-Za-z0-9-]{8,160})",
                "https://e.infogram.com/{id}?src=embed",
                "https://infogram.com/{id}",
                CHART,
            ),
        ),
    ),
    Provider(
        "Tableau Public",
        hosts("public.tableau.com"),
        ("https://public.tableau.com",),
        (
            Way(
                rf"(?:/app/profile/{NAME}/viz|/views)/(?P<book>[A-Za-z0-9_-]{{1,160}})/(?P<sheet>[A-Za-z0-9_-]{{1,160}})",
                "https://public.tableau.com/views/{book}/{sheet}?:embed=y&:showVizHome=no",
                "https://public.tableau.com/views/{book}/{sheet}",
                CHART,
            ),
        ),
        WHOLE_SCREEN,
        WITH_FORMS,
    ),
    Provider(
        "DocumentCloud",
        hosts("www.documentcloud.org", "documentcloud.org", "embed.documentcloud.org"),
        ("https://embed.documentcloud.org",),
        (
            Way(
                r"/documents/(?P<id>[0-9]{4,12})-(?P<slug>[A-Za-z0-9_-]{1,200})(?:\.html)?",
                "https://embed.documentcloud.org/documents/{id}-{slug}/?embed=1",
                "https://www.documentcloud.org/documents/{id}-{slug}/",
                PAPER,
            ),
        ),
        WHOLE_SCREEN,
        WITH_FORMS,
    ),
)
