"""Compiles each .po that is named into the .mo beside it. Needs no gettext, only polib."""

import sys

import polib


def main(paths: list[str]) -> int:
    for path in paths:
        polib.pofile(path, check_for_duplicates=True).save_as_mofile(
            f"{path.removesuffix('.po')}.mo"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
