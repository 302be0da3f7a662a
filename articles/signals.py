"""What higher apps may listen to."""

from django.dispatch import Signal

# Sent by a task soon after the commit of whatever changed what readers see of a story, a verb or the clock: at least
# once, also when the process that committed was killed. Arguments: ``article``, read anew, and ``verb``, as
# ``articles.states.TOLD`` or the announcements name it. Listeners must bear to hear it twice.
article_changed = Signal()
