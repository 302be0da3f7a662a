"""What higher apps may listen to."""

from django.dispatch import Signal

# Sent after commit when what readers see of a story has changed, by a verb or by the clock. Arguments: ``article``,
# read anew, and ``verb``, as ``articles.states.TOLD`` or the announcements name it. A listener that fails is logged
# and keeps nobody else from hearing it.
article_changed = Signal()
