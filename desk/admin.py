"""Everything the desk shows, registered by importing it."""

from desk import log, pages, people, publication
from desk.commentary import admin as commentary
from desk.commentary import guidelines, office, templates
from desk.documents import admin as documents
from desk.pictures import admin as pictures
from desk.story import admin as story

__all__ = [
    "commentary",
    "documents",
    "guidelines",
    "log",
    "office",
    "pages",
    "people",
    "pictures",
    "publication",
    "story",
    "templates",
]
