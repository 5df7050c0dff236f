"""One scene in a process of its own: `python -m tests.chaos.scene '{"scene": "kills", …}'`.

It makes an installation in a temporary folder, runs the scenario, compares, and prints the tally
as the last line, JSON. Everything random comes from its seed.
"""

import importlib
import json
import os
import shutil
import sys
from contextlib import ExitStack
from random import Random
from time import monotonic
from typing import Any

import django

from tests.chaos.hands import Mother
from tests.chaos.setting import build


def main() -> None:
    """wish: scene, database, seed, scale, counts; module, where the scene is a variant of another;
    keep: 1 to leave the folder. A folder stays in any case when something broke or was found."""
    wish = json.loads(sys.argv[1])
    with ExitStack() as stack:
        tally, folder = run(wish, stack)
    sys.stdout.write(json.dumps(tally) + "\n")
    found = tally["lost_count"] + tally["twice_count"] + tally["wrong_count"]
    if found or wish.get("keep"):
        sys.stderr.write(f"{wish['scene']} on {wish['database']}: kept in {folder}\n")
    else:
        shutil.rmtree(folder, ignore_errors=True)


def run(wish: dict[str, Any], stack: ExitStack) -> tuple[dict[str, Any], str]:
    """The tally and the folder. What reads settings is imported once the environment is set."""
    begun = monotonic()
    random = Random(f"{wish['seed']} {wish['scene']} {wish['database']}")
    setting = build(wish["scene"], wish["database"], wish["scale"], stack, random)
    os.environ.clear()
    os.environ.update(setting.environment)
    django.setup()
    from breakwater.config.cli import dispatch
    from tests.chaos import stage as stages
    from tests.chaos import truth

    if dispatch(["migrate"]):
        raise RuntimeError("migrate failed")
    mother = Mother(setting.workers, setting.home / "workers.log")
    stack.callback(mother.close)
    stage = stages.Stage(
        setting.home, setting.origins, wish["scale"], random, mother,
        setting.cluster, setting.wires, setting.disks, setting.when,
    )  # fmt: skip
    tally = truth.Tally(wish["scene"], wish["database"], wish["seed"])
    scenario = importlib.import_module(f"tests.chaos.{wish.get('module', wish['scene'])}")
    scenario.run(stage, tally, wish["counts"])
    stage.dismiss()
    truth.compare(stage, tally)
    tally.whole_s = round(monotonic() - begun, 1)
    return tally.plain(), str(setting.home)


if __name__ == "__main__":
    main()
