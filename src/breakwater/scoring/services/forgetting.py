"""What is kept of strangers' texts is gone, once the texts themselves have to go."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from breakwater.scoring.models import Correction, KeptText, SecondOpinion
from breakwater.scoring.texts import hash_of

_BATCH = 500


def forget_texts(workspace_id: UUID, texts: Iterable[str]) -> int:
    """Neither a kept text of a correction nor a second opinion is left of these; how many rows went.
    That somebody corrected a score stays, without the words, and teaches nothing from now on. Inside the deed's transaction."""
    hashes = sorted({hash_of(workspace_id, text) for text in texts if text})
    batches = (hashes[first : first + _BATCH] for first in range(0, len(hashes), _BATCH))
    return sum(_forget(workspace_id, some) for some in batches)


def _forget(workspace_id: UUID, hashes: Sequence[str]) -> int:
    kept = KeptText.objects.filter(
        correction__workspace_id=workspace_id, correction__text_hash__in=hashes
    )
    asked = SecondOpinion.objects.filter(workspace_id=workspace_id, text_hash__in=hashes)
    said = Correction.objects.filter(workspace_id=workspace_id, text_hash__in=hashes)
    said.exclude(lesson=None).update(lesson=None)
    return int(kept.delete()[0] + asked.delete()[0])
