from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from richtext.forms import BodyFormField
from richtext.sanitiser import clean
from richtext.widgets import BodyWidget


class BodyField(models.TextField):  # type: ignore[type-arg] # the stubs' parameters are for descriptors
    """Newsroom HTML. Whatever writes it (a form, a verb, an import, a bulk update), it is stored clean."""

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """A plain TextField to migrations: they outlive the editor."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 -- Django's signature
        """So that the instance holds what its row holds."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Also reached by ``QuerySet.update``, which calls no ``pre_save``."""
        return super().get_db_prep_save(clean(value) if isinstance(value, str) else value, connection)

    def formfield(self, **kwargs: Any) -> Any:
        defaults: dict[str, Any] = {"form_class": BodyFormField, "widget": BodyWidget}
        return super().formfield(**defaults | kwargs)
