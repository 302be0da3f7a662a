from articles.models.addresses import PastAddress
from articles.models.article import Article
from articles.models.corrections import Correction
from articles.models.plans import PlannedUpdate
from articles.models.previews import PreviewLink
from articles.models.revision import Byline, Revision
from articles.models.subjects import Section, Topic
from articles.models.uses import DocumentUse, PictureUse
from articles.models.wordings import Wording

__all__ = [
    "Article",
    "Byline",
    "Correction",
    "DocumentUse",
    "PastAddress",
    "PictureUse",
    "PlannedUpdate",
    "PreviewLink",
    "Revision",
    "Section",
    "Topic",
    "Wording",
]
