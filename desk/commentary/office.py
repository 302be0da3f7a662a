"""When the commentary desk works, which sections take no reactions, whom it tells of threats."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from accounts.models import User
from articles.models import Section
from commentary.models import Office
from desk.commentary.people import holders
from desk.requests import StaffRequest
from desk.shelves import Asked

CHANGES = "commentary.change_office"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_HOLIDAYS = 200


class OfficeForm(forms.Form):
    takes_pieces = forms.BooleanField(
        label="We take guest commentary", required=False, help_text="Unticked: no form, and stories invite nobody."
    )
    workdays = forms.MultipleChoiceField(
        label="Working days",
        choices=[(str(number), day) for number, day in enumerate(DAYS)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one day at least: promises count working days."},
    )
    closes_at = forms.TimeField(
        label="Closing hour",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="What comes later counts from the next working day, and answers are promised for this hour.",
    )
    holidays = forms.CharField(
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text="Days nobody works, one a line, as in 2026-12-25.",
    )
    closed_sections = forms.ModelMultipleChoiceField(
        Section.objects.all(),
        label="Sections without reactions",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Stories of these sections do not invite reactions.",
    )
    told_of_threats = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Told of threats",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A letter goes to them at once when somebody presses “Threat: legal hold”. Name two people.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["told_of_threats"].queryset = holders()  # type: ignore[attr-defined] # a ModelChoiceField has one

    def clean_holidays(self) -> list[str]:
        days = {_day(line.strip()) for line in self.cleaned_data["holidays"].splitlines() if line.strip()}
        if len(days) > MOST_HOLIDAYS:
            raise ValidationError(f"These are {len(days)} days; {MOST_HOLIDAYS} can be kept. Take out past ones.")
        return sorted(days)

    def clean_workdays(self) -> str:
        return "".join(sorted(self.cleaned_data["workdays"]))


@require_http_methods(["GET", "HEAD", "POST"])
def office(request: StaffRequest) -> HttpResponse:
    """The one row there is, or its defaults before anybody has saved them."""
    if not request.user.has_perm(CHANGES):
        raise PermissionDenied
    if Asked(request.GET, ()).is_strange:
        return redirect(f"{request.path}?e=1")
    current = Office.current()
    form = OfficeForm(request.POST if request.method == "POST" else None, initial=_initial(current))
    if form.is_valid():
        current.arrange(by=request.user, **form.cleaned_data)
        messages.success(request, "Saved. Promises already given stay as they are.")
        return redirect("admin:commentary_office_changelist")
    context = {"title": "Office", "form": form}
    return TemplateResponse(request, "desk/commentary/office.html", admin.site.each_context(request) | context)


@admin.register(Office)
class OfficeAdmin(admin.ModelAdmin[Office]):
    """Permissions and a place in the rail."""

    actions = None

    def get_urls(self) -> list[URLPattern]:
        return [path("", self.admin_site.admin_view(office), name="commentary_office_changelist")]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


def _initial(current: Office) -> dict[str, Any]:
    stored = not current.is_unset
    return {
        "takes_pieces": current.takes_pieces,
        "workdays": list(current.workdays),
        "closes_at": current.closes_at,
        "holidays": "\n".join(current.holidays),
        "closed_sections": current.closed_sections.all() if stored else [],
        "told_of_threats": current.told_of_threats.all() if stored else [],
    }


def _day(typed: str) -> str:
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise ValidationError(f"“{typed[:40]}” is no day. Write it as in 2026-12-25.") from None
