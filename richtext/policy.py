"""The Content-Security-Policy of a page with a BodyField, and of no other page.

CKEditor puts event handlers and styles into the HTML of its toolbar and dialogs. Handlers are let in as
attributes only (``script-src-attr``): an inline script still needs the nonce.
"""

from django.utils.csp import CSP

BODY_POLICY: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "script-src-attr": [CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
