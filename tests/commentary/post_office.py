"""A mail server on this machine, that takes letters, refuses them, or goes away."""

import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

from commentary.models import Letter


@dataclass
class Envelope:
    mail_from: str = ""
    rcpt_tos: list[str] = field(default_factory=list)
    content: bytes = b""


class PostOffice(socketserver.ThreadingTCPServer):
    """As much of SMTP (RFC 5321) as our letters need, spoken by itself: a package would bring a module called public.

    ``answers`` maps an address to the reply it gets; ``after_text`` answers every text; ``vanish`` cuts the line after
    one text, before its reply; ``wait`` is how many seconds a text takes.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Counter)
        self.taken = []
        self.answers = {}
        self.after_text = ""
        self.vanish = False
        self.wait = 0.0

    @property
    def port(self):
        return self.server_address[1]


class _Counter(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 office")
        envelope = Envelope()
        for line in self.rfile:
            told = line.decode().strip()
            word = told[:4].upper()
            if word == "QUIT":
                self.say("221 bye")
                return
            if word == "DATA":
                if not self.take(envelope):
                    return
                envelope = Envelope()
            elif word == "MAIL":
                envelope.mail_from = address(told)
                self.say("250 OK")
            elif word == "RCPT":
                refusal = self.server.answers.get(address(told))
                envelope.rcpt_tos += [] if refusal else [address(told)]
                self.say(refusal or "250 OK")
            else:
                self.say("250 OK")

    def take(self, envelope):
        """Whether the line still stands."""
        self.say("354 go on")
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        envelope.content = b"".join(lines)
        if self.server.wait:
            threading.Event().wait(self.server.wait)
        if self.server.vanish:
            self.server.vanish = False
            return False
        if not self.server.after_text:
            self.server.taken.append(envelope)
        self.say(self.server.after_text or "250 OK")
        return True

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


def address(line):
    return line.partition("<")[2].partition(">")[0]


def ask_often(piece, times):
    """So many further requests for the letter that confirms the piece's address, in capitals and without."""
    first = Letter.objects.get(submission=piece, code="confirm")
    Letter.objects.bulk_create(
        Letter(
            submission=piece,
            writer=piece.writer,
            code="confirm",
            to=first.to.upper() if number % 2 else first.to,
            subject=first.subject,
            text=first.text,
            made_at=first.made_at,
            send_after=first.send_after,
            message_id=f"<{number}@example.org>",
        )
        for number in range(times)
    )


@contextmanager
def open_office(settings):
    """The product's letters go to the office that is handed out."""
    office = PostOffice()
    thread = threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {
        "default": {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": office.port, "timeout": 5}}
    }
    try:
        yield office
    finally:
        office.shutdown()
        office.server_close()
