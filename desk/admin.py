"""Everything the desk shows, registered by importing it."""

from desk import log, pages, people, pictures, publication
from desk.story import admin as story

__all__ = ["log", "pages", "people", "pictures", "publication", "story"]
