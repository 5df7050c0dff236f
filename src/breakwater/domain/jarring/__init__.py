"""Words of a planned post that could hurt or look careless after a grave event."""

from breakwater.domain.jarring.events import Event, event_of, names_in_news
from breakwater.domain.jarring.hints import Hint, hints
from breakwater.domain.jarring.lists import CATEGORIES

__all__ = ["CATEGORIES", "Event", "Hint", "event_of", "hints", "names_in_news"]
