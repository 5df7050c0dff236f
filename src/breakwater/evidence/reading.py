"""What was kept, to be shown to a person who asked for it: an exposure, and a fact."""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from breakwater.evidence import vault
from breakwater.evidence.models import Capture
from breakwater.evidence.services.exporting import SEEN, note_look
from breakwater.people.selectors import Access
from breakwater.wellbeing.services import expose

_WHAT = "text"


@dataclass(frozen=True)
class Shown:
    """Of one package: words, and what its media are. A picture is shown nowhere: it is handed out.

    manifest: as it was sealed. post, comments: as the network's interface answered.
    """

    manifest: dict[str, Any]
    post: dict[str, Any]
    comments: list[dict[str, Any]]
    media: list[dict[str, Any]]


def look_at(
    by: Access, capture: Capture, *, request: UUID, via: str = "page", now: datetime
) -> Shown:
    """request: of the click. Raises: Forbidden; NotFound("evidence_shredded"); SealBroken."""
    package = vault.package(capture)
    with transaction.atomic():
        note_look(by, capture, SEEN, via=via, now=now)
        expose(by, _WHAT, f"capture:{capture.pk}", rank=0, request=request, now=now)
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        names = set(opened.namelist())

        def told(name: str, empty: Any) -> Any:
            path = f"items/{name}.json"
            return json.loads(opened.read(path)) if path in names else empty

        manifest = json.loads(opened.read("manifest.json"))
        post, comments = told("post", {}), told("comments", [])
    media = [one for one in manifest["items"] if "mime" in one]
    return Shown(manifest, post, comments, media)
