"""The guest's door. Part of the namespace ``public``: names are reversed as ``public:commentary_…``."""

from django.urls import path, register_converter

from public.commentary import entering, losing


class Reference:
    """A piece's reference, as letters name it."""

    regex = "C-[2-9A-Z]{4}-[2-9A-Z]{3}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Reference, "reference")

urlpatterns = [
    # Until the desk has the piece.
    path("key/<str:token>/", entering.key, name="commentary_key"),
    path("lost/", losing.lost_link, name="commentary_lost"),
    # From then on: the piece's own pages, all below s/<reference>/ (public.commentary.visits.HOME).
]
