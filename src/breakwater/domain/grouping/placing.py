"""Where each text stands: a family goes together, to where most of its texts belong."""

from collections import Counter
from collections.abc import Collection, Mapping, Sized

from breakwater.domain.grouping.families import Families

COPIES = "copies:"
_Keys = Mapping[int, str | None]


class Places:
    """Groups by id and their texts. Grows with the texts it was given."""

    def __init__(self) -> None:
        self.group_of: dict[int, str] = {}
        self.members: dict[str, dict[int, None]] = {}
        self._votes: dict[int, Counter[str]] = {}
        self._voted: dict[int, tuple[int, str]] = {}
        self._existed: dict[str, bool] = {}

    def settle(
        self,
        touched: Collection[int],
        families: Families,
        keys: _Keys,
        texts: Mapping[int, Sized],
    ) -> dict[int, str | None]:
        """Text -> its group before, for the texts whose group is another one now. touched: texts
        that came, went, moved or changed. texts: those there are, with their messages."""
        asked: dict[int, dict[int, None]] = {}
        for text in touched:
            family = families.of.get(text)
            self._vote(text, family, keys.get(text), asked)
            if family is not None:
                asked.setdefault(family, {})[text] = None
        before: dict[int, str | None] = {}
        for text in touched:
            if text not in texts:
                self._put(text, None, before)
        for family, here in asked.items():
            if family in families.members:
                group = self._chosen(family, families.members[family], texts)
                self._settle_family(families.members[family], group, here, before)
        return before

    def changed(self) -> tuple[frozenset[str], frozenset[str]]:
        """The groups that opened and those that closed since this was last asked."""
        was, self._existed = self._existed, {}
        opened = frozenset(one for one, there in was.items() if not there and one in self.members)
        closed = frozenset(one for one, there in was.items() if there and one not in self.members)
        return opened, closed

    def _settle_family(
        self,
        members: Collection[int],
        group: str | None,
        touched: Collection[int],
        before: dict[int, str | None],
    ) -> None:
        """All go when the family goes; otherwise only those that are not where it is."""
        other = next((text for text in members if text not in touched), None)
        moved = other is not None and self.group_of.get(other) != group
        for text in members if moved else touched:
            self._put(text, group, before)

    def _chosen(
        self, family: int, members: Collection[int], texts: Mapping[int, Sized]
    ) -> str | None:
        votes = self._votes.get(family)
        if votes:
            return max(votes, key=lambda key: (votes[key].bit_length(), key))
        if len(members) > 1 or any(len(texts[text]) > 1 for text in members):
            return f"{COPIES}{family:x}"
        return None

    def _vote(
        self, text: int, family: int | None, key: str | None, asked: dict[int, dict[int, None]]
    ) -> None:
        vote = (family, key) if family is not None and key is not None else None
        was = self._voted.pop(text, None)
        if vote:
            self._voted[text] = vote
            self._votes.setdefault(vote[0], Counter())[vote[1]] += 1
        if was:
            asked.setdefault(was[0], {})
            votes = self._votes[was[0]]
            votes[was[1]] -= 1
            if not votes[was[1]]:
                del votes[was[1]]
            if not votes:
                del self._votes[was[0]]

    def _put(self, text: int, group: str | None, before: dict[int, str | None]) -> None:
        was = self.group_of.get(text)
        if was == group:
            return
        before.setdefault(text, was)
        for one in (was, group):
            if one is not None:
                self._existed.setdefault(one, one in self.members)
        if was is not None:
            del self.group_of[text]
            del self.members[was][text]
            if not self.members[was]:
                del self.members[was]
        if group is not None:
            self.group_of[text] = group
            self.members.setdefault(group, {})[text] = None
