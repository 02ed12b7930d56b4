"""``zhibao worker``: Django's command registry is how the command line reaches the workers without importing them."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from zhibao.jobs.worker import LEASE, POLL, Worker


class Command(BaseCommand):
    """Work through the queue until told to stop, or until it is empty."""

    help = "Work through the jobs that wait."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--until-idle", action="store_true")
        parser.add_argument("--lease", type=float, default=LEASE.total_seconds())
        parser.add_argument("--poll", type=float, default=POLL.total_seconds())

    def handle(self, *_args: Any, **options: Any) -> str | None:
        lease, poll = timedelta(seconds=options["lease"]), timedelta(seconds=options["poll"])
        worker = Worker(clock=timezone.now, lease=lease, poll=poll)
        worker.stop_on_signals()
        if options["until_idle"]:
            return str(worker.run_until_idle())
        worker.run()
        return None
