"""Why a guest's file is not read, in sentences that say what to do instead."""


class Unreadable(Exception):  # noqa: N818 -- named for what is so; its text is shown as it stands
    """Nothing was taken from the file; the text says why and what to do."""


SAVE_AS = (
    "Open it where you wrote it and save it as a Word document (.docx): in Word and LibreOffice with “Save as”, in "
    "Google Docs with “Download”, in Pages with “Export to”. Then send that, or paste your text."
)
PASTE = "Save it again as a Word document (.docx), or paste your text instead."

DAMAGED = f"This file is damaged: we cannot read it to its end. {PASTE}"
BURSTS = f"This file unpacks to far more than a text needs, or says untrue things about itself. {PASTE}"
TOO_MUCH = f"This document is too large or too tangled for us to read. {PASTE}"
NO_TEXT = "We found no text in this file. If it is a scan or a picture of a page, type or paste your text instead."

LOCKED = "This file has a password. Save it without one, as a Word document (.docx), and send that."
MACROS = (
    "This document holds macros, which are programs. Save it as a Word document without macros (.docx) and send that, "
    "or paste your text."
)
EMBEDDED = (
    "This document holds other files, such as a spreadsheet. Take them out and send it again, or paste your text."
)
FETCHES = (
    "This document takes parts of itself from other files or addresses. Break those links and send it again, or paste "
    "your text."
)
BUSY = "We are reading many files just now. Nothing is lost: try again in a minute, or paste your text."
