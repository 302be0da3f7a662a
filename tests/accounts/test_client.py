"""Whose address counts: only what our own proxies wrote is believed."""

import pytest
from django.test import RequestFactory

from accounts import client

PROXY = "10.0.0.9"


def seen(settings, forwarded, *, proxies, remote=PROXY):
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return str(client.address(RequestFactory().get("/", REMOTE_ADDR=remote, **headers)))


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        (None, 0, PROXY),
        ("203.0.113.7", 0, PROXY),
        (None, 1, PROXY),
        ("203.0.113.7", 1, "203.0.113.7"),
        ("1.1.1.1, 203.0.113.7", 1, "203.0.113.7"),
        ("1.1.1.1, 203.0.113.7, 10.0.0.8", 2, "203.0.113.7"),
        ("203.0.113.7", 2, "203.0.113.7"),
        ("203.0.113.7:443", 1, "203.0.113.7"),
        ("[2001:db8::7]:443", 1, "2001:db8::7"),
        ("2001:db8::7", 1, "2001:db8::7"),
        ("::ffff:203.0.113.7", 1, "203.0.113.7"),
        ("fe80::1%eth0", 1, "fe80::1"),
        ("1.1.1.1, nonsense", 1, PROXY),
        ("1.1.1.1,", 1, PROXY),
        ("unknown" * 1000, 5, PROXY),
    ],
)
def test_address_is_what_the_outermost_of_our_proxies_saw(settings, forwarded, proxies, address):
    assert seen(settings, forwarded, proxies=proxies) == address


def test_address_of_a_unix_socket_is_unknown(settings):
    assert seen(settings, None, proxies=0, remote="") == "None"


def test_one_household_counts_as_one():
    def network(remote):
        return client.network(RequestFactory().get("/", REMOTE_ADDR=remote))

    assert network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9") != network("2001:db8:1:3::1")
    assert network("192.0.2.1") != network("192.0.2.2")
