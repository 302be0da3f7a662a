"""What an error of the mail server means for the letter, and for those after it."""

import smtplib
from enum import Enum


class Meaning(Enum):
    """``NEVER``: the address or the letter is refused for good. ``LATER``: this letter. ``AWAY``: every letter."""

    NEVER = "never"
    LATER = "later"
    AWAY = "away"


# Of a provider's interface (HTTP): our own key, or too much, or the provider's trouble.
_OUR_TROUBLE = frozenset({401, 402, 403, 408, 429})


def meaning(error: Exception) -> Meaning:
    """From SMTP replies (RFC 5321 4.2.1: 5 is for good, 4 for now), from providers, and from what cannot be sent."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return Meaning.NEVER if codes and all(code >= 500 for code in codes) else Meaning.LATER
    if isinstance(error, smtplib.SMTPDataError):
        return Meaning.NEVER if error.smtp_code >= 500 else Meaning.LATER
    if type(error).__name__ == "AnymailRecipientsRefused":
        return Meaning.NEVER
    status = getattr(error, "status_code", None)
    if isinstance(status, int):  # an answer of a provider
        return Meaning.AWAY if status in _OUR_TROUBLE or status >= 500 else Meaning.LATER
    if isinstance(error, OSError):  # all that smtplib raises, besides sockets, time and certificates
        return Meaning.AWAY
    if isinstance(error, ValueError):  # an address that mail has no way to write
        return Meaning.NEVER
    return Meaning.LATER


def said(error: Exception) -> str:
    """What happened, in a line for the desk, without the letter's own words."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        replies = [f"{code} {_text(reply)}" for code, reply in error.recipients.values()]
        return "; ".join(replies)[:500] or "The address was refused."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"[:500]
    return " ".join(f"{type(error).__name__}: {error}".replace("\0", "").split())[:500]


def _text(reply: bytes | str) -> str:
    told = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(told.replace("\0", "").split())
