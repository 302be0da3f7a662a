from typing import Any

from django.db import migrations


def move(apps: Any, schema_editor: Any) -> None:
    """The standing page with the slug “guidelines” becomes the newest guidelines; there are not two of them."""
    Page = apps.get_model("masthead", "Page")
    Guidelines = apps.get_model("commentary", "Guidelines")
    page = Page.objects.filter(slug="guidelines").first()
    if page is None:
        return
    newest = Guidelines.objects.order_by("-number").first()
    if page.body.strip():
        terms = newest or Guidelines()
        terms.pk, terms.number = None, newest.number + 1 if newest else 1
        terms.body, terms.made_at, terms.made_by = page.body, page.updated_at, None
        terms.save(force_insert=True)
    page.delete()


class Migration(migrations.Migration):
    dependencies = [("commentary", "0003_likenesses"), ("masthead", "0004_fill_uses")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
