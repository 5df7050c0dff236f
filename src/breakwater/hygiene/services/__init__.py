"""What changes the record of who can get into an account, and how well it is locked."""

from breakwater.hygiene.services.declaring import (
    add_holder,
    declare,
    end_holder,
    note_drill,
)
from breakwater.hygiene.services.reminding import remind

__all__ = ["add_holder", "declare", "end_holder", "note_drill", "remind"]
