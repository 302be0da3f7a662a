"""Posts, films, maps and sounds of others: which addresses are known, and how their frames are made."""

from embeds.recognition import Embed, recognise

__all__ = ["Embed", "recognise"]
