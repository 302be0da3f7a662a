from articles.models.addresses import PastAddress
from articles.models.article import Article
from articles.models.revision import Byline, Revision
from articles.models.subjects import Section, Topic

__all__ = ["Article", "Byline", "PastAddress", "Revision", "Section", "Topic"]
