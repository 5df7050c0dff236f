"""Facts of an incident that can be shared: times, counts, digests. No text, no names of people."""

from breakwater.evidence.models import Capture
from breakwater.incidents.models import Incident
from breakwater.incidents.selectors import subjects


def sealed(incident: Incident) -> list[Capture]:
    """Its sealed captures, in the order of the chain."""
    rows = Capture.objects.filter(incident=incident.pk, state="sealed").select_related("channel")
    return list(rows.order_by("number"))


def lines(incident: Incident) -> list[str]:
    """Plain lines in English, ISO times in UTC: made to be checked by others, whatever they speak."""
    posts = subjects(incident)
    captures = {one.pk: one for one in sealed(incident)}
    first = [
        f"incident {incident.number}",
        f"began {incident.began_at:%Y-%m-%dT%H:%M:%SZ}",
        f"noticed {incident.noticed_at:%Y-%m-%dT%H:%M:%SZ}",
        f"posts {len(posts)}",
    ]
    found = []
    for one in posts:
        capture = captures.get(one.capture) if one.capture else None
        parts = [one.channel.network, one.remote_id]
        if one.at is not None:
            parts.append(f"posted {one.at:%Y-%m-%dT%H:%M:%SZ}")
        if capture is not None and capture.taken_at is not None:
            parts.append(f"sealed {capture.taken_at:%Y-%m-%dT%H:%M:%SZ}")
            parts.append(f"sha256 {capture.manifest_digest}")
        found.append("  ".join(parts))
    return [*first, *found]
