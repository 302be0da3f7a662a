from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from richtext import editor


def collected():
    return {path for finder in finders.get_finders() for path, _storage in finder.list([])}


def test_only_the_editors_needed_files_are_static_files():
    ours = {path for path in collected() if path.startswith("ckeditor")}
    exact = {path for path in editor.FILES if "*" not in path}

    assert exact <= ours
    assert {path for path in ours - exact if "/skins/moono-lisa/" not in path} == set()


@pytest.mark.parametrize(
    "path",
    [
        "ckeditor/ckeditor-init.js",
        "ckeditor/ckeditor/config.js",
        "ckeditor/ckeditor/plugins/preview/preview.html",
        "ckeditor/ckeditor/plugins/codesnippetgeshi/plugin.js",
        "ckeditor/ckeditor/plugins/iframe/dialogs/iframe.js",
        "ckeditor/ckeditor/../ckeditor-init.js",
    ],
)
def test_the_rest_cannot_be_found(path):
    assert finders.find(path) is None


def test_other_apps_keep_their_files():
    assert finders.find("admin/css/base.css")
    assert finders.find("richtext/body.js")


def test_files_are_collected_compressed_and_hashed(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").exists()
    assert not list(Path(tmp_path, "ckeditor").rglob("preview*"))
