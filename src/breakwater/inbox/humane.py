"""What a person may begin from when somebody may be in danger: in the language that was written in, to
be changed by whoever sends it. Nothing sends it by itself."""

from collections.abc import Sequence

from breakwater.inbox.helplines import HELP, Line

AUTHOR = "author"
OTHER = "other"
"""To whoever may be in danger themself; to somebody who is afraid for another person."""
FIRST = 3
"""How many numbers stand in it: more would be in the way."""

_TEXTS: dict[str, dict[str, str]] = {
    "en": {
        AUTHOR: "Thank you for telling us. We are worried about you, and you do not have to go through "
        "this alone. Please talk to somebody now:\n{numbers}\nA person here is reading what you write.",
        OTHER: "Thank you for telling us; you are right not to keep this to yourself. Please stay in "
        "touch with them if you can, and call now, they also advise those who worry:\n{numbers}",
    },
    "fr": {
        AUTHOR: "Merci de nous l’avoir dit. Nous nous inquiétons pour vous, et vous n’avez pas à "
        "traverser cela sans personne. Parlez à quelqu’un maintenant\u00a0:\n{numbers}\nIci, une personne "
        "lit ce que vous écrivez.",
        OTHER: "Merci de nous l’avoir dit\u00a0; vous avez raison de ne pas garder cela pour vous. Restez "
        "en lien avec cette personne si vous le pouvez, et appelez maintenant, on y conseille aussi "
        "les proches\u00a0:\n{numbers}",
    },
    "de": {
        AUTHOR: "Danke, dass Sie uns das schreiben. Wir machen uns Sorgen um Sie, und Sie müssen da "
        "nicht allein durch. Bitte sprechen Sie jetzt mit jemandem:\n{numbers}\nHier liest ein Mensch, "
        "was Sie schreiben.",
        OTHER: "Danke, dass Sie uns das schreiben; es ist richtig, das nicht für sich zu behalten. "
        "Bleiben Sie wenn möglich in Kontakt und rufen Sie jetzt an, auch Angehörige werden dort "
        "beraten:\n{numbers}",
    },
    "es": {
        AUTHOR: "Gracias por contárnoslo. Nos preocupa cómo está, y no tiene que pasar por esto a "
        "solas. Por favor, hable con alguien ahora:\n{numbers}\nAquí una persona lee lo que escribe.",
        OTHER: "Gracias por contárnoslo; hace bien en no guardárselo. Siga en contacto con esa persona "
        "si puede, y llame ahora, también orientan a quienes se preocupan:\n{numbers}",
    },
    "it": {
        AUTHOR: "Grazie per avercelo detto. Siamo in pensiero per lei, e non deve affrontare tutto "
        "questo in solitudine. Parli subito con qualcuno:\n{numbers}\nQui una persona legge ciò che "
        "scrive.",
        OTHER: "Grazie per avercelo detto; fa bene a non tenerlo per sé. Resti in contatto con questa "
        "persona se può, e chiami subito, danno consigli anche a chi è preoccupato:\n{numbers}",
    },
    "nl": {
        AUTHOR: "Dank u dat u ons dit vertelt. We maken ons zorgen om u, en u hoeft dit niet alleen "
        "te doen. Praat nu met iemand:\n{numbers}\nHier leest een mens wat u schrijft.",
        OTHER: "Dank u dat u ons dit vertelt; het is goed dat u het niet voor u houdt. Blijf als het "
        "kan in contact, en bel nu, ook naasten krijgen er raad:\n{numbers}",
    },
}  # fmt: skip


def draft(to: str, language: str, lines: Sequence[Line], *, otherwise: str) -> str:
    """to: AUTHOR or OTHER. language: ISO 639, of the message; otherwise: the one to take where there
    is no text in it."""
    short = language.partition("-")[0]
    texts = _TEXTS.get(short) or _TEXTS.get(otherwise) or _TEXTS["en"]
    numbers = [f"{one.number} · {one.name}" for one in lines if one.kind == HELP and one.number]
    return texts[to].replace("{numbers}", "\n".join(numbers[:FIRST]))
