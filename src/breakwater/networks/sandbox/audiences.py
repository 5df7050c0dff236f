"""Who can be meant by a post of the harbour, in the words of the account's language."""

from collections.abc import Mapping

AUDIENCES: Mapping[str, Mapping[str, str]] = {
    "everybody": {"en": "Everybody in the harbour", "fr": "Tout le port"},
    "crew": {"en": "The crew", "fr": "L’équipage"},
    "regulars": {"en": "The regulars of the quay", "fr": "Les habitués du quai"},
}


def named(language: str) -> list[dict[str, str]]:
    """Value and label of each, in their order."""
    return [
        {"value": value, "label": names.get(language, names["en"])}
        for value, names in AUDIENCES.items()
    ]
