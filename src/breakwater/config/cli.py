"""`breakwater <command>`."""


def main() -> None:
    raise SystemExit("breakwater: no command yet")
