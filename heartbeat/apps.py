from datetime import timedelta

from django.apps import AppConfig

from heartbeat.beats import beat


class HeartbeatConfig(AppConfig):
    name = "heartbeat"

    def ready(self) -> None:
        from heartbeat import rescue

        beat("heartbeat.rescue", every=timedelta(seconds=10))(rescue.rescue_tasks)
        beat("heartbeat.tidy", every=timedelta(hours=1))(rescue.tidy)
