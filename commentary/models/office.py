"""When the commentary desk works, and whom it tells of a threat: one row."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.db import models, transaction
from django.db.models import Q

from accounts.activity import record
from accounts.actors import Actor
from accounts.backends import may_enter
from accounts.models import User
from articles.models import Section
from masthead.models import Masthead


class Office(models.Model):
    """Working days, closing hour, holidays. Times are in the publication's zone."""

    workdays = models.CharField(max_length=7, default="01234", help_text="Digits of days; Monday is 0.")
    closes_at = models.TimeField("closing hour", default=time(17))
    holidays = models.JSONField(default=list, blank=True, help_text="Dates as 2026-12-25.")
    takes_pieces = models.BooleanField("takes guest commentary", default=True)
    closed_sections = models.ManyToManyField(
        Section, blank=True, related_name="+", help_text="Stories of these sections do not invite reactions."
    )
    told_of_threats = models.ManyToManyField(User, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "office"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="office_one_row")]

    def __str__(self) -> str:
        return "The commentary desk's hours"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def current(cls) -> "Office":
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @staticmethod
    def people() -> list[User]:
        """The desk: whoever may change pieces through a role. Those who may do everything are not meant by that."""
        right = {"codename": "change_submission", "content_type__app_label": "commentary"}
        granting = Permission.objects.filter(**right)
        found = User.objects.filter(Q(groups__permissions__in=granting) | Q(user_permissions__in=granting))
        return [user for user in found.distinct().order_by("pk") if user.email and may_enter(user)]

    @property
    def is_unset(self) -> bool:
        """Nobody has set it yet: it is not a row, and has no sections."""
        return self._state.adding

    def arrange(
        self, *, by: Actor, closed_sections: Iterable[Section], told_of_threats: Iterable[User], **columns: Any
    ) -> None:
        """How the desk works from now on; promises already given stay. ``columns`` are those of this row."""
        with transaction.atomic():
            for name, value in columns.items():
                setattr(self, name, value)
            self.save()
            self.closed_sections.set(closed_sections)
            self.told_of_threats.set(told_of_threats)
            record("arranged", self, by=by)

    def works_on(self, day: date) -> bool:
        return str(day.weekday()) in self.workdays and day.isoformat() not in self.holidays

    def due(self, start: datetime, days: int) -> datetime:
        """The closing hour of the ``days``-th business day after the day of ``start``, an aware moment.

        What comes on a free day, or after closing, counts from the next business day: three days promised on a
        Friday evening end on Wednesday or, where Friday evening was too late, on Thursday.
        """
        zone = Masthead.current().zone
        local = start.astimezone(zone)
        day = local.date()
        if local.time() >= self.closes_at or not self.works_on(day):
            day = self._next(day)
        for _ in range(days):
            day = self._next(day)
        return datetime.combine(day, self.closes_at, zone)

    def _next(self, day: date) -> date:
        """The next day the desk works; a desk without any working day works on all of them."""
        for _ in range(366):
            day += timedelta(days=1)
            if self.works_on(day) or not self.workdays:
                return day
        return day
