"""Measurements that ``make bench`` runs: each prints what it saw, beside the machine's load and a yardstick.

Importing this package opens an empty newsroom in a folder of its own, gone when the process ends: Django set up over
a fresh SQLite file. What ``DATABASE_URL`` names is never touched.
"""

import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="newsroom-bench-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {"DATA_DIR": FOLDER, "NEWSROOM_ENV": "development", "NEWSROOM_SAMPLE": "0"}
os.environ.pop("DATABASE_URL", None)
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"

import django  # noqa: E402 -- its settings must be named first

django.setup()
