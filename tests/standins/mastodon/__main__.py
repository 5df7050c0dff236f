"""The stand-in by itself: prints its address and serves until Ctrl-C."""

import contextlib
import sys
import threading

from tests.standins.mastodon import MastodonStandin, serving

if __name__ == "__main__":
    with serving(MastodonStandin(), int(sys.argv[1]) if sys.argv[1:] else 0) as running:
        sys.stdout.write(f"{running.origin}\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
