"""The guest's door. Part of the namespace ``public``: names are reversed as ``public:commentary_…``."""

from django.urls import path, register_converter

from public.commentary import (
    accepting,
    approving,
    drafts,
    ending,
    entering,
    holding,
    inbound,
    joining,
    losing,
    portraits,
    revising,
    saving,
    sent,
    standing,
    start,
)  # fmt: skip


class Reference:
    """A piece's reference, as letters name it."""

    regex = "C-[2-9A-Z]{4}-[2-9A-Z]{3}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Reference, "reference")

urlpatterns = [
    # Until the desk has the piece. The cookie of a draft goes to all below submit/ (public.commentary.visits.FORM).
    path("submit/", start.start, name="commentary_start"),
    path("submit/save/", saving.first_save, name="commentary_first_save"),
    path("submit/<reference:reference>/", drafts.resume, name="commentary_resume"),
    path("submit/<reference:reference>/save/", saving.save, name="commentary_save"),
    path("submit/<reference:reference>/proof/", saving.challenge, name="commentary_proof"),
    path("submit/<reference:reference>/later/", drafts.later, name="commentary_later"),
    path("submit/<reference:reference>/portrait/", portraits.portrait, name="commentary_portrait"),
    path("submit/<reference:reference>/sent/", sent.sent, name="commentary_sent"),
    path("submit/<reference:reference>/delete/", sent.delete, name="commentary_delete"),
    path("submit/<reference:reference>/<slug:step>/", drafts.step, name="commentary_step"),
    path("key/<str:token>/", entering.key, name="commentary_key"),
    path("lost/", losing.lost_link, name="commentary_lost"),
    path("mail/", inbound.mail, name="commentary_mail"),
    # From then on: the piece's own pages, all below s/<reference>/ (public.commentary.visits.HOME).
    path("s/<reference:reference>/", standing.status, name="commentary_status"),
    path("s/<reference:reference>/text/<int:number>/", standing.text, name="commentary_text"),
    path("s/<reference:reference>/reopen/", standing.reopen, name="commentary_reopen"),
    path("s/<reference:reference>/revise/", revising.revise, name="commentary_revise"),
    path("s/<reference:reference>/complete/", accepting.complete, name="commentary_complete"),
    path("s/<reference:reference>/approve/", approving.approve, name="commentary_approve"),
    path("s/<reference:reference>/withdraw/", ending.withdraw, name="commentary_withdraw"),
    path("s/<reference:reference>/address/", ending.address, name="commentary_address"),
    path("s/<reference:reference>/cowriter/", joining.cowriter, name="commentary_cowriter"),
    path("s/<reference:reference>/held/", holding.holding, name="commentary_held"),
    path("s/<reference:reference>/erase/", holding.holding, name="commentary_erase"),
    path("s/<reference:reference>/held/download/", holding.download, name="commentary_download"),
]
