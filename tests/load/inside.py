"""`python -m tests.load.inside PART …`: one part of tests.load.fill or tests.load.pausing with this
environment's settings."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "breakwater.config.settings")
    django.setup()
    from tests.load import fill, inboxes, pausing, veils

    parts = {**fill.PARTS, **pausing.PARTS, **inboxes.PARTS, **veils.PARTS}
    sys.stdout.write(parts[sys.argv[1]](*sys.argv[2:]) + "\n")
