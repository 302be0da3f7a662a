"""Sends letters after the commit that wrote them: at least once each, doubles only where a process died in between.

A row is claimed by one conditional UPDATE before its mail is handed over, so of any number of workers one has it. A
claim ends by itself: what a killed worker had in hand leaves a little later, under the same Message-ID.
"""

import logging
import random
import time
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.activity import record
from accounts.actors import Actor, Clock
from commentary import envelopes, outgoing
from commentary.models import Letter, Submission, Writer
from commentary.models.drafting import CONFIRM_WITHIN
from commentary.refusals import Meaning, meaning, said
from commentary.states import Status
from heartbeat import retried

logger = logging.getLogger(__name__)

STRETCH = 50.0  # seconds a task goes on; the next beat begins another
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=2)
GIVE_UP = timedelta(days=5)  # as mail servers do among themselves (RFC 5321 4.5.4.1)


def post() -> None:
    """Begin a task if letters are due and none is at it. The heartbeat asks every two seconds."""
    now = timezone.now()
    if not settings.LETTERS_LEAVE or not Letter.objects.due(now).exists():
        return
    tasks = DBTaskResult.objects.filter(task_path=post_letters.module_path)
    if not (tasks.running() | tasks.ready()).exists():
        post_letters.enqueue()


@retried(attempts=3)
def post_letters() -> None:
    """Send what is due, the longest waiting first, until nothing is or the server cannot be reached."""
    until = time.monotonic() + STRETCH
    while time.monotonic() < until:
        letter = claim()
        if letter is None or not send(letter):
            return


def claim() -> Letter | None:
    """The next letter that is due, in this process's hands alone."""
    now = timezone.now()
    due = Letter.objects.due(now).order_by("send_after", "pk")
    for pk in list(due.values_list("pk", flat=True)[:20]):
        if Letter.objects.due(now).filter(pk=pk).update(claimed_at=now):
            return Letter.objects.select_related("submission", "writer").get(pk=pk)
    return None


def send(letter: Letter) -> bool:
    """Hand over a claimed letter and keep how it went. False: the server is away, so others need not be tried."""
    answer = outgoing.ask(letter)
    if answer is outgoing.Answer.NEVER:
        _mine(letter).update(cancelled_at=timezone.now(), trouble="More were asked for than we send.")
        return True
    if answer is outgoing.Answer.WAITS:
        _mine(letter).update(claimed_at=None, send_after=outgoing.again_at())
        return True
    mail = envelopes.mail(letter)
    try:
        if not mail.send():
            raise ValueError("The letter has no address.")
    except Exception as error:  # noqa: BLE001 -- a provider's library raises what it likes; the next letter must leave
        return _refused(letter, error)
    _sent(letter, mail)
    return True


def again(letter: Letter, *, by: Actor) -> bool:
    """Try a letter anew that was given up: whoever asks has mended what was wrong. False where it was not."""
    with transaction.atomic():
        given_up = Letter.objects.filter(pk=letter.pk, failed_at__isnull=False)
        if not given_up.update(failed_at=None, claimed_at=None, tries=0, trouble="", send_after=timezone.now()):
            return False
        if letter.submission and letter.writer:
            Writer.objects.filter(pk=letter.writer.pk).update(mail_failed_at=None, mail_trouble="")
        record("sent a letter again", letter.submission or letter, by=by)
    return True


def fail(letter: Letter, trouble: str) -> None:
    """The letter cannot arrive: marked on it, on its writer, and told to the desk."""
    with transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(failed_at=timezone.now(), trouble=trouble[:500])
        if letter.submission and letter.writer and letter.writer.email.casefold() == letter.to.casefold():
            letter.submission.mail_failed(letter.writer, trouble, by=Clock())


def _sent(letter: Letter, mail: EmailMultiAlternatives) -> None:
    """The time to confirm an address begins when the letter leaves, however long mail was away."""
    now = timezone.now()
    _mine(letter).update(sent_at=now, trouble="", copy=mail.body if settings.LETTERS_KEPT else "")
    if letter.code == "confirm":
        asked = Submission.objects.filter(letters=letter, status=Status.UNCONFIRMED)
        asked.update(due_at=now + CONFIRM_WITHIN)


def _refused(letter: Letter, error: Exception) -> bool:
    """Keep what the server said; False where it cannot be reached at all."""
    told, trouble = meaning(error), said(error)
    logger.warning("The letter %s (%s) did not leave, try %d: %s", letter.pk, letter.code, letter.tries + 1, trouble)
    if told is Meaning.NEVER or timezone.now() - letter.made_at > GIVE_UP:
        fail(letter, trouble)
    else:
        later = timezone.now() + _wait(letter.tries)
        _mine(letter).update(claimed_at=None, tries=F("tries") + 1, send_after=later, trouble=trouble)
    return told is not Meaning.AWAY


def _wait(tries: int) -> timedelta:
    """Doubled with each try, and shortened at random, so that letters that failed together come back apart."""
    longest = min(FIRST_WAIT * 2.0 ** min(tries, 20), LONGEST_WAIT)
    return longest * random.uniform(0.5, 1)  # noqa: S311 -- spreads load, guards nothing


def _mine(letter: Letter) -> QuerySet[Letter]:
    """The letter's row, while the claim that was made on it holds."""
    return Letter.objects.filter(pk=letter.pk, claimed_at=letter.claimed_at)
