"""What readers see when there is nothing at an address. Named by newsroom/urls.py."""

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect

from articles.models import Article, PastAddress
from masthead.middleware import publication
from public import metadata
from public.answers import refusal

SUGGESTED = 5


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Send readers of a story's old address on; show everybody else the way back in."""
    moved = _forward(request.path)
    if moved:
        return HttpResponsePermanentRedirect(moved)
    head = metadata.refusal(publication(request), "Page not found")
    newest = list(Article.objects.published().with_cards()[:SUGGESTED])
    return refusal(request, "public/not_found.html", head, {"newest": newest}, status=404)


def _forward(path: str) -> str:
    """Where the story that once stood at ``path`` is now, if readers ever could see it there."""
    if "\0" in path or len(path) > 300:
        return ""
    past = PastAddress.objects.select_related("article").filter(path=path).first()
    reachable = Article.objects.published() | Article.objects.withdrawn()
    if past is None or not reachable.filter(pk=past.article_id).exists():
        return ""
    return past.article.get_absolute_url()
