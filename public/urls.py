from django.urls import include, path, register_converter

from public import feeds, machines, previews, views


class Digits:
    """A part of a date as addresses write it: always with its zeros."""

    regex = "[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return f"{value:0>2}"


class Year(Digits):
    regex = "[0-9]{4}"


register_converter(Digits, "digits")
register_converter(Year, "year")

app_name = "public"
urlpatterns = [
    path("", views.front, name="front"),
    path("feed/", feeds.newest, name="feed"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("colours-<slug:stamp>.css", machines.colours, name="colours"),
    path("corrections/", views.corrected, name="corrections"),
    path("authors/", views.authors, name="authors"),
    path("authors/<slug:slug>/", views.author, name="author"),
    path("authors/<slug:slug>/feed/", feeds.author, name="author_feed"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("topics/<slug:slug>/feed/", feeds.topic, name="topic_feed"),
    path("commentary/guidelines/", views.guidelines, name="guidelines"),
    path("commentary/", include("public.commentary.urls")),
    path("preview/<str:token>/", previews.shared, name="preview"),
    path("preview/desk/<str:look>/", previews.look, name="look"),
    path("<year:year>/<digits:month>/<digits:day>/<slug:slug>/", views.article, name="article"),
    path("<slug:slug>/feed/", feeds.section, name="section_feed"),
    path("<slug:slug>/", views.section_or_page, name="section"),
    path("<slug:slug>/", views.section_or_page, name="page"),
]
