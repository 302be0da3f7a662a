import pytest
from django.contrib.auth import get_user
from django.core.exceptions import ImproperlyConfigured

from accounts.models import User
from newsroom.models import FirstKey
from newsroom.opening import opening_text
from newsroom.sample.people import make_people, refuse_in_production

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.SITE_ADDRESS = "http://127.0.0.1:8000"
    settings.SAMPLE_PASSWORD = ""


def test_sample_people_have_their_roles_and_one_password():
    make_people("an old password")
    people = make_people("three paper boats")

    assert [(user.email, user.is_staff, user.is_sample, user.groups.get().name) for user in people] == [
        ("reporter@newsroom.example", True, True, "Reporter"),
        ("copy-editor@newsroom.example", True, True, "Copy editor"),
        ("commentary-editor@newsroom.example", True, True, "Commentary editor"),
        ("producer@newsroom.example", True, True, "Producer"),
        ("editor@newsroom.example", True, True, "Editor"),
        ("administrator@newsroom.example", True, True, "Administrator"),
    ]
    assert [user.check_password("three paper boats") for user in people] == [True] * 6
    assert User.objects.count() == 6


def test_opening_of_a_sample_newsroom_is_kept_for_its_owner_alone(settings, tmp_path):
    make_people("unknown")
    settings.SAMPLE_PASSWORD = "three paper boats"

    text = opening_text()

    kept = tmp_path / "first-run.txt"
    assert text == (
        "\nThe newsroom is open.\n\n"
        "  Readers        http://127.0.0.1:8000/\n"
        "  The desk       http://127.0.0.1:8000/admin/\n"
        "\nSign in as one of the sample people:\n\n"
        "  Reporter          reporter@newsroom.example\n"
        "  Copy editor       copy-editor@newsroom.example\n"
        "  Commentary editor commentary-editor@newsroom.example\n"
        "  Producer          producer@newsroom.example\n"
        "  Editor            editor@newsroom.example\n"
        "  Administrator     administrator@newsroom.example\n"
        "  Password          three paper boats\n"
        f"\nThis text is kept in {kept}\n"
    )
    assert kept.read_text() == text.lstrip()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert User.objects.get(email="editor@newsroom.example").check_password("three paper boats")


def test_later_opening_shows_the_same_password_at_a_new_address(settings):
    make_people("unknown")
    settings.SAMPLE_PASSWORD = "three paper boats"
    opening_text()
    before = User.objects.values_list("password", flat=True).first()
    settings.SAMPLE_PASSWORD = ""
    settings.SITE_ADDRESS = "http://127.0.0.1:9000"

    text = opening_text()

    assert "Password          three paper boats\n" in text
    assert "http://127.0.0.1:9000/admin/" in text
    assert User.objects.values_list("password", flat=True).first() == before


def test_opening_of_an_empty_newsroom_carries_a_new_key_each_time(client):
    first, second = (opening_text().rsplit("http://127.0.0.1:8000", 1)[1].strip() for _ in range(2))

    assert [client.get(path).status_code for path in (first, second)] == [404, 200]


def test_opening_of_a_real_newsroom_names_no_secret(tmp_path):
    User.objects.create_superuser("ada@example.org", "seven tall pears", name="Ada")

    assert opening_text() == (
        "\nThe newsroom is open.\n\n"
        "  Readers        http://127.0.0.1:8000/\n"
        "  The desk       http://127.0.0.1:8000/admin/\n"
    )
    assert not (tmp_path / "first-run.txt").exists()
    assert not FirstKey.objects.exists()


def test_production_refuses_a_database_with_sample_people(settings):
    make_people("three paper boats")
    refuse_in_production()
    settings.PRODUCTION = True

    with pytest.raises(ImproperlyConfigured, match="Give production a database of its own"):
        refuse_in_production()


def test_production_starts_without_sample_people(settings):
    User.objects.create_superuser("ada@example.org", "seven tall pears", name="Ada")
    settings.PRODUCTION = True

    refuse_in_production()


def test_sample_people_cannot_sign_in_to_production_nor_stay(client, settings):
    make_people("three paper boats")
    known = {"username": "editor@newsroom.example", "password": "three paper boats"}
    assert client.login(**known)
    settings.PRODUCTION = True

    assert not get_user(client).is_authenticated
    assert not client.login(**known)
