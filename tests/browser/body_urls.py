"""A page with nothing but a text to write, under the policy the desk uses for such pages."""

from django import forms
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import path
from django.views.decorators.csp import csp_override

from desk.policy import BODY_POLICY
from richtext.forms import BodyFormField

PAGE = Template(
    """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Write</title>
    <meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">{{ form.media }}</head>
    <body><main><h1>Write</h1><form method="post">{{ form.as_div }}<p id="words"></p><button>Save</button></form>
    <output>{{ saved }}</output></main></body></html>"""
)


class StoryForm(forms.Form):
    body = BodyFormField()
    body.widget.attrs["data-word-counter"] = "words"


@csp_override(BODY_POLICY)
def write(request):
    form = StoryForm(request.POST or None, initial={"body": request.GET.get("body", "")})
    saved = form.cleaned_data["body"] if form.is_bound and form.is_valid() else ""
    return HttpResponse(PAGE.render(Context({"form": form, "saved": saved})))


write.csrf_exempt = True
urlpatterns = [path("write/", write)]
