from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import sessions

        user_logged_in.connect(sessions.opened, dispatch_uid="accounts.sessions.opened")
