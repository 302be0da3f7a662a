from django.apps import AppConfig


class EmbedsConfig(AppConfig):
    name = "embeds"

    def ready(self) -> None:
        from embeds.recognition import known
        from richtext import register

        register("embed", known, "embeds/embed.html")
