"""One scene in a process of its own: `python -m tests.chaos.scene '{"scene": "kills", …}'`.

It makes an installation in a temporary folder, runs the scenario, compares, and prints the tally
as one line of JSON. Everything random comes from its seed.
"""

import importlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

import django

from tests.chaos.hands import Mother
from tests.cluster import Cluster
from tests.harbours import served


def main() -> None:
    wish = json.loads(sys.argv[1])
    home = Path(tempfile.mkdtemp(prefix="bw-chaos-", dir="/tmp"))
    try:
        with ExitStack() as stack:
            tally = _run(wish, home, stack)
    except BaseException:
        sys.stderr.write(f"{wish}: see {home}\n")
        raise
    sys.stdout.write(json.dumps(tally) + "\n")
    if wish.get("keep"):
        sys.stderr.write(f"{wish['scene']}: kept in {home}\n")
    else:
        shutil.rmtree(home, ignore_errors=True)


def _run(wish: dict[str, Any], home: Path, stack: ExitStack) -> dict[str, Any]:
    """Imports what reads settings only after the environment of the scene is set."""
    begun = monotonic()
    origin = stack.enter_context(served(home / "harbour")).origin
    url = stack.enter_context(_cluster(home)).url if wish["database"] == "postgresql" else ""
    environment = _environment(home, origin, url, wish["scale"])
    os.environ.clear()
    os.environ.update(environment)
    django.setup()
    from breakwater.config.cli import dispatch
    from tests.chaos import stage as stages
    from tests.chaos import truth

    if dispatch(["migrate"]):
        raise RuntimeError("migrate failed")
    mother = Mother(environment, home / "workers.log")
    stack.callback(mother.close)
    random = Random(f"{wish['seed']} {wish['scene']} {wish['database']}")
    stage = stages.Stage(home, origin, wish["scale"], random, mother)
    tally = truth.Tally(wish["scene"], wish["database"], wish["seed"])
    scenario = importlib.import_module(f"tests.chaos.{wish.get('module', wish['scene'])}")
    scenario.run(stage, tally, wish["counts"])
    stage.dismiss()
    truth.compare(stage, tally)
    tally.whole_s = monotonic() - begun
    return tally.plain()


@contextmanager
def _cluster(home: Path) -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="bw-pg-", dir="/tmp"))
    cluster = Cluster(folder)
    try:
        yield cluster
    finally:
        cluster.close()


def _environment(home: Path, origin: str, url: str, scale: float) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("BREAKWATER_") and name != "DATABASE_URL"
    }
    own = {"DATABASE_URL": url} if url else {}
    return {
        **kept,
        **own,
        "DJANGO_SETTINGS_MODULE": "breakwater.config.settings",
        "BREAKWATER_DATA": str(home / "data"),
        "BREAKWATER_TIME_SCALE": str(scale),
        "BREAKWATER_ALLOWED_ORIGINS": origin,
        "BREAKWATER_LOG_LEVEL": "warning",
    }


if __name__ == "__main__":
    main()
