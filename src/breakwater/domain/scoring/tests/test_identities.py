"""The list of identity words: whole, in the scorer's spelling, and free of slurs."""

import csv
import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from breakwater.domain.scoring.identities import EVERYDAY, IDENTITIES, LANGUAGES, TERMS, parsed
from breakwater.domain.scoring.normal import bare, plain

SHARED = Path(__file__).resolve().parents[6] / "shared" / "data" / "scoring" / "lexicons"
SLURS = (
    "chinetoque", "bougnoule", "bicot", "negre", "negresse", "youpin", "youtre", "feuj de merde", "rital",
    "boche", "portos", "romanichel", "niakoue", "bridé", "pede", "pedale", "tapette", "tarlouze", "gouine",
    "travelo", "mongol", "gogol", "attarde", "cassos", "grognasse", "salope", "pute", "bounty", "bamboula",
    "nigger", "nigga", "faggot", "fag", "dyke", "tranny", "kike", "chink", "spic", "wetback", "gook",
    "paki", "raghead", "retard", "cripple", "spastic", "midget", "gypsy", "gyp", "squaw", "bitch", "whore",
)  # fmt: skip
SAID_PLAINLY = {
    "gros": "fat, and half of all parcels",
    "gosse": "a child, but in Québec",
    "meuf": "a woman, in verlan",
    "slave": "Slavic, in French",
}
"""In a list of insults, and not one."""
ONE_FOR_BOTH = frozenset(
    [
        "ado",
        "afro",
        "alsaco",
        "amazigh",
        "asperger",
        "babtou",
        "bambara",
        "beur",
        "bi",
        "black",
        "bobo",
        "boomer",
        "catho",
        "cefran",
        "chti",
        "chtimi",
        "dalit",
        "dz",
        "expat",
        "feuj",
        "gay",
        "genderfluid",
        "gwada",
        "handi",
        "hetero",
        "hutu",
        "iel",
        "islam",
        "kanak",
        "keubla",
        "lgbt",
        "lgbtq",
        "lgbtqia",
        "millennial",
        "muslim",
        "pendjabi",
        "peulh",
        "pmr",
        "queer",
        "quinqua",
        "rastafari",
        "renoi",
        "reubeu",
        "rocain",
        "roma",
        "sdf",
        "senior",
        "senoufo",
        "tdah",
        "touareg",
        "toubab",
        "tutsi",
        "zoomer",
        "blanc",
        "chaoui",
        "latino",
        "rom",
    ]
)
"""Said of women and men alike, or with a feminine of its own: blanche, chaouia, latina, romni."""
OF_ONE_SEX = frozenset(
    [
        "chaouia",
        "enfant",
        "garcon",
        "hebreu",
        "keum",
        "latina",
        "maman",
        "mamy",
        "mec",
        "meuf",
        "monsieur",
        "nana",
        "papa",
        "papi",
        "papy",
        "romni",
    ]
)
FEMININE = {"er$": "ere", "eux$": "euse", "eur$": "euse", "c$": "que", "f$": "ve", "$": "e"}
ENDINGS = ("ne", "le", "te", "se", "que")
ONE_ALONE = frozenset(
    [
        "altersexuelle",
        "asperger",
        "bi",
        "blondinette",
        "chaouia",
        "dyslexie",
        "dyspraxie",
        "genderfluid",
        "grossophobie",
        "homosexualite",
        "islam",
        "lgbt",
        "lgbtq",
        "lgbtqia",
        "monsieur",
        "pmr",
        "queer",
        "roma",
        "sdf",
        "tdah",
        "transidentite",
        "trisomie",
    ]
)
"""What has no plural, or is one; or whose plural some list has among insults (queers)."""


def groups(language: str) -> dict[str, set[str]]:
    found = defaultdict(set)
    for form in IDENTITIES.forms[language]:
        found[TERMS[form]].add(form)
    return found


def plurals(form: str) -> set[str]:
    return {
        f"{form}s",
        f"{form}x",
        f"{form}es",
        re.sub(r"al$", "aux", form),
        re.sub(r"y$", "ies", form),
        re.sub(r"man$", "men", form),
        re.sub(r"(person|woman|man)\b", "people", form),
        re.sub(r"^(\w+)", r"\1s", form),
        re.sub(r"^(\w+) (\w+)", r"\1s \2s", form),
    } - {form}


def test_there_are_many_of_many_groups() -> None:
    assert len(set(TERMS.values())) >= 200
    assert len(TERMS) >= 2_200
    assert TERMS.keys() >= EVERYDAY
    assert len(EVERYDAY) < len(TERMS) / 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_group_has_words_in_each_language(language: str) -> None:
    assert groups(language).keys() == set(TERMS.values())


def test_every_form_is_written_as_the_scorer_reads_it() -> None:
    assert [form for form in TERMS if plain(form) != form] == []


def test_no_form_of_letters_alone_looks_disguised() -> None:
    assert [form for form in TERMS if form.isalpha() and bare(form) != form] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_group_has_one_and_many(language: str) -> None:
    lacking = {
        group
        for group, forms in groups(language).items()
        if not any(forms & plurals(form) for form in forms)
    }

    assert lacking == set()


def test_each_french_word_has_its_feminine() -> None:
    forms = IDENTITIES.forms["fr"]
    words = {one for one in forms if one.isalpha() and not one.endswith(("e", "es", "s", "x"))}

    lacking = {
        one
        for one in words
        if not ({re.sub(end, new, one) for end, new in FEMININE.items()} - {one}) & forms
        and not any(one + end in forms for end in ENDINGS)
    }

    assert lacking == (ONE_FOR_BOTH | OF_ONE_SEX) & lacking
    assert len(words) > 200


def test_each_french_word_has_its_plural() -> None:
    forms = IDENTITIES.forms["fr"]
    words = {one for one in forms if one.isalpha() and not one.endswith(("s", "x", "z", "isme"))}

    lacking = {
        one
        for one in words
        if not {f"{one}s", f"{one}x", re.sub("al$", "aux", one)} & forms - {one}
    }

    assert lacking <= ONE_ALONE


@pytest.mark.parametrize("form", SLURS)
def test_a_slur_is_not_in_it(form: str) -> None:
    assert plain(form) not in TERMS


@pytest.mark.skipif(not SHARED.exists(), reason="the lexicons are not beside this checkout")
def test_no_list_of_insults_has_any_of_it() -> None:
    told = set()
    for name in ("index.json", "fr.json"):
        rated = json.loads((SHARED / "lex_cuss" / name).read_text("utf-8"))
        told |= {word for word, sure in rated.items() if sure == 2}
    for path in ("lex_fr/list.txt", "lex_ldnoobw/en", "lex_ldnoobw/fr"):
        told |= set((SHARED / path).read_text("utf-8").splitlines())
    with (SHARED / "surge_profanity" / "profanity_en.csv").open(encoding="utf-8") as file:
        told |= {row["text"] for row in csv.DictReader(file)}

    assert len(told) > 4_000
    assert {plain(word) for word in told} & TERMS.keys() == set(SAID_PLAINLY)


@pytest.mark.parametrize(
    ("form", "group"),
    [
        ("juive", "religion/jewish"),
        ("feuj", "religion/jewish"),
        ("musulmanes", "religion/muslim"),
        ("rebeus", "origin/arab"),
        ("renoi", "colour/black"),
        ("babtou", "colour/white"),
        ("meufs", "gender/women"),
        ("lesbienne", "orientation/lesbian"),
        ("queer", "orientation/queer"),
        ("gitane", "origin/roma"),
        ("roms", "origin/roma"),
        ("handicapee", "disability/disabled"),
        ("sourd-muet", "disability/deaf"),
        ("boomer", "age/old"),
        ("african american", "colour/black"),
        ("refugees", "migration/immigrant"),
        ("black teenager", "colour/black"),
        ("white families", "colour/white"),
        ("deaf community", "disability/deaf"),
        ("old lady", "age/old"),
        ("famille noire", "colour/black"),
        ("jeunes filles", "age/young"),
        ("vieux monsieur", "age/old"),
        ("collegues trans", "gender/trans"),
    ],
)
def test_who_is_named(form: str, group: str) -> None:
    assert TERMS[form] == group


@pytest.mark.parametrize("form", ["black", "white", "gros", "vieux", "noir", "rousse", "straight"])
def test_a_word_that_is_said_of_things_is_marked(form: str) -> None:
    assert form in EVERYDAY


@pytest.mark.parametrize("form", ["femme", "juif", "gay", "musulman", "autiste", "women"])
def test_a_word_that_is_said_of_people_alone_is_not(form: str) -> None:
    assert form in TERMS
    assert form not in EVERYDAY


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (["en: jew"], "line 1"),
        (["[a/b]", "de: jude"], "line 2"),
        (["[a/b]", "en: jew,, jews"], "line 2"),
        (["[a/b]", "en: jew", "", "[c/d]", "en: jew"], "'jew' is in a/b already"),
        (["en *: man", "[a/b]", "fr: noir *"], r"line 3: .* has \*: one may be"),
        (["en *: man", "[a/b]", "en: * and *"], r"line 3: .* has \* and \*: one may be"),
        (["en *: man", "[a/b]", "en: ~*x noir"], r"line 3: .* has \*x: one may be"),
        (["en *: man,, men"], "line 1"),
        (["de *: mann"], "line 1"),
        (["[a/b]", "en jew: jews"], "line 2"),
        (["[a/b]", "en *: man"], "line 2"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused(lines: list[str], wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        parsed(lines)


def test_a_star_stands_for_each_word_of_its_name_in_that_language() -> None:
    lines = [
        "en *: man, men",
        "en *: girl",
        "fr *f: femme",
        "[colour/black]",
        "en: ~black, black *",
        "fr: *f noire, ~*f brune",
    ]

    read = parsed(lines)

    assert read.forms["en"] == {"black", "black man", "black men", "black girl"}
    assert read.forms["fr"] == {"femme noire", "femme brune"}
    assert read.everyday == {"black", "femme brune"}
