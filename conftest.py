"""The world that every test runs in, made before Django reads its settings.

Each test process has its own BREAKWATER_DATA in a temporary folder. The database is SQLite, or
with BREAKWATER_TEST_DB=postgresql a cluster of the session's own. It covers src and tests.
Django is set up here and not by the ini file, because that would be before this file is read.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django
from hypothesis import HealthCheck, settings
from tests import catalogue, cluster

HOME = Path(tempfile.mkdtemp(prefix="breakwater-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

for name in [name for name in os.environ if name.startswith("BREAKWATER_")]:
    if not name.startswith("BREAKWATER_TEST_"):
        del os.environ[name]
os.environ["BREAKWATER_DATA"] = str(HOME / "data")
os.environ["DJANGO_SETTINGS_MODULE"] = "breakwater.config.settings"
cluster.choose_database()
catalogue.compile_if_old()
django.setup()

settings.register_profile("fast", max_examples=50, deadline=None)
settings.register_profile(
    "long", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("BREAKWATER_TEST_EXAMPLES", "fast"))

collect_ignore = ["tests/third_party"]
"""A package of its own, with tests of its own: tests/test_third_party.py runs them."""

_WORLDS = ("peers", "standins")
"""Folders of real and imitated networks; each brings its fixtures as `plugin.py`."""

pytest_plugins = [
    "tests.people",
    "tests.deliveries",
    "tests.databases",
    "tests.live",
    "tests.browser",
    *(
        f"tests.{w}.plugin"
        for w in _WORLDS
        if Path(__file__).with_name("tests").joinpath(w, "plugin.py").exists()
    ),
]
