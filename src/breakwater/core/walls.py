"""Wall times and zones as people write them, in the language in use."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from breakwater.core.dates import dated

WALLS = ("wall", "asked", "effective")


def zone_word(name: str) -> str:
    """A zone as people say it: "Paris time"."""
    if name in ("UTC", "Etc/UTC"):
        return "UTC"
    return _("%(city)s time") % {"city": name.split("/")[-1].replace("_", " ")}


def readable(data: Mapping[str, object]) -> dict[str, object]:
    """`data` of a sentence. Under the keys WALLS an ISO time becomes a day and an hour, and the
    zone beside it becomes a word; what is no time stays as it is."""
    walls = {name: _wall(data[name]) for name in WALLS if data.get(name)}
    zone = data.get("zone")
    named = {"zone": zone_word(zone)} if walls and isinstance(zone, str) else {}
    return {**data, **walls, **named}


def _wall(said: object) -> object:
    try:
        return dated(datetime.fromisoformat(str(said)), "DATETIME_FORMAT")
    except ValueError:
        return said
