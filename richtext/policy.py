"""What a page with a BodyField must allow beyond the policy it has anyway, and no other page.

CKEditor puts event handlers and styles into the HTML of its toolbar and dialogs. Handlers are let in as
attributes only (``script-src-attr``): an inline script still needs the nonce.
"""

from django.utils.csp import CSP

EDITOR_NEEDS: dict[str, list[str]] = {
    "script-src-attr": [CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
}
