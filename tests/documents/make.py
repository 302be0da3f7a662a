"""Documents as people send them, and as people who mean harm do."""

import io
import zipfile

from django.core.files.base import ContentFile

from accounts.actors import Sample
from documents.intake import receive

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
CSV = "County,Beds\nKern,120\nSan José,80\n".encode()

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def content_types(*more, main=f"{SHEET}.sheet.main+xml"):
    kinds = {"/xl/workbook.xml": main, "/xl/worksheets/sheet1.xml": f"{SHEET}.worksheet+xml", **dict(more)}
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in kinds.items())
    return f'<Types xmlns="{PACKAGE}/content-types">{overrides}</Types>'


def relationships(*targets):
    """Each target: what it is to the part, where it is, and whether that is outside the file."""
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"{outside and " TargetMode='External'"}/>'
        for number, (kind, target, outside) in enumerate(targets)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def parts(**changed):
    """The parts of a workbook; ``changed`` by the last word of a name, others given whole as ``more``."""
    return {
        "[Content_Types].xml": changed.get("types", content_types()),
        "_rels/.rels": relationships(("officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": "<workbook/>",
        "xl/_rels/workbook.xml.rels": changed.get("rels", relationships(("worksheet", "worksheets/sheet1.xml", ""))),
        "xl/worksheets/sheet1.xml": "<worksheet/>",
    } | changed.get("more", {})


def zipped(files, **options):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", options.get("how", zipfile.ZIP_DEFLATED)) as archive:
        for name, content in files.items():
            of_one_time = zipfile.ZipInfo(name)  # the same bytes whenever they are made
            of_one_time.compress_type = archive.compression
            archive.writestr(of_one_time, content)
    return whole.getvalue()


def workbook(**changed):
    return zipped(parts(**changed))


def upload(content=PDF, name="report.pdf"):
    return ContentFile(content, name)


def make_document(content=PDF, *, name="report.pdf", **options):
    return receive(upload(content, name), by=options.pop("by", Sample()), **options)
