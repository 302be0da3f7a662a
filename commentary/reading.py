"""The words of a mail, whatever its encoding; HTML alone is read as words too. Nothing in it is opened or run."""

from collections.abc import Iterator
from email.header import decode_header
from email.message import Message

import richtext
from commentary import wordings

MOST_OF_A_PART = 1024 * 1024  # bytes
MOST_PARTS = 500
# Only encodings that mail has: some of Python's others take very long over a few bytes.
ENCODINGS = frozenset(
    {
        "us-ascii", "utf-8", "utf8", "utf-16", "gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr",
        "iso-2022-jp", "koi8-r", "koi8-u", "macintosh",
        *(f"iso-8859-{number}" for number in range(1, 17)), *(f"windows-{number}" for number in range(1250, 1259)),
    }
)  # fmt: skip


def own_words(mail: Message) -> str:
    """The plain text, or the words of the HTML where there is none."""
    texts = [part for part in _leaves(mail) if not _is_file(part)]
    plain = next((part for part in texts if part.get_content_type() == "text/plain"), None)
    if plain is not None:
        return wordings.clean(_decoded(plain))
    rich = next((part for part in texts if part.get_content_type() == "text/html"), None)
    return "" if rich is None else wordings.clean(richtext.text(richtext.clean(_decoded(rich))))


def attachments(mail: Message) -> list[str]:
    """What the files that came with it are called; pictures of a signature too."""
    return [_name(part) for part in _leaves(mail) if _is_file(part)]


def one_line(head: object) -> str:
    """A line of the head as plain characters."""
    return wordings.one_line(str(head)[:5_000])


def _leaves(mail: Message) -> Iterator[Message]:
    """The parts that hold something, in their order; those of a mail within the mail are its own business."""
    waiting, seen = [mail], 0
    while waiting and seen < MOST_PARTS:
        part, seen = waiting.pop(0), seen + 1
        held = part.get_payload()
        if isinstance(held, list) and part.get_content_maintype() == "multipart":
            waiting = [one for one in held if isinstance(one, Message)] + waiting
        else:
            yield part


def _is_file(part: Message) -> bool:
    named = part.get_content_disposition() == "attachment" or part.get_filename() is not None
    return named or part.get_content_maintype() != "text"


def _name(part: Message) -> str:
    try:
        given = str(part.get_filename() or part.get_content_type())[:300]
        told = "".join(
            word.decode(charset if charset in ENCODINGS else "utf-8", "replace") if isinstance(word, bytes) else word
            for word, charset in decode_header(given)
        )
    except (ValueError, LookupError, AssertionError):  # what a header that was broken on purpose raises
        told = "a file"
    return wordings.cut(wordings.one_line(told), 80) or "a file"


def _decoded(part: Message) -> str:
    held = part.get_payload(decode=True)
    raw = held[:MOST_OF_A_PART] if isinstance(held, bytes) else b""
    charset = str(part.get_content_charset() or "utf-8").lower()
    return raw.decode(charset if charset in ENCODINGS else "utf-8", "replace")
