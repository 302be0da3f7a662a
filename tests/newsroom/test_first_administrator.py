import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from accounts.models import Activity, User
from newsroom.models import FirstKey, KeyRefused

GOOD = {
    "name": "Ada Brook",
    "email": "Ada@example.org",
    "password": "seven tall pears",
    "again": "seven tall pears",
}


def page(key):
    return f"/accounts/first/{key}/"


@pytest.mark.django_db
def test_page_makes_the_administrator_signs_them_in_and_is_gone(client):
    key = FirstKey.cut()
    assert client.get(page(key)).status_code == 200

    response = client.post(page(key), GOOD)

    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")
    user = User.objects.get()
    assert (user.name, user.email, user.is_staff, user.is_superuser) == ("Ada Brook", "ada@example.org", True, True)
    assert user.check_password("seven tall pears")
    assert [group.name for group in user.groups.all()] == ["Administrator"]
    assert client.session["_auth_user_id"] == str(user.pk)
    assert list(Activity.objects.values_list("verb", "actor")) == [("became the first administrator", user.pk)]
    assert client.get(page(key)).status_code == 404
    assert client.post(page(key), GOOD | {"email": "second@example.org"}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"again": "six tall pears"}, "again", "The two passwords differ. Type the same one twice."),
        ({"password": "short", "again": "short"}, "password", "This password is too short. It must contain at least"),
        ({"password": "ada@example.org", "again": "ada@example.org"}, "password", "too similar to the e-mail address"),
        ({"email": "nobody"}, "email", "Enter a valid email address."),
        ({"name": "Ada\x00"}, "name", "Null characters are not allowed."),
        ({"email": "reporter@example.org"}, "email", "Somebody here has this address already."),
    ],
)
def test_page_refuses_with_a_sentence_and_keeps_the_key(client, change, field, sentence):
    User.objects.create_user("reporter@example.org", name="Somebody else")
    key = FirstKey.cut()

    response = client.post(page(key), GOOD | change)

    assert response.status_code == 200
    assert sentence in response.context["form"].errors[field][0]
    assert "seven tall pears" not in response.content.decode()
    assert User.objects.count() == 1
    assert FirstKey.fits(key)


@pytest.mark.django_db
def test_page_does_not_open_for_a_wrong_old_or_replaced_key(client, time_machine):
    replaced = FirstKey.cut()
    key = FirstKey.cut()
    assert [client.get(page(wrong)).status_code for wrong in ("wrong", replaced, key)] == [404, 404, 200]

    time_machine.move_to(timezone.now() + timedelta(hours=24))

    shut = client.get(page(key))
    assert (shut.status_code, shut.context["title"]) == (404, "This address no longer opens anything")
    assert client.post(page(key), GOOD).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["superuser", "group"])
def test_page_is_gone_as_soon_as_somebody_administers(client, how):
    key = FirstKey.cut()
    user = User.objects.create_user("admin@example.org", name="Admin", is_superuser=how == "superuser")
    if how == "group":
        user.groups.add(Group.objects.get_or_create(name="Administrator")[0])

    assert client.post(page(key), GOOD).status_code == 404
    assert list(User.objects.all()) == [user]
    assert not FirstKey.is_needed()


@pytest.mark.django_db
def test_page_is_never_stored_and_its_address_told_to_no_other_site(client):
    response = client.get(page(FirstKey.cut()))

    assert (response.headers["Referrer-Policy"], response.headers["Cache-Control"]) == (
        "same-origin",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )


@pytest.mark.django_db
def test_page_refuses_a_form_from_elsewhere(client):
    client.handler.enforce_csrf_checks = True

    assert client.post(page(FirstKey.cut()), GOOD).status_code == 403
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_becomes_the_administrator():
    key = FirstKey.cut()
    barrier = threading.Barrier(4)
    made, refused = [], []

    def use(number):
        barrier.wait()
        try:
            made.append(FirstKey.use(key, email=f"{number}@example.org", name="Ada", password="seven tall pears"))
        except KeyRefused:
            refused.append(number)
        connection.close()

    threads = [threading.Thread(target=use, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(made), len(refused)) == (1, 3)
    assert list(User.objects.all()) == made
