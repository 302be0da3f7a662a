from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import Article


@require_safe
def article(request: HttpRequest, year: int, month: int, day: int, slug: str) -> HttpResponse:
    story = get_object_or_404(Article.objects.published().with_page(), slug=slug)
    return HttpResponse(story.live.headline if story.live else "")
