"""`python -m tests.load.inside PART …`: one part of fill, heaping, hijacking, inboxes, pausing
or straying with this environment's settings."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "breakwater.config.settings")
    django.setup()
    from tests.load import fill, heaping, hijacking, inboxes, pausing, straying, veils

    parts = {
        **fill.PARTS, **heaping.PARTS, **hijacking.PARTS, **inboxes.PARTS, **pausing.PARTS,
        **straying.PARTS, **veils.PARTS,
    }  # fmt: skip
    sys.stdout.write(parts[sys.argv[1]](*sys.argv[2:]) + "\n")
