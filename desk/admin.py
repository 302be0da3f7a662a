"""Everything the desk shows, registered by importing it."""

from desk import log, pages, people, publication
from desk.commentary import admin as commentary
from desk.documents import admin as documents
from desk.pictures import admin as pictures
from desk.story import admin as story

__all__ = ["commentary", "documents", "log", "pages", "people", "pictures", "publication", "story"]
