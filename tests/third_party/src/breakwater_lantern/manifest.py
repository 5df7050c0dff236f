"""What Lantern can. Data only."""

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import (
    Answer,
    AuthKind,
    Can,
    Capability,
    Field,
    Form,
    Limits,
    Manifest,
)

_SOURCE, _READ_ON = "https://lantern.example/manual", "2026-11-28"
_YES = Capability(Answer.YES, _SOURCE, _READ_ON)
_NO = Capability(Answer.NO, _SOURCE, _READ_ON, "A board has nothing of the kind.")

MANIFEST = Manifest(
    slug="lantern",
    name="Lantern",
    auth=AuthKind.PASSWORD,
    fields=(Field("key", "Key of the board", secret=True),),
    can={
        **dict.fromkeys(Can, _NO),
        **dict.fromkeys((Can.PUBLISH, Can.READ_BACK, Can.DELETE, Can.TIMELINE), _YES),
    },
    guarantee=Guarantee.LASTING_KEY,
    limits=Limits(
        text=Counting(Unit.GRAPHEMES, 200),
        pictures=0,
        picture_bytes=0,
        picture_pixels=0,
        picture_types=(),
        alt_characters=0,
        source=_SOURCE,
        read_on=_READ_ON,
    ),
    forms=(Form("text", "Text", text_needed=True),),
    default_origin="https://lantern.example",
    one_server=True,
)
