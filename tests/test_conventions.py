"""House rules that no linter knows: each is a sentence of the design or of the style guide."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from masthead.addresses import RESERVED

ROOT = settings.ROOT
# Lowest first: an app may point at anything before its own line, and at itself.
LAYERS = [
    {"accounts", "richtext", "heartbeat", "files"},
    {"images", "charts"},
    {"documents", "embeds"},
    {"masthead"},
    {"authors"},
    {"articles"},
    {"commentary"},
    {"desk", "public"},
    {"newsroom"},
]
APPS = sorted(set().union(*LAYERS))
SURFACES = ("desk", "public", "newsroom")

PYTHON = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py"))
CODE = [path for path in PYTHON if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def named(path):
    return str(path.relative_to(ROOT))


def functions(path):
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node):
    """Lines of a function without its decorators and its docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return node.end_lineno - body[0].lineno + 2


def committed():
    ask = ["git", "ls-files", "-z"]
    listed = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=False).stdout  # noqa: S603
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_module_is_a_drawer():
    drawers = {"core", "common", "utils", "helpers", "services", "managers"}

    assert [named(path) for path in PYTHON if {path.stem, *path.parent.relative_to(ROOT).parts} & drawers] == []


def test_modules_and_functions_stay_short():
    long_modules = [named(path) for path in CODE if len(path.read_text().splitlines()) > 400]
    long_functions = [f"{named(path)}:{node.name}" for path in CODE for node in functions(path) if length(node) > 40]

    assert long_modules + long_functions == []


def test_views_say_which_methods_they_answer_and_read_like_a_sentence():
    """A view is a module-level function of a surface whose first parameter is ``request`` and that has an address."""
    answers = {"require_safe", "require_POST", "require_http_methods", "page"}  # page: public.answers, GET and HEAD
    routed = {pattern.callback for pattern in _patterns(get_resolver())}
    names = {(callback.__module__, callback.__name__) for callback in map(_innermost, routed)}
    wrong = []
    for path in CODE:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and (module, node.name) in names:
                decorators = {
                    name.id for item in node.decorator_list for name in ast.walk(item) if isinstance(name, ast.Name)
                }
                if not decorators & answers or length(node) > 27:
                    wrong.append(f"{module}.{node.name}")

    assert wrong == []


def test_only_richtext_makes_html_trusted():
    data_block = "public/linked_data.py"  # JSON-LD, escaped until no markup is left in it; not HTML
    trusting = re.compile(r"\bmark_safe\b|\bSafeString\(|__html__|autoescape\s*=?\s*(off|False)")
    code = [
        named(path)
        for path in CODE
        if not named(path).startswith(("richtext/", data_block)) and trusting.search(path.read_text())
    ]
    templates = [
        named(path) for path in TEMPLATES if re.search(r"\|\s*safe\b|autoescape off|safeseq", path.read_text())
    ]

    assert (code, templates) == ([], [])


def test_templates_carry_no_inline_style_or_script():
    """The policies forbid both; data blocks of type ``application/ld+json`` are not scripts."""
    inline = re.compile(r"\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*(\bsrc=|application/(ld\+)?json))")

    assert [named(path) for path in TEMPLATES if inline.search(path.read_text())] == []


def test_surfaces_name_no_status():
    """What a status means is the domain's to say; ``standing`` and ``can`` answer for surfaces."""
    literal = re.compile(r"[\"'](unpublished|published|withdrawn|spiked)[\"']|\.status\s*=[^=]|filter\([^)]*\bstatus")
    found = [
        f"{named(path)}:{number}"
        for path in CODE
        if path.relative_to(ROOT).parts[0] in SURFACES and "sample" not in path.parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if literal.search(line) and not re.search(r"\(\"(withdrawn|spiked)\", \"", line)
    ]

    assert found == []


def test_the_actor_is_keyword_only():
    wrong = [
        f"{named(path)}:{node.name}"
        for path in CODE
        for node in functions(path)
        if "by" in {argument.arg for argument in [*node.args.posonlyargs, *node.args.args]}
    ]

    assert wrong == []


def test_migrations_import_nothing_of_ours_and_have_names():
    migrations = [path for path in PYTHON if "migrations" in path.parts and path.name != "__init__.py"]
    importing = re.compile(rf"^\s*(from|import) ({'|'.join(APPS)})\b", re.MULTILINE)

    assert [named(path) for path in migrations if importing.search(path.read_text())] == []
    assert [
        named(path) for path in migrations if "_auto_" in path.name or not re.match(r"\d{4}_[a-z]", path.name)
    ] == []


@pytest.mark.parametrize("app", APPS)
def test_foreign_keys_point_down(app):
    own = next(level for level, names in enumerate(LAYERS) if app in names)
    below = {app, "auth", "contenttypes", "django_tasks_database"}.union(*LAYERS[:own])
    pointing = {
        f"{model.__name__}.{field.name}": field.related_model._meta.app_label
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
    }

    assert {name: target for name, target in pointing.items() if target not in below} == {}


def test_nobody_else_is_above_the_layers():
    """The layers here, in pyproject.toml and among the installed apps are the same."""
    ours = {config.name for config in apps.get_app_configs() if (ROOT / config.name).is_dir()}

    assert ours == set(APPS)


def test_reserved_words_are_the_first_segments_of_every_address():
    first = {re.split(r"[/<\\(]", str(pattern.pattern).lstrip("^"))[0] for pattern in _top(get_resolver())}
    words = {segment for segment in first if segment and re.fullmatch(r"[a-z]+", segment)}

    assert words - RESERVED - {"commentary"} == set()


def test_every_fixed_address_of_the_site_is_refused_as_a_slug():
    missing = {"admin", "accounts", "media", "static", "health", "authors", "topics", "feed"} - RESERVED

    assert missing == set()


def test_no_committed_file_names_a_registry_or_a_machine():
    # Written with a space, so that this file does not name them itself.
    hosts = [host.replace(" ", ".") for host in ("pypi org", "pythonhosted org", "npmjs org")]
    paths = [path.replace(" ", "/") for path in (" work main", " root ")]
    naming = [
        f"{named(path)}: {word}" for path in committed() for word in hosts + paths if word.encode() in path.read_bytes()
    ]

    assert naming == []
    assert not (ROOT / "uv.lock").exists()


def _patterns(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from _patterns(entry)


def _top(resolver):
    """The entries whose pattern holds the first segment: those of ``include("")`` count as its own."""
    for entry in resolver.url_patterns:
        if not isinstance(entry, URLPattern) and str(entry.pattern) == "":
            yield from _top(entry)
        else:
            yield entry


def _innermost(callback):
    while hasattr(callback, "__wrapped__"):
        callback = callback.__wrapped__
    return callback if hasattr(callback, "__name__") else type(callback)


def test_documentation_links_lead_somewhere():
    broken = [
        f"{named(path)}: {target}"
        for path in committed()
        if path.suffix == ".md"
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text())
        if not (path.parent / target).exists() and not Path(target).is_absolute()
    ]

    assert broken == []
