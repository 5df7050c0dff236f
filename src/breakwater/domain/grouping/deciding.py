"""Which topic or subject a text belongs to, given what the other texts say.

A count matters by its power of two: so a text is looked at again only when a count has doubled,
and what is decided follows from the texts that are there, whatever their order.
"""

from breakwater.domain.grouping.burst import Burst
from breakwater.domain.grouping.reading import Reading
from breakwater.domain.grouping.topics import lexicon

CONFIRMED = 3
"""A hint is taken for a topic of which at least 2 ** (CONFIRMED - 1) other texts are certain."""
TOPIC = "topic:"
WORD = "word:"


class Decisions:
    """Grows with the texts it was given."""

    def __init__(self) -> None:
        self.burst = Burst()
        self.readings: dict[int, Reading] = {}
        self.key_of: dict[int, str | None] = {}
        self._support: dict[str, int] = {}
        self._leaning: dict[str, set[int]] = {}
        self._touched: set[int] = set()
        self._words: set[str] = set()

    def add(self, text: int, reading: Reading) -> None:
        self.readings[text] = reading
        self._touched.add(text)
        if reading.certain:
            self._counted(reading.certain, 1)
            self._noted(reading, 1)
            return
        for topic in reading.leaning:
            self._leaning.setdefault(topic, set()).add(text)
        if reading.terms:
            self.burst.add(text, reading.terms)
            self._words |= {term.word for term in reading.terms}

    def remove(self, text: int) -> None:
        reading = self.readings.pop(text)
        self.key_of.pop(text, None)
        self._touched.discard(text)
        if reading.certain:
            self._counted(reading.certain, -1)
            self._noted(reading, -1)
            return
        for topic in reading.leaning:
            self._leaning[topic].discard(text)
        if reading.terms:
            self.burst.remove(text)
            self._words |= {term.word for term in reading.terms}

    def settle(self) -> dict[int, str | None]:
        """Text -> its key, for those whose key is another one than before."""
        self._touched |= self.burst.settle(self._words)
        self._words = set()
        changed: dict[int, str | None] = {}
        for text in self._touched:
            key = self._decided(text)
            if text not in self.key_of or self.key_of[text] != key:
                self.key_of[text] = changed[text] = key
        self._touched = set()
        return changed

    def _decided(self, text: int) -> str | None:
        reading = self.readings[text]
        if reading.certain:
            return TOPIC + reading.certain
        if reading.strong:
            return TOPIC + self._likeliest(reading.strong)
        name = self.burst.subject(text, names=True)
        if name:
            return WORD + name
        if reading.reactions:
            return TOPIC + reading.reactions[0]
        hinted = [topic for topic in reading.weak if self._weight(topic) >= CONFIRMED]
        if hinted:
            return TOPIC + self._likeliest(hinted)
        subject = self.burst.subject(text, names=False)
        return WORD + subject if subject else None

    def _noted(self, reading: Reading, by: int) -> None:
        words = [term.word for term in reading.terms]
        self.burst.note(words, reading.strong[0], by)
        self._words.update(word for word in words if word in self.burst.postings)

    def _likeliest(self, topics: tuple[str, ...] | list[str]) -> str:
        """The one that most texts are certain of; of equal ones the first of the lexicon."""
        return max(topics, key=self._weight)

    def _weight(self, topic: str) -> int:
        return self._support.get(topic, 0).bit_length()

    def _counted(self, topic: str, by: int) -> None:
        before = self._weight(topic)
        self._support[topic] = self._support.get(topic, 0) + by
        if self._weight(topic) != before:
            self._touched |= self._leaning.get(topic, set())


def label_of(key: str, language: str) -> str | None:
    """What the lexicon calls the topic of a group; None for a group without one."""
    topic = lexicon().topics.get(key.removeprefix(TOPIC)) if key.startswith(TOPIC) else None
    return topic.label.get(language, topic.label["en"]) if topic else None
