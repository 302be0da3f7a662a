from typing import Any

from django.db import models


class BodyField(models.TextField[str, str]):
    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
