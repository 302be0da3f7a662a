"""Where a document is used. This app does not know by whom: what refers to one registers how to find itself."""

from typing import TYPE_CHECKING

from images.uses import Finders

if TYPE_CHECKING:
    from documents.models import Document

_documents: "Finders[Document]" = Finders()
register, uses_of = _documents.register, _documents.uses_of
