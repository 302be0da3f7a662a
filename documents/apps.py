from django.apps import AppConfig

import richtext


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self) -> None:
        from documents.models import Document
        from files import naming

        naming.register("documents.Document", "stored", "documents")
        richtext.register("document", Document.objects.in_bulk, "documents/card.html")
