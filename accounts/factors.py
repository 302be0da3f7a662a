"""Second factors: an app that shows codes, passkeys, and recovery codes for the day both are lost.

django-allauth keeps them and knows how they are checked (``allauth.mfa``). Ours are: who may be let in, the limits
(``accounts.limits``), one use of each code as a row, the log, and whose sessions end.
"""

import json
import logging
import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.fernet import InvalidToken
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.activity import record
from accounts.actors import Actor
from accounts.adapters import passkey_host
from accounts.models import Tally, User

APP = "totp"
PASSKEY = "webauthn"
RECOVERY = "recovery_codes"
NAMES = {APP: "authenticator app", PASSKEY: "passkey", RECOVERY: "recovery codes"}

FEW_CODES = 3
MOST_PASSKEYS = 20
LONGEST_ANSWER = 16_000  # characters of a passkey's answer; real ones have under 3,000

_SECRET = "accounts.app_secret"  # noqa: S105 -- where the session keeps it, not the secret
_PERIOD = 30
# What a parser of hostile CBOR, JSON and keys may raise; the answer to each is that this passkey does not fit.
_GARBLED = (
    ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError,
    AssertionError, NotImplementedError, struct.error, InvalidSignature, UnsupportedAlgorithm,
)  # fmt: skip

logger = logging.getLogger(__name__)


class FactorRefused(Exception):  # noqa: N818 -- named as it reads where it is raised
    """A factor cannot be added; the text says why."""


def of(user: User) -> list[Authenticator]:
    """The person's app and passkeys, the oldest first; recovery codes are counted by ``codes_left``."""
    return list(Authenticator.objects.filter(user=user).exclude(type=RECOVERY).order_by("created_at", "pk"))


def secured() -> Exists:
    """For lists of people: whether each has a second factor. Twin of ``User.has_second_factor``."""
    return Exists(Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=RECOVERY))


# The app


def app_secret(request: HttpRequest, *, anew: bool = False) -> str:
    """The secret an app is being set up with: the same while somebody corrects a mistyped code."""
    if anew or _SECRET not in request.session:
        request.session[_SECRET] = totp.generate_totp_secret()
    return str(request.session[_SECRET])


def app_picture(user: User, secret: str) -> str:
    """The square an app photographs, as SVG."""
    adapter = get_adapter()
    return str(adapter.build_totp_svg(adapter.build_totp_url(user, secret)))


@transaction.atomic
def add_app(request: HttpRequest, user: User, code: str, *, by: Actor) -> Authenticator:
    """Keep the app that shows ``code`` now. A person has one; ``FactorRefused`` if the code is not its."""
    counter = _counter(app_secret(request), code)
    if counter is None:
        raise FactorRefused(
            "This is not the code the app shows now. Wait for its next one. If it is refused too, check that the "
            "phone's clock is right."
        )
    try:
        with transaction.atomic():
            added: Authenticator = totp.TOTP.activate(user, app_secret(request)).instance
    except IntegrityError:
        raise FactorRefused("An app is set up already. Remove it first.") from None
    _use_once(added, counter)
    del request.session[_SECRET]
    _tell_added(added, user, by=by)
    return added


# Passkeys


def passkeys_work(request: HttpRequest) -> bool:
    return bool(passkey_host(request))


def new_passkey_question(user: User) -> dict[str, Any]:
    """What the browser is asked in order to make a passkey. The answer must come from the same session."""
    return _plain(webauthn.begin_registration(user, True))  # noqa: FBT003 -- allauth's: it can stand alone


@transaction.atomic
def add_passkey(request: HttpRequest, user: User, name: str, answer: str, *, by: Actor) -> Authenticator:
    """Keep the passkey a browser has just made; ``FactorRefused`` if the answer is not one."""
    if Authenticator.objects.filter(user=user, type=PASSKEY).count() >= MOST_PASSKEYS:
        raise FactorRefused(f"{MOST_PASSKEYS} passkeys are enough. Remove one you no longer use.")
    try:
        credential = _read(answer)
        told = webauthn.parse_registration_response(credential)
        _refuse_elsewhere(request, told.response.client_data.origin)
        webauthn.complete_registration(credential)
        added: Authenticator = webauthn.WebAuthn.add(user, name, credential).instance
    except _GARBLED:
        raise FactorRefused("The passkey could not be read. Try it again.") from None
    _tell_added(added, user, by=by)
    return added


def passkey_question(user: User | None = None) -> dict[str, Any]:
    """What the browser is asked: a passkey of ``user``, or without one any passkey of this site."""
    return _plain(webauthn.begin_authentication(user))


def check_passkey(request: HttpRequest, answer: str, user: User | None = None) -> Authenticator | None:
    """The passkey that gave this answer to our last question; ``None`` for everything else. Each asks once."""
    try:
        credential = _read(answer)
        told = webauthn.parse_authentication_response(credential)
        _refuse_elsewhere(request, told.response.client_data.origin)
        owner = user or webauthn.extract_user_from_response(credential)
        found: Authenticator = webauthn.complete_authentication(owner, credential)
    except _GARBLED:
        webauthn.clear_state()
        return None
    _note_use(found)
    return found


# Codes


def check_code(user: User, code: str) -> str | None:
    """Which kind of factor this code is of, or ``None``. Every code fits once."""
    code = "".join(code.split()).replace("-", "")
    if not code.isascii() or not code.isdigit():
        return None
    for factor in Authenticator.objects.filter(user=user, type__in=[APP, RECOVERY]).order_by("-type"):
        if _fits(factor, code):
            _note_use(factor)
            return str(factor.type)
    return None


@transaction.atomic
def new_codes(user: User, *, by: Actor) -> list[str]:
    """Ten new recovery codes in place of those there were: the only time they can be read."""
    Authenticator.objects.filter(user=user, type=RECOVERY).delete()
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    record("recovery codes made", user, by=by)
    return codes


def codes_left(user: User) -> int | None:
    """How many recovery codes are not used yet; ``None`` if there never were any."""
    kept = Authenticator.objects.filter(user=user, type=RECOVERY).first()
    if kept is None:
        return None
    try:
        return len(kept.wrap().get_unused_codes())
    except InvalidToken:
        return 0


# Taking away


@transaction.atomic
def remove(user: User, pk: int, *, by: Actor) -> str | None:
    """Take one app or passkey away, with the last one the recovery codes too; its kind, or ``None`` if it is gone."""
    factor = Authenticator.objects.filter(user=user, pk=pk).exclude(type=RECOVERY).first()
    if factor is None:
        return None
    factor.delete()
    user.__dict__.pop("has_second_factor", None)
    if not user.has_second_factor:
        Authenticator.objects.filter(user=user).delete()
    record("second factor removed", user, by=by, kind=NAMES[factor.type])
    return str(factor.type)


@transaction.atomic
def reset(user: User, *, by: Actor) -> int:
    """Take all factors of somebody away who has lost them; how many there were."""
    deleted: int = Authenticator.objects.filter(user=user).delete()[0]
    user.__dict__.pop("has_second_factor", None)
    if deleted:
        record("second factor reset", user, by=by)
    return deleted


def _tell_added(factor: Authenticator, user: User, *, by: Actor) -> None:
    user.__dict__.pop("has_second_factor", None)
    record("second factor added", user, by=by, kind=NAMES[factor.type])


def _fits(factor: Authenticator, code: str) -> bool:
    try:
        if factor.type == RECOVERY:
            return bool(factor.wrap().validate_code(code))
        counter = _counter(get_adapter().decrypt(factor.data["secret"]), code)
    except Authenticator.DoesNotExist:  # taken away at this moment
        return False
    except InvalidToken:
        logger.error("A second factor cannot be read: SECRET_KEY has changed since it was set up.")
        return False
    return counter is not None and _use_once(factor, counter)


def _note_use(factor: Authenticator) -> None:
    """Not ``record_usage``, which raises if the factor is taken away at this moment."""
    Authenticator.objects.filter(pk=factor.pk).update(last_used_at=timezone.now())


def _counter(secret: str, code: str) -> int | None:
    """The half minute this code belongs to, if it is now, the one before or the one after (RFC 6238, 5.2)."""
    for counter in totp.yield_hotp_counters_from_time():
        if constant_time_compare(totp.format_hotp_value(totp.hotp_value(secret, counter)), "".join(code.split())):
            return int(counter)
    return None


def _use_once(factor: Authenticator, counter: int) -> bool:
    """RFC 6238, 5.2: a code is accepted once. A row decides, whichever process asks."""
    key = salted_hmac("accounts.factors", f"{factor.pk} {counter}", algorithm="sha256").hexdigest()
    return Tally.take("code of an app", key, most=1, until=datetime.fromtimestamp((counter + 3) * _PERIOD, UTC))


def _read(answer: str) -> dict[str, Any]:
    read = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    if not isinstance(read, dict):
        raise ValidationError("No passkey answers like this.")
    return read


def _refuse_elsewhere(request: HttpRequest, origin: str) -> None:
    """Only our own pages may ask for our passkeys; the library lets every subdomain of the site do so."""
    if urlsplit(origin).hostname != passkey_host(request):
        raise ValidationError("This passkey was asked for by another page.")


def _plain(options: Mapping[str, Any]) -> dict[str, Any]:
    """As plain JSON: the library's mappings hold objects of its own."""
    plain: dict[str, Any] = json.loads(json.dumps(dict(options), default=dict))
    return plain
