"""Groups in memory outlive a restart: packed into a row, and back."""

import json
import zlib
from collections.abc import Iterable
from uuid import UUID

from breakwater.domain.grouping.groups import Groups
from breakwater.domain.grouping.state import restored, saved
from breakwater.inbox.models import PileState
from breakwater.inbox.services.heaps import Heap

_QUICK = 1  # signatures are random bytes: more work makes them no smaller


def save(heap: Heap) -> None:
    """As it is now."""
    plain = {"groups": saved(heap.groups), "prints": list(heap.prints.items())}
    packed = zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), _QUICK)
    PileState.objects.update_or_create(workspace_id=heap.workspace_id, defaults={"packed": packed})
    heap.changed = False


def load(workspace_id: UUID, own: Iterable[str]) -> Heap:
    """As it was saved; empty where there is nothing, or nothing that can be read: then it is made
    of the messages again. own: the brand's names."""
    row = PileState.objects.filter(pk=workspace_id).first()
    try:
        plain = json.loads(zlib.decompress(bytes(row.packed))) if row else None
        if plain is not None:
            prints = {int(pk): int(seen) for pk, seen in plain["prints"]}
            heap = Heap(workspace_id, restored(plain["groups"]), prints=prints)
            heap.touch_all()
            return heap
    except (ValueError, KeyError, TypeError, zlib.error):
        pass  # another version's, or damaged: the messages are all there
    return Heap(workspace_id, Groups(own=own))
