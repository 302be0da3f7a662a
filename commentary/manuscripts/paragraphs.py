"""A Word document as plain paragraphs: words and links stay, everything else is counted and said."""

from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from mammoth import documents

_LINKED = frozenset({"http", "https", "mailto"})


class Paragraphs:
    """``texts`` are the paragraphs in order; ``counts`` are Word's elements, by name, as the archive holds them."""

    def __init__(self, counts: Counter[str]) -> None:
        self.texts: list[str] = []
        self._counts = counts
        self._left: Counter[str] = Counter()
        self._numbers: dict[int, int] = {}

    def read(self, document: documents.Document) -> None:
        self._blocks(document.children)
        self._left["comment"] = len(document.comments)

    def dropped(self) -> list[str]:
        """A sentence for each kind of thing that is not in the texts, or not as it was."""
        told = [
            _left_out(self._left["picture"], "picture"),
            _left_out(self._left["footnote"], "footnote", "Put into the text what readers need of it."),
            _left_out(self._counts["oMath"], "formula"),
            _left_out(self._left["comment"], "comment in the margin", plural="comments in the margin"),
            _left_out(
                self._left["link"],
                "link that leads to no web or mail address",
                plural="links that lead to no web or mail address",
            ),
        ]
        if tables := self._left["table"]:
            told.append("A table was taken apart" if tables == 1 else f"{tables} tables were taken apart")
            told[-1] += ": the text of each cell is a paragraph now."
        if self._counts["hdr"] or self._counts["ftr"]:
            told.append("Page headers and footers were left out.")
        if any(self._counts[name] for name in ("ins", "del", "moveFrom", "moveTo")):
            told.append("The document has tracked changes. We took the text as if all of them were accepted.")
        return [sentence for sentence in told if sentence]

    def _blocks(self, elements: list[Any]) -> None:
        """Whatever holds paragraphs, however deep, in reading order; words outside any paragraph become one."""
        for element in elements:
            if isinstance(element, documents.Paragraph):
                self._paragraph(element)
            elif isinstance(element, documents.Table):
                self._left["table"] += 1
                self._numbers.clear()
                self._blocks(element.children)
            elif isinstance(element, documents.Run | documents.Hyperlink | documents.Text | documents.Image):
                self._add(self._words([element]))
            else:
                self._blocks(getattr(element, "children", []))

    def _paragraph(self, paragraph: documents.Paragraph) -> None:
        text = self._words(paragraph.children)
        level = paragraph.numbering
        if level is None:
            self._numbers.clear()
        elif text.strip():
            text = f"{self._mark(int(level.level_index), ordered=level.is_ordered)} {text.strip()}"
        self._add(text)

    def _mark(self, level: int, *, ordered: bool) -> str:
        """What stands before a line of a list: its number where it has one."""
        self._numbers = {known: number for known, number in self._numbers.items() if known <= level}
        self._numbers[level] = self._numbers.get(level, 0) + 1
        return f"{self._numbers[level]}." if ordered else "•"

    def _add(self, text: str) -> None:
        lines = [" ".join(line.split()) for line in text.split("\n")]
        if kept := "\n".join(line for line in lines if line):
            self.texts.append(kept)

    def _words(self, elements: list[Any]) -> str:
        return "".join(self._word(element) for element in elements)

    def _word(self, element: Any) -> str:
        match element:
            case documents.Text():
                return str(element.value)
            case documents.Tab():
                return "\t"
            case documents.Break():
                return "\n"
            case documents.Checkbox():
                return "☒" if element.checked else "☐"
            case documents.Hyperlink():
                return self._link(self._words(element.children), element.href or "")
            case documents.Image():
                self._left["picture"] += 1
            case documents.NoteReference():
                self._left["footnote"] += 1
            case documents.Paragraph():  # of a text box in the middle of another paragraph
                return f"\n{self._words(element.children)}\n"
        return self._words(getattr(element, "children", []))

    def _link(self, text: str, address: str) -> str:
        """The address stands after its words, where they are not the address themselves."""
        address = "".join(address.split())
        if not address:
            return text
        if _scheme(address) not in _LINKED:
            self._left["link"] += 1
            return text
        bare = address.removeprefix("mailto:")
        said = text.strip()
        if not said or said.rstrip("/") in {bare.rstrip("/"), bare.partition("://")[2].rstrip("/")}:
            return bare
        return f"{text} ({bare})"


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return ""


def _left_out(number: int, one: str, more: str = "", *, plural: str = "") -> str:
    if not number:
        return ""
    told = f"A {one} was left out." if number == 1 else f"{number} {plural or one + 's'} were left out."
    return f"{told} {more}".strip()
