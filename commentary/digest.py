"""What waits at the commentary desk, told to its people once every working morning."""

from datetime import datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from accounts.models import User
from commentary.models import Letter, Office, Submission, letters
from commentary.states import Status
from masthead.models import Masthead

MORNING = time(7)


def write(now: datetime) -> None:
    """Write today's letters if it is morning and there is something to say; a second call writes none.

    The Message-ID names day and person, and is unique: so each gets one, however many heartbeats there are.
    """
    local = now.astimezone(Masthead.current().zone)
    if local.time() < MORNING or not Office.current().works_on(local.date()):
        return
    host = urlsplit(settings.SITE_ADDRESS).hostname
    for editor in Office.people():
        message_id = f"<digest-{local:%Y-%m-%d}-{editor.pk}@{host}>"
        if not Letter.objects.filter(message_id=message_id).exists() and (told := _list(editor)):
            letters.tell_desk("digest", editor, message_id=message_id, list=told)


def _list(editor: User) -> str:
    """A line for each queue that holds something. Numbers only: no word of a writer's."""
    pieces = Submission.objects.readable().undisturbed().not_recused(editor)
    queues = {
        "Late with the first answer": pieces.overdue(),
        "Time-sensitive": pieces.open().filter(is_urgent=True, answered_at__isnull=True),
        "Inbox": pieces.filter(status=Status.RECEIVED),
        "Yours": pieces.open().filter(assignee=editor),
        "Writers who answered you": pieces.open()
        .filter(assignee=editor, spoke_last="writer")
        .exclude(Q(status=Status.APPROVED)),
        "Approved and ready": pieces.filter(status=Status.APPROVED).unpublished(),
        "Quarantine": Submission.objects.readable().open().filter(quarantined_at__isnull=False),
    }
    counts = {name: queue.count() for name, queue in queues.items()}
    return "\n".join(f"{name}: {count}" for name, count in counts.items() if count)
