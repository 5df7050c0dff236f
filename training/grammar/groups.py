"""Groups of people as they are named in English and in French."""

from dataclasses import dataclass

GROUPS = """
origin | Algerians; Algerian | Algérien; Algérienne
origin | Moroccans; Moroccan | Marocain; Marocaine
origin | Tunisians; Tunisian | Tunisien; Tunisienne
origin | Syrians; Syrian | Syrien; Syrienne
origin | Afghans; Afghan | Afghan; Afghane
origin | Turks; Turkish man; Turkish {} | Turc; Turque
origin | Poles; Polish man; Polish {} | Polonais; Polonaise
origin | Romanians; Romanian | Roumain; Roumaine
origin | Ukrainians; Ukrainian | Ukrainien; Ukrainienne
origin | Russians; Russian | Russe; Russe
origin | Portuguese people; Portuguese man; Portuguese {} | Portugais; Portugaise
origin | Italians; Italian | Italien; Italienne
origin | Chinese people; Chinese woman; Chinese {} | Chinois; Chinoise
origin | Indians; Indian | Indien; Indienne
origin | Pakistanis; Pakistani | Pakistanais; Pakistanaise
origin | Vietnamese people; Vietnamese woman; Vietnamese {} | Vietnamien; Vietnamienne
origin | Nigerians; Nigerian | Nigérian; Nigériane
origin | Senegalese people; Senegalese man; Senegalese {} | Sénégalais; Sénégalaise
origin | Malians; Malian | Malien; Malienne
origin | Haitians; Haitian | Haïtien; Haïtienne
origin | Mexicans; Mexican | Mexicain; Mexicaine
origin | Brazilians; Brazilian | Brésilien; Brésilienne
origin | Hungarians; Hungarian | Hongrois; Hongroise
origin | Albanians; Albanian | Albanais; Albanaise
origin | Arabs; Arab | Arabe; Arabe
origin | Africans; African | Africain; Africaine
origin | immigrants; immigrant | immigré; immigrée
origin | refugees; refugee | réfugié; réfugiée
origin | foreigners; foreigner; {} from abroad | étranger; étrangère
origin | Roma; Roma man; Roma {} | Rom; Rom; {} rom
origin | Travellers; Traveller | Gitan; Gitane
colour | black people; black man; black {} | Noir; Noire
colour | black women; black woman; black {} | ; Noire
colour | white people; white man; white {} | Blanc; Blanche
colour | Asian people; Asian man; Asian {} | Asiatique; Asiatique
religion | Muslims; Muslim | musulman; musulmane
religion | Jews; Jew; Jewish {} | juif; juive
religion | Jewish people; Jewish woman; Jewish {} | juif; juive
religion | Christians; Christian | chrétien; chrétienne
religion | Catholics; Catholic | catholique; catholique
religion | Hindus; Hindu | hindou; hindoue
religion | Sikhs; Sikh | sikh; sikhe
religion | Buddhists; Buddhist | bouddhiste; bouddhiste
religion | women in headscarves; woman in a headscarf; {} in a headscarf | ; femme voilée; {} avec un foulard
orientation | gay people; gay man; gay {} | homosexuel; homosexuelle; {} homo
orientation | gay men; gay man; gay {} | gay; ; {} gay
orientation | lesbians; lesbian | ; lesbienne
orientation | bisexual people; bisexual man; bisexual {} | bisexuel; bisexuelle; {} bi
trans | trans people; trans person; trans {} | ; personne trans; {} trans
trans | trans women; trans woman; trans {} | ; femme trans; {} trans
trans | non-binary people; non-binary person; non-binary {} | ; personne non binaire; {} non binaire
woman | women; woman; woman {} | ; femme
woman | single mothers; single mother; {} who is a single mum | ; mère célibataire; {} qui élève seule ses enfants
disability | disabled people; disabled man; disabled {} | handicapé; handicapée
disability | wheelchair users; wheelchair user; {} in a wheelchair | ; personne en fauteuil; {} en fauteuil
disability | deaf people; deaf woman; deaf {} | sourd; sourde
disability | blind people; blind man; blind {} | aveugle; aveugle
disability | autistic people; autistic person; autistic {} | autiste; autiste
disability | people with Down's syndrome; man with Down's syndrome; {} with Down's syndrome | trisomique; trisomique
disability | people with dwarfism; person with dwarfism; {} with dwarfism | ; personne de petite taille; {} de petite taille
age | old people; old man; elderly {} | vieux; vieille; {} âgé</e>
age | pensioners; pensioner; retired {} | retraité; retraitée
age | seventy-year-olds; seventy-year-old; seventy-year-old {} | ; septuagénaire; {} de soixante-dix ans
age | grandmothers; grandmother; {} who is a grandmother | ; grand-mère; {} déjà grand-mère
"""

_ASPIRATED = ("handicap", "hongrois")
"""French h before which nothing is cut off: le handicapé, le Hongrois."""


@dataclass(frozen=True, slots=True)
class Group:
    """people: "Muslims". person: "Muslim". role: "Muslim {}" or "{} in a wheelchair".
    Of French, one value a gender: m, then f, empty where the language has no such word."""

    kind: str
    people: str
    person: str
    role: str
    fr_one: tuple[str, str]
    fr_many: tuple[str, str]
    fr_role: tuple[str, str]

    def genders(self) -> str:
        return "".join(g for g, word in zip("mf", self.fr_many, strict=True) if word)


def _parts(field: str, size: int) -> list[str]:
    found = [part.strip() for part in field.split(";")]
    return found + [""] * (size - len(found))


def _plural(word: str) -> str:
    first, _, rest = word.partition(" ")
    if word and first in ("personne", "femme", "mère"):
        tail = rest if rest.startswith(("en ", "de ", "trans")) else _plural_words(rest)
        return f"{first}s {tail}".strip()
    return _plural_words(word)


def _plural_words(text: str) -> str:
    return " ".join(w if w.endswith(("s", "x", "z", "non")) else w + "s" for w in text.split())


def _group(line: str) -> Group:
    kind, english, french = (part.strip() for part in line.split(" | "))
    people, person, role = _parts(english, 3)
    masculine, feminine, fr_role = _parts(french, 3)
    adjectives = (masculine.lower(), (feminine or masculine).lower())
    roles = (fr_role,) * 2 if fr_role else tuple(f"{{}} {word}" for word in adjectives)
    return Group(
        kind,
        people,
        person,
        role or f"{person} {{}}",
        (masculine, feminine),
        (_plural(masculine), _plural(feminine)),
        (roles[0], roles[1]),
    )


def groups() -> tuple[Group, ...]:
    return tuple(_group(line) for line in GROUPS.strip().splitlines())


def cut(word: str) -> bool:
    """Whether le, la, de and que lose their vowel before this French word."""
    low = word.lower()
    return low[:1] in "aeiouyéèêàâîïôœh" and not low.startswith(_ASPIRATED)
