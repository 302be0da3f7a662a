"""Work that nobody waits for: beats that recur, tasks that are tried again, workers that died."""

from heartbeat.beats import beat
from heartbeat.retries import retried
from heartbeat.watches import watch

__all__ = ["beat", "retried", "watch"]
