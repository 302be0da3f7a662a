"""An authenticator app for the tests: RFC 6238 written down once more, so that ours is not tested with itself."""

import base64
import hashlib
import hmac
import time
from types import SimpleNamespace

from accounts import factors

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def shown(secret=SECRET, *, later=0):
    """What the app shows now, or ``later`` seconds from now."""
    counter = int(time.time() + later) // 30
    digest = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def give_app(user, *, secret=SECRET):
    """``user`` has an app, set up a while ago: its code of now is not used up."""
    request = SimpleNamespace(session={"accounts.app_secret": secret})
    return factors.add_app(request, user, shown(secret, later=-30), by=user)
