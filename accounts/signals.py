"""What ``accounts`` tells the apps above it, inside the transaction of what happened."""

from django.dispatch import Signal

# Somebody may do less from now on, or may not sign in at all: ``user``, and ``by`` whom.
rights_lost = Signal()
