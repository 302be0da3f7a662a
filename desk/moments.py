"""A moment as people type it: the newsroom's wall time, which may not exist, or exist twice, when clocks change."""

from datetime import UTC, datetime, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

TYPED = "%Y-%m-%dT%H:%M"  # as the browser's own field sends it
WHICH = [("", "Choose which"), ("first", "The first, before the clocks go back"), ("second", "The second, after it")]
FURTHEST = datetime(2100, 1, 1, tzinfo=UTC)  # nothing is planned beyond; guards every later sum


class MomentInput(forms.MultiWidget):
    """The browser's date-and-time field, and the question which of two equal times is meant, where there are two."""

    use_fieldset = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            "": forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TYPED),
            "which": forms.Select(choices=WHICH, attrs={"aria-label": "Which of the two"}),
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: datetime | None) -> list[Any]:
        if value is None:
            return ["", ""]
        local = timezone.localtime(value)
        which = "second" if local.fold else "first"
        return [local.strftime(TYPED), which if _comes_twice(local.replace(tzinfo=None), _zone()) else ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        parts = value if isinstance(value, list) else self.decompress(value)
        typed = _parsed(str(parts[0] or ""))
        self.widgets[1].attrs["hidden"] = not (typed and _comes_twice(typed, _zone()))
        return super().get_context(name, parts, attrs)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


class Moment(forms.MultiValueField):
    """A moment to come or past, typed as wall time in the newsroom's zone; cleaned to an aware ``datetime``."""

    widget = MomentInput

    def __init__(self, **kwargs: Any) -> None:
        fields = (forms.CharField(required=False), forms.ChoiceField(required=False, choices=WHICH))
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> datetime | None:
        text, which = [*data_list, "", ""][:2]
        if not text:
            return None
        typed = _parsed(text)
        if typed is None:
            raise ValidationError("Enter a valid date/time.")
        return _in_zone(typed, which, _zone())


def _parsed(text: str) -> datetime | None:
    try:
        typed = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return None if typed.tzinfo or not 1970 < typed.year < FURTHEST.year else typed


def _in_zone(typed: datetime, which: str, zone: tzinfo) -> datetime:
    day, clock = date_format(typed, "l, F j"), date_format(typed, "P")
    if not _exists(typed, zone):
        raise ValidationError(
            f"On {day} the clocks go forward and there is no {clock}. Choose a time before or after the missing hour."
        )
    if _comes_twice(typed, zone) and which not in {"first", "second"}:
        raise ValidationError(f"On {day} the clocks go back and {clock} comes twice. Choose which of the two you mean.")
    return typed.replace(tzinfo=zone, fold=1 if which == "second" else 0).astimezone(UTC)


def _exists(typed: datetime, zone: tzinfo) -> bool:
    there = typed.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there.replace(tzinfo=None, fold=0) == typed.replace(fold=0)


def _comes_twice(typed: datetime, zone: tzinfo) -> bool:
    first, second = (typed.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first != second and _exists(typed, zone)


def _zone() -> tzinfo:
    return timezone.get_current_timezone()
