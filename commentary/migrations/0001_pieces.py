from datetime import time

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("articles", "0011_fill_uses"),
        ("authors", "0001_author"),
        ("images", "0009_newest_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Guidelines",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                (
                    "body",
                    models.TextField(
                        default="<p>We publish commentary by people who know what they write about, and short reactions to our own stories. Every piece is read by an editor, answered by the day we promise, and published only in words its writer has approved.</p>"
                    ),
                ),
                ("commentary_words", models.PositiveIntegerField(default=650, verbose_name="words of a commentary")),
                ("reaction_words", models.PositiveIntegerField(default=150, verbose_name="words of a reaction")),
                ("most_writers", models.PositiveSmallIntegerField(default=2)),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(default=3, verbose_name="business days until the first answer"),
                ),
                (
                    "urgent_answer_days",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="business days for what is time-sensitive"
                    ),
                ),
                (
                    "reaction_window",
                    models.PositiveSmallIntegerField(default=30, verbose_name="days a story can be reacted to"),
                ),
                (
                    "licence",
                    models.TextField(
                        default="You keep the copyright of your text.\nWe may publish it, edit it with your approval, and let others republish it with your name.\nYou may publish it elsewhere after it has appeared here.",
                        help_text="Plain language, a line for each point.",
                    ),
                ),
                (
                    "keeps",
                    models.TextField(
                        default="Your text, your name and how to reach you, for as long as we need them to answer you.\nWhat is not published is erased half a year after we close it; you can erase it sooner yourself.",
                        help_text="Plain language, a line for each point.",
                        verbose_name="what we keep",
                    ),
                ),
                (
                    "questions",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Further questions asked on the last page but one: a list of sentences.",
                    ),
                ),
                (
                    "commentary_sign_off",
                    models.CharField(
                        choices=[
                            ("required", "Runs only when the writer has approved it"),
                            ("notify", "Runs on the announced day unless the writer objects"),
                        ],
                        default="required",
                        max_length=8,
                    ),
                ),
                (
                    "reaction_sign_off",
                    models.CharField(
                        choices=[
                            ("required", "Runs only when the writer has approved it"),
                            ("notify", "Runs on the announced day unless the writer objects"),
                        ],
                        default="notify",
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "guidelines",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField(max_length=8000)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=12, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("commentary", "Guest commentary"), ("reaction", "Reader reaction")], max_length=12
                    ),
                ),
                ("language", models.CharField(default="en", max_length=12)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("unconfirmed", "Waiting for confirmation"),
                            ("received", "Received"),
                            ("in_review", "In review"),
                            ("changes_requested", "Changes requested"),
                            ("accepted", "Accepted"),
                            ("editing", "Editing"),
                            ("awaiting_approval", "Awaiting approval"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed"),
                            ("spam", "Spam"),
                            ("erased", "Erased"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                (
                    "moves",
                    models.PositiveIntegerField(
                        default=0, help_text="How often it was changed: what an actor says they saw."
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("status_at", models.DateTimeField(help_text="Since when it has its status.")),
                ("sent_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("elsewhere", models.CharField(blank=True, choices=[("no", "No"), ("yes", "Yes")], max_length=3)),
                ("elsewhere_where", models.TextField(blank=True, max_length=1000)),
                ("interests", models.CharField(blank=True, choices=[("no", "No"), ("yes", "Yes")], max_length=3)),
                ("interests_which", models.TextField(blank=True, max_length=1000)),
                ("helped", models.CharField(blank=True, choices=[("no", "No"), ("yes", "Yes")], max_length=3)),
                ("helped_by", models.TextField(blank=True, max_length=1000)),
                ("ai", models.CharField(blank=True, choices=[("no", "No"), ("yes", "Yes")], max_length=3)),
                ("ai_how", models.TextField(blank=True, max_length=1000)),
                (
                    "further",
                    models.JSONField(
                        blank=True, default=list, help_text="Answers to the guidelines' further questions."
                    ),
                ),
                (
                    "why_urgent",
                    models.TextField(
                        blank=True, help_text="Why it cannot wait, in the writer's words.", max_length=500
                    ),
                ),
                ("agreed_at", models.DateTimeField(help_text="Consent on the last page.", null=True)),
                (
                    "disclosure",
                    models.TextField(blank=True, help_text="The line readers see, set by an editor.", max_length=600),
                ),
                ("promise_at", models.DateTimeField(help_text="When the first answer was promised for.", null=True)),
                ("answered_at", models.DateTimeField(help_text="First answer by a person.", null=True)),
                (
                    "released_at",
                    models.DateTimeField(help_text="The promise passed: free to be offered elsewhere.", null=True),
                ),
                (
                    "due_at",
                    models.DateTimeField(help_text="When the next thing is due from whomever it waits for.", null=True),
                ),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                ("is_urgent", models.BooleanField(default=False, verbose_name="time-sensitive")),
                ("held_until", models.DateTimeField(null=True)),
                ("risk", models.PositiveSmallIntegerField(default=0)),
                (
                    "signals",
                    models.JSONField(blank=True, default=list, help_text="What the score is made of, as sentences."),
                ),
                ("quarantined_at", models.DateTimeField(null=True)),
                (
                    "cluster",
                    models.CharField(
                        blank=True, help_text="Pieces that share their text, if this does.", max_length=64
                    ),
                ),
                ("disclosure_reviewed_at", models.DateTimeField(null=True)),
                ("legal_hold_at", models.DateTimeField(null=True)),
                (
                    "claimed_at",
                    models.DateTimeField(help_text="When the assignee last did something with it.", null=True),
                ),
                (
                    "spoke_last",
                    models.CharField(blank=True, choices=[("writer", "Writer"), ("desk", "Desk")], max_length=6),
                ),
                ("spoke_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, help_text="Why it was closed.", max_length=40)),
                ("address_changes", models.PositiveSmallIntegerField(default=0)),
                (
                    "open_key",
                    models.CharField(blank=True, help_text="Of address and text, while it is open.", max_length=64),
                ),
                (
                    "network",
                    models.CharField(
                        blank=True, help_text="Where it came from; truncated after 14 days.", max_length=64
                    ),
                ),
                (
                    "answers",
                    models.ForeignKey(
                        blank=True,
                        help_text="The story.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="responses",
                        to="articles.article",
                    ),
                ),
                (
                    "article",
                    models.OneToOneField(
                        blank=True,
                        help_text="It became.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="submission",
                        to="articles.article",
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="pieces",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="duplicates",
                        to="commentary.submission",
                    ),
                ),
                (
                    "guidelines",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="commentary.guidelines"
                    ),
                ),
                ("recused", models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "piece",
                "ordering": ["-changed_at", "-pk"],
                "permissions": [
                    ("decide_submission", "Can accept and decline pieces"),
                    ("kill_submission", "Can decline a piece after its acceptance"),
                    ("hold_submission", "Can put a piece under legal hold"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("headline", models.CharField(max_length=250)),
                ("deck", models.CharField(blank=True, max_length=400)),
                ("summary", models.TextField(blank=True)),
                ("lead_caption", models.TextField(blank=True)),
                ("body", models.TextField()),
                ("byline", models.CharField(max_length=300)),
                ("biography", models.TextField(blank=True)),
                ("disclosure", models.TextField(blank=True)),
                ("digest", models.CharField(max_length=64)),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("required", "Runs only when the writer has approved it"),
                            ("notify", "Runs on the announced day unless the writer objects"),
                        ],
                        max_length=8,
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="What the editor says of the edit.")),
                ("sent_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.revision",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="snapshots",
                        to="commentary.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("verb", models.CharField(max_length=40)),
                ("before", models.CharField(blank=True, max_length=20)),
                ("after", models.CharField(blank=True, max_length=20)),
                ("party", models.CharField(max_length=8)),
                ("actor_name", models.CharField(max_length=200)),
                ("note", models.TextField(blank=True)),
                ("details", models.JSONField(default=dict)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="commentary.submission"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("headline", models.CharField(blank=True, max_length=250)),
                ("text", models.TextField(blank=True, max_length=400000)),
                ("words", models.PositiveIntegerField(default=0)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("saves", models.PositiveIntegerField(default=1)),
                ("note", models.TextField(blank=True, help_text="What the writer says of this version.")),
                ("made_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("sealed_at", models.DateTimeField(null=True)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="commentary.submission"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Writer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("city", models.CharField(blank=True, max_length=120)),
                (
                    "about",
                    models.TextField(blank=True, help_text="Who they are, as readers will see it.", max_length=1000),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(help_text="Opened the link in the letter and pressed the button.", null=True),
                ),
                ("agreed_at", models.DateTimeField(help_text="Confirmed the acceptance.", null=True)),
                ("agreed_as", models.CharField(blank=True, max_length=120)),
                ("refused_at", models.DateTimeField(help_text="A co-writer who says they had no part.", null=True)),
                ("mail_failed_at", models.DateTimeField(null=True)),
                ("mail_trouble", models.CharField(blank=True, max_length=300)),
                ("checked_at", models.DateTimeField(help_text="When an editor made sure who this is.", null=True)),
                (
                    "checked_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "Spoke on the phone"),
                            ("known", "Known to us"),
                            ("official", "Official address or page"),
                            ("document", "Saw a document"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guest_pieces",
                        to="authors.author",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "portrait",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="images.image",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="writers", to="commentary.submission"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("writer", "From the writer"),
                            ("note", "Internal note"),
                            ("objection", "Objection to the edit"),
                        ],
                        max_length=9,
                    ),
                ),
                ("text", models.TextField(max_length=20000)),
                ("quoted", models.TextField(blank=True, help_text="What an answer by mail quoted from our letter.")),
                (
                    "paragraph",
                    models.PositiveIntegerField(help_text="Which paragraph of the edit it is about.", null=True),
                ),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "mail_id",
                    models.CharField(blank=True, help_text="The Message-ID it came with, if by mail.", max_length=300),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="commentary.submission"
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="commentary.writer",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("resume", "Go on with the draft"),
                            ("confirm", "Confirm the address"),
                            ("status", "See where the piece is"),
                            ("approve", "Read and approve the edited text"),
                            ("cowriter", "Confirm or refuse to be a co-writer"),
                            ("withdraw", "Withdraw after acceptance"),
                            ("erase", "Erase everything"),
                            ("address", "Change the address"),
                        ],
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "fact",
                    models.CharField(blank=True, help_text="The new address, for a change of address.", max_length=254),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="commentary.submission"
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="commentary.writer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("to", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("send_after", models.DateTimeField(db_index=True)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "failed_at",
                    models.DateTimeField(help_text="The address refused it, or all tries failed.", null=True),
                ),
                ("trouble", models.CharField(blank=True, max_length=500)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("message_id", models.CharField(max_length=200, unique=True)),
                (
                    "copy",
                    models.TextField(
                        blank=True, help_text="As it left, links and all: kept only where no mail leaves."
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        help_text="An editor.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="commentary.submission",
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="commentary.writer",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("typed_name", models.CharField(max_length=120)),
                (
                    "silent",
                    models.BooleanField(
                        default=False, help_text="By not objecting, where the guidelines promised that."
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="approvals", to="commentary.snapshot"
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="approvals", to="commentary.writer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("workdays", models.CharField(default="01234", help_text="Digits of days; Monday is 0.", max_length=7)),
                ("closes_at", models.TimeField(default=time(17, 0), verbose_name="closing hour")),
                ("holidays", models.JSONField(blank=True, default=list, help_text="Dates as 2026-12-25.")),
                ("takes_pieces", models.BooleanField(default=True, verbose_name="takes guest commentary")),
                (
                    "closed_sections",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Stories of these sections do not invite reactions.",
                        related_name="+",
                        to="articles.section",
                    ),
                ),
                ("told_of_threats", models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name_plural": "office",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="office_one_row")],
            },
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["status", "promise_at"], name="submission_queue"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["status", "due_at"], name="submission_due"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["assignee", "status"], name="submission_mine"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("cluster", ""), _negated=True), fields=["cluster"], name="submission_cluster"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("open_key", ""), _negated=True), fields=("open_key",), name="submission_open_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "draft",
                            "unconfirmed",
                            "received",
                            "in_review",
                            "changes_requested",
                            "accepted",
                            "editing",
                            "awaiting_approval",
                            "approved",
                            "declined",
                            "withdrawn",
                            "lapsed",
                            "spam",
                            "erased",
                        ],
                    )
                ),
                name="submission_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["commentary", "reaction"])), name="submission_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("status__in", ["declined", "withdrawn", "lapsed", "spam", "erased"]),
                    ),
                    models.Q(
                        models.Q(("status__in", ["declined", "withdrawn", "lapsed", "spam", "erased"]), _negated=True),
                        ("closed_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="submission_closed_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(fields=("submission", "number"), name="snapshot_number_once"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("submission", "number"), name="version_number_once"),
        ),
        migrations.AddIndex(
            model_name="writer",
            index=models.Index(fields=["email"], name="writer_email"),
        ),
        migrations.AddConstraint(
            model_name="writer",
            constraint=models.UniqueConstraint(fields=("submission", "position"), name="writer_position_once"),
        ),
        migrations.AddConstraint(
            model_name="writer",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gte", 1), ("position__lte", 2)), name="writer_position_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["writer", "note", "objection"])), name="message_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("mail_id", ""), _negated=True),
                fields=("submission", "mail_id"),
                name="message_mail_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "purpose__in",
                        ["resume", "confirm", "status", "approve", "cowriter", "withdraw", "erase", "address"],
                    )
                ),
                name="link_purpose_known",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(
                    ("cancelled_at__isnull", True), ("failed_at__isnull", True), ("sent_at__isnull", True)
                ),
                fields=["send_after"],
                name="letter_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(fields=("snapshot", "writer"), name="approval_once_a_writer"),
        ),
    ]
