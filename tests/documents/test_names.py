import pytest

from documents.names import offered_name, sent_name, title_from

NAMES = {
    "report.pdf": "report.pdf",
    "Annual report 2026 (final).pdf": "Annual-report-2026-(final).pdf",
    "report": "report.pdf",
    "report.PDF": "report.pdf",
    "report.pdf.pdf": "report.pdf",
    "report.exe": "report-exe.pdf",
    "Überblick über Schulen.pdf": "Überblick-über-Schulen.pdf",
    "報告書.pdf": "報告書.pdf",
    "../../etc/passwd": "passwd.pdf",
    "C:\\Users\\ada\\report.pdf": "report.pdf",
    '"; filename="evil.exe': "filename=-evil-exe.pdf",
    "a\r\nSet-Cookie: b=c.pdf": "aSet-Cookie-b=c.pdf",
    "exe.\u202efdp": "exe-fdp.pdf",
    ".htaccess": "htaccess.pdf",
    "...": "document.pdf",
    "con.pdf": "document-con.pdf",
    "": "document.pdf",
    "a\0b.pdf": "ab.pdf",
    "100%_of_it?#x.pdf": "100-_of_it-x.pdf",
    "x" * 500 + ".pdf": "x" * 150 + ".pdf",
}


@pytest.mark.parametrize("sent", NAMES)
def test_a_name_is_offered_without_tricks_and_with_the_ending_of_its_kind(sent):
    assert offered_name(sent_name(sent), ".pdf") == NAMES[sent]


@pytest.mark.parametrize(
    ("sent", "title"),
    [
        ("Annual_report-2026.pdf", "Annual report 2026"),
        ("beds.by.county.csv", "beds by county"),
        ("", ""),
    ],
)
def test_a_title_to_begin_with_is_made_of_the_name(sent, title):
    assert title_from(sent) == title
