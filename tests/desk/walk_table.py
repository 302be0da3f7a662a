"""Who is let in where: one line for each address of the desk, in alphabetical order.

``tests/desk/test_walk.py`` asks every address of the resolver, as each role, with every method, and compares with
these lines. An address without a line fails, and so does a line without an address.

A line says who is let in to look (``get``; HEAD is the same) and who is let in to act (``post``). Let in means: not
sent to the sign-in, not refused (401, 403), not told that there is no such thing (404) or no such method (405). An
address about a story says for each role with which stories:

    D  a colleague's draft        O  one's own draft (by, assigned to: a producer is only assigned it)
    R  a colleague's, in review   M  one's own, live
    Y  a colleague's, ready       C  a draft of guest commentary, made by somebody else
    L  a colleague's, live, with a newer text that is not published

Any other address says which people, as a set. A name followed by ``(verb)`` is the address with that verb, one
followed by ``?query`` the address asked in that way. Parameters of an address that are neither the story (``pk``)
nor ``object_id`` or ``number`` are given as ``path``, by value or as a function of the story.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from commentary.models import Letter
from newsroom.roles import ADMINISTRATOR, COMMENTARY_EDITOR, COPY_EDITOR, EDITOR, PRODUCER, REPORTER

NO_ROLE = "somebody without a role"
DEACTIVATED = "somebody whose account is shut"
ANONYMOUS = "somebody signed out"

type Who = frozenset[str]
type WithWhich = dict[str, str]

ROLES = (REPORTER, COPY_EDITOR, COMMENTARY_EDITOR, PRODUCER, EDITOR, ADMINISTRATOR)
PEOPLE = (*ROLES, NO_ROLE, DEACTIVATED, ANONYMOUS)
STORIES = "DRYLOMC"

ANYBODY: Who = frozenset(PEOPLE)
SIGNED_IN: Who = frozenset({*ROLES, NO_ROLE})
SIGNED_OUT: Who = ANYBODY - SIGNED_IN
HAS_A_ROLE: Who = frozenset(ROLES)
PICTURES: Who = HAS_A_ROLE - {PRODUCER}
BEGINS: Who = HAS_A_ROLE - {PRODUCER}
PIECES: Who = frozenset({COMMENTARY_EDITOR, EDITOR, ADMINISTRATOR})
ADDS_AUTHORS: Who = frozenset({COMMENTARY_EDITOR, EDITOR, ADMINISTRATOR})
EDITORS: Who = frozenset({EDITOR, ADMINISTRATOR})
ADMINISTRATORS: Who = frozenset({ADMINISTRATOR})
NOBODY: Who = frozenset()


def _stories(*, reporter: str = "", copy: str = "", commentary: str = "", producer: str = "") -> WithWhich:
    """Editors and administrators always with all."""
    return {
        REPORTER: reporter,
        COPY_EDITOR: copy,
        COMMENTARY_EDITOR: commentary,
        PRODUCER: producer,
        EDITOR: STORIES,
        ADMINISTRATOR: STORIES,
    }


READS = _stories(reporter="RYLOM", copy=STORIES, commentary="RYLMC", producer="RYLM")
EDITS = _stories(reporter="OM", copy=STORIES, commentary="C")
READIES = _stories(copy=STORIES, commentary="C")
PUBLISHES = _stories(commentary="C")
SCHEDULES = _stories(commentary="C", producer="Y")
SPIKES = _stories(reporter="OM", copy="OM", commentary="C")
SEES_LIVE = dict.fromkeys(ROLES, "LM")
NONE = dict.fromkeys(ROLES, "")


def share(story: Any) -> int:
    """The key of a preview link of ``story``."""
    return int(story.preview_links.get().pk)


@dataclass(frozen=True)
class Row:
    """Who is let in to look, and who to act."""

    get: Who | WithWhich
    post: Who | WithWhich
    path: dict[str, Any | Callable[[Any], Any]] = field(default_factory=dict)

    @property
    def is_about_a_story(self) -> bool:
        return isinstance(self.get, dict)


def _letter(story: Any) -> int:
    """One to the writer of the piece that walks find."""
    return Letter.objects.filter(code="received").values_list("pk", flat=True)[0]


TABLE: dict[str, Row] = {
    "admin:(anything else)": Row(NOBODY, NOBODY, path={"url": "nothing/here/"}),
    "admin:(old address)": Row(SIGNED_IN, SIGNED_IN),  # leads on to …_change, which has a line of its own
    "admin:accounts_activity_add": Row(NOBODY, NOBODY),
    "admin:accounts_activity_change": Row(EDITORS, NOBODY),
    "admin:accounts_activity_changelist": Row(EDITORS, EDITORS),
    "admin:accounts_activity_delete": Row(NOBODY, NOBODY),
    "admin:accounts_activity_history": Row(EDITORS, EDITORS),
    "admin:accounts_user_add": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:accounts_user_change": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:accounts_user_changelist": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:accounts_user_deed(invite)": Row(NOBODY, NOBODY),  # the colleague has come long ago
    "admin:accounts_user_deed(link)": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:accounts_user_deed(nonsense)": Row(NOBODY, NOBODY),
    "admin:accounts_user_deed(reset-factors)": Row(NOBODY, NOBODY),  # and has none
    "admin:accounts_user_deed(sign-out)": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:accounts_user_delete": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:accounts_user_history": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:app_list": Row(HAS_A_ROLE, HAS_A_ROLE, path={"app_label": "articles"}),
    "admin:articles_article_add": Row(BEGINS, BEGINS),
    "admin:articles_article_autosave": Row(NONE, EDITS),
    "admin:articles_article_begin": Row(NOBODY, BEGINS),
    "admin:articles_article_bin": Row(HAS_A_ROLE, HAS_A_ROLE),
    "admin:articles_article_bulk": Row(NOBODY, BEGINS),
    "admin:articles_article_change": Row(READS, EDITS),
    "admin:articles_article_changelist": Row(HAS_A_ROLE, HAS_A_ROLE),
    "admin:articles_article_compare": Row(READS, NONE),
    "admin:articles_article_history": Row(READS, NONE),
    "admin:articles_article_move(nonsense)": Row(NONE, NONE),
    "admin:articles_article_move(reinstate)": Row(PUBLISHES, PUBLISHES),
    "admin:articles_article_move(restore)": Row(SPIKES, SPIKES),
    "admin:articles_article_move(retract)": Row(PUBLISHES, PUBLISHES),
    "admin:articles_article_move(send_back)": Row(READIES, READIES),
    "admin:articles_article_move(spike)": Row(SPIKES, SPIKES),
    "admin:articles_article_move(unplan)": Row(PUBLISHES, PUBLISHES),
    "admin:articles_article_move(unschedule)": Row(SCHEDULES, SCHEDULES),
    "admin:articles_article_move(withdraw)": Row(PUBLISHES, PUBLISHES),
    "admin:articles_article_name_revision": Row(EDITS, EDITS),
    "admin:articles_article_presence": Row(NONE, READS),
    "admin:articles_article_preview": Row(READS, NONE),
    "admin:articles_article_preview_frame": Row(READS, NONE),
    "admin:articles_article_publish": Row(SCHEDULES, SCHEDULES),
    "admin:articles_article_read": Row(READS, NONE),
    "admin:articles_article_receipt": Row(READS, NONE),
    "admin:articles_article_receipt_again": Row(NONE, EDITS),
    "admin:articles_article_restore_revision": Row(EDITS, EDITS),
    "admin:articles_article_revision": Row(READS, NONE),
    "admin:articles_article_share": Row(EDITS, EDITS),
    "admin:articles_article_unshare": Row(NONE, EDITS, path={"link": share}),
    "admin:articles_section_add": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:articles_section_change": Row(HAS_A_ROLE, ADMINISTRATORS),
    "admin:articles_section_changelist": Row(HAS_A_ROLE, HAS_A_ROLE),
    "admin:articles_section_delete": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:articles_section_history": Row(HAS_A_ROLE, HAS_A_ROLE),
    "admin:articles_topic_add": Row(EDITORS, EDITORS),
    "admin:articles_topic_change": Row(HAS_A_ROLE, EDITORS),
    "admin:articles_topic_changelist": Row(HAS_A_ROLE, HAS_A_ROLE),
    "admin:articles_topic_delete": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:articles_topic_history": Row(HAS_A_ROLE, HAS_A_ROLE),
    "admin:authors_author_add": Row(ADDS_AUTHORS, ADDS_AUTHORS),
    "admin:authors_author_change": Row(HAS_A_ROLE, EDITORS),
    "admin:authors_author_changelist": Row(HAS_A_ROLE, HAS_A_ROLE),
    "admin:authors_author_delete": Row(EDITORS, EDITORS),
    "admin:authors_author_history": Row(HAS_A_ROLE, HAS_A_ROLE),
    "admin:autocomplete": Row(NOBODY, NOBODY),
    "admin:autocomplete?app_label=articles&model_name=article&field_name=assignee": Row(ADMINISTRATORS, NOBODY),
    "admin:autocomplete?app_label=articles&model_name=article&field_name=draft": Row(NOBODY, NOBODY),
    "admin:autocomplete?app_label=articles&model_name=revision&field_name=article": Row(HAS_A_ROLE, NOBODY),
    "admin:autocomplete?app_label=articles&model_name=revision&field_name=article&term=ca": Row(HAS_A_ROLE, NOBODY),
    "admin:autocomplete?app_label=authors&model_name=author&field_name=portrait": Row(HAS_A_ROLE, NOBODY),
    "admin:autocomplete?app_label=authors&model_name=author&field_name=user": Row(ADMINISTRATORS, NOBODY),
    "admin:commentary_guidelines_change": Row(EDITORS, NOBODY),
    "admin:commentary_guidelines_changelist": Row(EDITORS, EDITORS),
    "admin:commentary_lettertemplate_changelist": Row(EDITORS, NOBODY),
    "admin:commentary_lettertemplate_words": Row(EDITORS, EDITORS, path={"code": "accepted"}),
    "admin:commentary_office_changelist": Row(EDITORS, EDITORS),
    "admin:commentary_submission_bulk": Row(NOBODY, PIECES),
    "admin:commentary_submission_change": Row(PIECES, NOBODY),
    "admin:commentary_submission_changelist": Row(PIECES, NOBODY),
    "admin:commentary_submission_deed(accept)": Row(PIECES, PIECES),
    "admin:commentary_submission_deed(claim)": Row(PIECES, PIECES),
    "admin:commentary_submission_deed(lift_hold)": Row(EDITORS, EDITORS),
    "admin:commentary_submission_deed(nonsense)": Row(NOBODY, NOBODY),
    "admin:commentary_submission_deed(note)": Row(PIECES, PIECES),
    "admin:commentary_submission_deed(recuse)": Row(PIECES, PIECES),
    "admin:commentary_submission_export": Row(PIECES, NOBODY),
    "admin:commentary_submission_numbers": Row(PIECES, NOBODY),
    "admin:documents_document_add": Row(PICTURES, PICTURES),
    "admin:documents_document_change": Row(HAS_A_ROLE, PICTURES),
    "admin:documents_document_changelist": Row(HAS_A_ROLE, NOBODY),
    "admin:documents_document_delete": Row(EDITORS, EDITORS),
    "admin:documents_document_describe": Row(NOBODY, PICTURES),
    "admin:documents_document_replace": Row(EDITORS, EDITORS),
    "admin:images_image_add": Row(PICTURES, PICTURES),
    "admin:images_image_change": Row(HAS_A_ROLE, PICTURES),
    "admin:images_image_changelist": Row(HAS_A_ROLE, NOBODY),
    "admin:images_image_delete": Row(EDITORS, EDITORS),
    "admin:images_image_describe": Row(NOBODY, PICTURES),
    "admin:images_image_focus": Row(NOBODY, PICTURES),
    "admin:images_image_original": Row(NOBODY, EDITORS),
    "admin:images_image_replace": Row(EDITORS, EDITORS),
    "admin:images_image_several": Row(NOBODY, PICTURES),
    "admin:index": Row(SIGNED_IN, SIGNED_IN),
    "admin:jsi18n": Row(SIGNED_IN, NOBODY),
    "admin:login": Row(ANYBODY, ANYBODY),
    "admin:logout": Row(SIGNED_OUT, ANYBODY),  # who is out already is led to the sign-in
    "admin:masthead_masthead_add": Row(NOBODY, NOBODY),
    "admin:masthead_masthead_change": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:masthead_masthead_changelist": Row(SIGNED_IN, SIGNED_IN),  # leads on to the one row's form
    "admin:masthead_masthead_delete": Row(NOBODY, NOBODY),
    "admin:masthead_masthead_history": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:masthead_page_add": Row(EDITORS, EDITORS),
    "admin:masthead_page_change": Row(EDITORS, EDITORS),
    "admin:masthead_page_changelist": Row(EDITORS, EDITORS),
    "admin:masthead_page_delete": Row(ADMINISTRATORS, ADMINISTRATORS),
    "admin:masthead_page_history": Row(EDITORS, EDITORS),
    "admin:password_change": Row(SIGNED_IN, SIGNED_IN),
    "admin:password_change_done": Row(SIGNED_IN, NOBODY),
    "admin:view_on_site": Row(SEES_LIVE, SEES_LIVE),
    "desk:account": Row(SIGNED_IN, NOBODY),
    "desk:again": Row(ANYBODY, SIGNED_IN),
    "desk:ask_for_new_password": Row(ANYBODY, ANYBODY),
    "desk:block_cards": Row(SIGNED_IN, NOBODY),
    "desk:block_documents": Row(SIGNED_IN, NOBODY),
    "desk:block_pictures": Row(SIGNED_IN, NOBODY),
    "desk:block_stories": Row(SIGNED_IN, NOBODY),
    "desk:choose_new_password": Row(ANYBODY, ANYBODY, path={"uidb64": "MQ", "token": "set-password"}),
    "desk:codes": Row(SIGNED_IN, SIGNED_IN),
    "desk:codes_file": Row(NOBODY, SIGNED_IN),
    "desk:document_upload": Row(NOBODY, PICTURES),
    "desk:end_other_sessions": Row(NOBODY, SIGNED_IN),
    "desk:end_session": Row(NOBODY, SIGNED_IN, path={"pk": 1}),
    "desk:guest_letter": Row(PIECES, NOBODY, path={"letter": _letter}),
    "desk:guest_letter_again": Row(NOBODY, PIECES, path={"letter": _letter}),
    "desk:guest_letters": Row(PIECES, NOBODY),
    "desk:invitation": Row(NOBODY, NOBODY, path={"key": "a-key-that-fits-nothing"}),
    "desk:new_passkey_question": Row(NOBODY, NOBODY),  # only behind HTTPS
    "desk:new_password_asked": Row(ANYBODY, NOBODY),
    "desk:new_password_set": Row(ANYBODY, NOBODY),
    "desk:palette": Row(SIGNED_IN, NOBODY),
    "desk:passkey": Row(NOBODY, ANYBODY),
    "desk:passkey_question": Row(NOBODY, NOBODY),  # only behind HTTPS
    "desk:picture_upload": Row(NOBODY, PICTURES),
    "desk:remove_factor": Row(NOBODY, NOBODY, path={"pk": 1}),  # one's own only, and the walkers have none
    "desk:second_factor": Row(NOBODY, NOBODY),  # comes after the password, else it leads to the sign-in
    "desk:set_up": Row(SIGNED_IN, NOBODY),
    "desk:set_up_app": Row(SIGNED_IN, SIGNED_IN),
    "desk:set_up_passkey": Row(SIGNED_IN, SIGNED_IN),
    "first_administrator": Row(NOBODY, NOBODY, path={"key": "a-key-that-fits-nothing"}),
}
