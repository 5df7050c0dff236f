"""Where advice comes from, and how strong that is: each line of the aid names one of these.

What was only remembered, and not read, is not in here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PRACTICE = "practice"  # what a practitioner recommends
THEORY = "theory"  # a framework that several groups tested
STUDIES = "studies"  # several studies
STUDY = "study"  # one study, or small ones
OFFICIAL = "official"  # a network's own help, or a law
OWN = "own"  # our own precaution: no study of it is known to us

STRENGTHS = (PRACTICE, THEORY, STUDIES, STUDY, OFFICIAL, OWN)


@dataclass(frozen=True)
class Source:
    """title: as published. url: an https address, "" where none is known that lasts."""

    title: str
    url: str = ""


SOURCES: Mapping[str, Source] = {
    "article": Source("Social Media Examiner: recovering from a negative social media update"),
    "coombs": Source(
        "Coombs 2007, Corporate Reputation Review 10:163-176",
        "https://doi.org/10.1057/palgrave.crr.1550049",
    ),
    "liao": Source(
        "Liao, Ye, Filieri, Du, Jiang 2024, Psychology & Marketing",
        "https://doi.org/10.1002/mar.22065",
    ),
    "theses": Source("Universiteit van Amsterdam, theses of 2016 (N = 164) and 2020 (N = 146)"),
    "incidentlake": Source("incidentlake.com 2026, on situational crisis communication"),
    "x_help": Source("X Help Centre: account compromised", "https://help.x.com/"),
    "gdpr": Source(
        "Regulation (EU) 2016/679, article 33", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"
    ),
    "formula": Source("ProQuest 2830963671, on what an apology has to say"),
    "breakwater": Source("Breakwater: docs/incidents.md"),
}
