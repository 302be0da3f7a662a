from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import factors, sessions
from accounts.actors import Operator
from accounts.models import User


class Command(BaseCommand):
    help = "Take all second factors off an account: for the last administrator who has lost theirs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"Nobody signs in with {options['email']}.")
        taken = factors.reset(user, by=Operator())
        sessions.end_all(user, by=Operator())
        self.stdout.write(f"{user} has no second factor any more." if taken else f"{user} had no second factor.")
