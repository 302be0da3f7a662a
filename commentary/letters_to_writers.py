"""What the product itself writes to guest writers. A newsroom's own words (``LetterTemplate``) stand before these."""

from commentary.wordings import Wording

_FOOT = "\n\n{publication}, the commentary desk\nQuestions: {contact}\nYour reference: {reference}"
_STATUS = "Where your piece is, and everything you can do, stands here:\n{link:status}"
_NOT_YOU = (
    "If you know nothing of this, you need not do anything: without your confirmation nobody reads the text, and it "
    "is deleted after three days."
)


def _to(name: str, when: str, subject: str, body: str, *places: str) -> tuple[str, Wording]:
    """A letter to somebody whose address is confirmed."""
    text = f"Dear {{name}},\n\n{body}{_FOOT}"
    return name, Wording(when, subject, text, places=("name", "title", *places))


def _first(name: str, when: str, subject: str, body: str, *places: str) -> tuple[str, Wording]:
    """A letter to an address that may be somebody else's: it carries no word the sender typed."""
    return name, Wording(when, subject, f"Hello,\n\n{body}{_FOOT}", places=places, is_first=True)


def _passage(name: str, when: str, text: str) -> tuple[str, Wording]:
    return name, Wording(when, "", text, places=("name", "title"), is_passage=True)


BEFORE: dict[str, Wording] = dict(
    [
        _first(
            "resume",
            "The writer asks for a link to go on with a draft elsewhere.",
            "Go on with your draft",
            "here is the link to the draft you began at {publication}. It works for 30 days, on any device:\n\n"
            "{link:resume}\n\nIf you did not ask for it, delete this letter.",
        ),
        _first(
            "confirm",
            "A piece was sent: its address is asked for a confirmation.",
            "Action needed: confirm your e-mail address",
            "a {kind} was sent to {publication} with this address. We start reading it once you confirm that the "
            "address is yours:\n\n{link:confirm}\n\nThe link works for three days.\n\n" + _NOT_YOU,
        ),
        _first(
            "confirm_reminder",
            "A day before an unconfirmed piece is deleted.",
            "Reminder: confirm your e-mail address",
            "a {kind} waits for your confirmation at {publication}. Nobody has read it yet:\n\n{link:confirm}\n\n"
            "We delete it tomorrow if we do not hear from you.\n\n" + _NOT_YOU,
        ),
        _first(
            "cowriter",
            "A piece names this address as its second writer's.",
            "Action needed: are you a co-writer of this piece?",
            "somebody has named you as the second writer of a {kind} they sent to {publication}. Please say whether "
            "that is so; you see the text before you answer:\n\n{link:cowriter}\n\nThe link works for 14 days. "
            "Nothing appears under your name without your word.",
        ),
        _first(
            "status_link",
            "Somebody has lost the link to their piece.",
            "The link to your piece",
            "you asked where your piece is. Its page is here:\n\n{link:status}\n\n"
            "If you did not ask, delete this letter; nobody else has got the link.",
        ),
        _first(
            "withdraw_link",
            "The writer wants to withdraw an accepted piece.",
            "Confirm that you withdraw your piece",
            "you asked to withdraw a piece we have accepted. To be sure that it is you, open this link within half "
            "an hour:\n\n{link:withdraw}\n\nUntil then nothing changes. If you did not ask, delete this letter.",
        ),
        _first(
            "erase_link",
            "The writer wants to see what is held about them, or to have it erased.",
            "What we hold about you: see it, or erase it",
            "you asked to see or to erase what we hold about you and your piece. To be sure that it is you, open this "
            "link within half an hour:\n\n{link:erase}\n\nUntil then nothing changes. If you did not ask, delete this "
            "letter.",
        ),
        _first(
            "address_ask",
            "The writer wants letters to go to another address: the present one is asked.",
            "Confirm that you change your e-mail address",
            "you asked that our letters go to another address. To be sure that it is you, open this link within half "
            "an hour, and write the new address there:\n\n{link:address}\n\nUntil then nothing changes. If you did not "
            "ask, delete this letter.",
        ),
        _first(
            "address_link",
            "The writer gives another address: it is asked.",
            "Confirm your new e-mail address",
            "this address was given to us as the new one of a guest writer. To confirm it, open this link within half "
            "an hour:\n\n{link:address}\n\nIf you know nothing of this, delete this letter.",
        ),
        _first(
            "address_changed",
            "To the old address, after a change.",
            "Your e-mail address was changed",
            "letters about a piece at {publication} go to another address from now on, as was asked on the piece's "
            "page. If that was not you, write to us at once: {contact}",
        ),
    ]
)

READING: dict[str, Wording] = dict(
    [
        _to(
            "received",
            "The address is confirmed: the desk has the piece.",
            "Received: your {kind}",
            "thank you for your {kind} “{title}”. An editor will answer you by {promise}.\n\n"
            + _STATUS
            + "\n\nThis is the text we have:\n\n{copy}",
            "promise",
            "copy",
        ),
        _to(
            "merged",
            "The same text came a second time.",
            "Merged with your earlier piece",
            "we have your {kind} “{title}” already, so we keep it once. Nothing is lost, and you need not do "
            "anything.\n\n" + _STATUS,
        ),
        _to(
            "please_revise",
            "An editor asks for a revised text or an answer.",
            "Action needed: please revise or answer",
            "before we decide about “{title}”, we need something from you:\n\n{text}\n\n"
            "Please answer by {due}. You can change your text and write to us here:\n{link:status}",
            "text",
            "due",
        ),
        _to(
            "revise_reminder",
            "The answer that was asked for is due.",
            "Reminder: please revise or answer",
            "we are still waiting for your answer about “{title}”. We keep your piece open until {due}; after that "
            "we close it, and you are free to offer it elsewhere.\n\n{link:status}",
            "due",
        ),
        _to(
            "revision_received",
            "The revised text is here.",
            "Received: your revised text",
            "thank you, we have your revised text and read it next.\n\n" + _STATUS + "\n\n{copy}",
            "copy",
        ),
        _to(
            "still_considering",
            "An editor lays the piece aside until a day.",
            "Still considering your piece",
            "we have not decided about “{title}” yet and would like to keep it until {until}. If you would rather "
            "offer it elsewhere, you can withdraw it at any time.\n\n" + _STATUS,
            "until",
        ),
        _to(
            "message",
            "An editor writes to the writer without deciding anything.",
            "A message about your piece",
            "an editor writes to you about “{title}”:\n\n{text}\n\nYou can answer here:\n{link:status}",
            "text",
        ),
        _to(
            "promise_passed",
            "The promised first answer is late.",
            "We are late: you are free to offer your piece elsewhere",
            "we promised you an answer about “{title}” by {promise}, and we have not kept that. We are sorry. From "
            "now on you are free to offer the piece elsewhere. We still read it; if you place it, please withdraw it "
            "here:\n{link:status}",
            "promise",
        ),
        _to(
            "declined",
            "An editor says no. {text} is what they wrote, or the passage for the reason.",
            "About your {kind}",
            "thank you for sending us “{title}”.\n\n{text}\n\nYou are free to offer it elsewhere.",
            "text",
        ),
        _to(
            "closed_without_reply",
            "No answer came in time.",
            "Closed: your piece",
            "we have not heard from you about “{title}”, so we have closed it. You are free to offer it elsewhere. If "
            "you would like to go on with us, you can reopen it within 30 days:\n{link:status}",
        ),
        _to(
            "withdrawn",
            "The writer has withdrawn it.",
            "Withdrawn: your piece",
            "“{title}” is withdrawn, as you asked. It will not run, and you are free to offer it elsewhere.",
        ),
        _to(
            "reopened",
            "A closed piece is open again.",
            "Reopened: your piece",
            "“{title}” is open again.\n\n" + _STATUS,
        ),
        _first(
            "erased",
            "Everything about a piece is erased.",
            "Your data is erased",
            "we have erased the piece with this reference, and what we held with it. What readers have seen stays "
            "published. This letter is the last one about it.",
        ),
    ]
)

TAKEN: dict[str, Wording] = dict(
    [
        _to(
            "accepted",
            "An editor accepts the piece.",
            "Action needed: we would like to publish your {kind}",
            "good news: we would like to publish “{title}”.\n\n{text}\n\nBefore we edit it, please look at the terms "
            "and confirm them by {due}:\n{link:status}\n\nYou will see every change before it is published.",
            "text",
            "due",
        ),
        _to(
            "accept_reminder",
            "The confirmation of an acceptance is due soon.",
            "Reminder: confirm the terms for your {kind}",
            "we would like to publish “{title}” and still need your confirmation, by {due}:\n{link:status}\n\nAfter "
            "that we close it, and you are free to offer it elsewhere.",
            "due",
        ),
        _to(
            "in_editing",
            "The piece is being edited.",
            "Your {kind} is being edited",
            "“{title}” is with an editor now.\n\n{text}\n\nYou will see every change before it is published.\n\n"
            + _STATUS,
            "text",
        ),
        _to(
            "please_approve",
            "The edited text needs the writer's approval.",
            "Action needed: approve your edited {kind}",
            "“{title}” is edited. Please read it, with every change marked, and approve it or say what should be "
            "different, by {due}:\n\n{link:approve}\n\n{text}\n\nIt does not run until you have approved it.",
            "text",
            "due",
        ),
        _to(
            "please_approve_notify",
            "The edited text, where silence is taken for a yes.",
            "Please read: your edited {kind}",
            "“{title}” is edited. It runs as you see it here unless you object by {due}:\n\n{link:approve}\n\n{text}",
            "text",
            "due",
        ),
        _to(
            "approve_reminder",
            "The approval is due soon.",
            "Reminder: your edited {kind}",
            "your edited text waits for you. Please read it and answer by {due}:\n\n{link:approve}",
            "due",
        ),
        _to(
            "approve_late",
            "The approval did not come in time.",
            "We could not wait longer for your approval",
            "we have not heard from you about the edited text of “{title}”, so the desk has taken it back. It does "
            "not run without your approval. Write to us when you are ready:\n{link:status}",
        ),
        _to(
            "newer_version",
            "The text sent for approval was taken back.",
            "A newer version of your {kind} is coming",
            "please leave the edited text of “{title}” unanswered: we are still changing it, and send you a newer "
            "version.\n\n{text}",
            "text",
        ),
        _to(
            "approved",
            "All writers have approved the text.",
            "Approved: your {kind}",
            "thank you. This is the text that was approved, and nothing else runs under your name:\n\n{copy}\n\n"
            + _STATUS,
            "copy",
        ),
        _to(
            "date_set",
            "The piece has a date.",
            "Your {kind} has a date",
            "“{title}” is planned for {when}.\n\n" + _STATUS,
            "when",
        ),
        _to(
            "date_moved",
            "The date has moved.",
            "Your {kind} has a new date",
            "“{title}” is now planned for {when}.\n\n" + _STATUS,
            "when",
        ),
        _to(
            "date_off",
            "The date is off.",
            "Your {kind} has no date for now",
            "the date we gave you for “{title}” is off for now. We tell you when there is a new one.\n\n" + _STATUS,
        ),
        _to(
            "live",
            "Readers have it.",
            "It is live: your {kind}",
            "“{title}” is published:\n{story}\n\nThank you for writing for us. If something in it is wrong, tell us "
            "here:\n{link:status}",
            "story",
        ),
        _to(
            "correction",
            "A correction stands under the published piece.",
            "A correction stands under your {kind}",
            "we have added this to “{title}”:\n\n{text}\n\nReaders see it here:\n{story}",
            "text",
            "story",
        ),
        _to(
            "retraction",
            "The published piece was withdrawn or retracted.",
            "Your {kind} is not online any more",
            "“{title}” was taken from our pages:\n\n{text}\n\nIf you have a question, answer this letter.",
            "text",
        ),
        _to(
            "killed",
            "A senior editor takes an acceptance back, in their own words.",
            "Your {kind} will not run",
            "we had accepted “{title}”. I am sorry to say that it will not run.\n\n{text}\n\nYou are free to offer it "
            "elsewhere.",
            "text",
        ),
    ]
)

PASSAGES: dict[str, Wording] = dict(
    [
        _passage(
            "declined_fit",
            "Not for us at present.",
            "We have read it with interest, but it is not the right piece for us at present.",
        ),
        _passage(
            "declined_similar",
            "We have published something close to it.",
            "We have published something close to it lately and want to bring our readers other voices too.",
        ),
        _passage(
            "declined_length",
            "Too long, or too short.",
            "It is not of the length we can print. If you would like to rework it, look at our guidelines and send it "
            "again.",
        ),
        _passage(
            "declined_facts",
            "We cannot stand behind the facts.",
            "We could not verify everything it says, and we publish only what we can stand behind.",
        ),
        _passage(
            "declined_promotion",
            "Promotes a product, a campaign or a candidate.",
            "We do not publish pieces that promote a product, a campaign or a candidate.",
        ),
        _passage(
            "declined_exclusive",
            "Published elsewhere.",
            "We publish only what has not appeared elsewhere, and this has.",
        ),
        _passage(
            "declined_late", "The moment has passed.", "The moment for it has passed; we could not publish it in time."
        ),
        _passage(
            "declined_form_letter",
            "Sent by several people in the same words.",
            "Several people have sent us this text in the same words. We publish what a writer has put in their own "
            "words, and would gladly read yours.",
        ),
        _passage("declined_other", "Another reason.", "We have decided not to publish it."),
    ]
)

TO_WRITERS = BEFORE | READING | TAKEN | PASSAGES
