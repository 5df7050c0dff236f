"""SQLite's index finds what the law of searches says, whatever is looked for."""

import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.matching.analyser import words
from breakwater.domain.matching.grammar import parse
from breakwater.domain.matching.indexes import fts5, indexed
from breakwater.domain.matching.query import All, Document, Either, Mark, Query, has

MARKS = ("lang", "from")
EVERY = Either((Mark("lang", "en"), Mark("lang", "fr")))


def document(text: str, **marks: str) -> Document:
    return Document(tuple(words(text)), {name: frozenset([v]) for name, v in marks.items()})


_WORD = st.sampled_from(
    [
        "late",
        "parcel",
        "été",
        "l'heure",
        "don't",
        "OR",
        "colis",
        "fr",
        "😀",
        "กำลัง",
        "हिन्दी",
        "東京タワー",
        "Ⴀ",
    ]
)
_TEXT = st.lists(_WORD, max_size=12).map(" ".join)
_QUERY = st.recursive(
    st.one_of(
        st.sampled_from(
            [
                "late",
                "ete",
                "par*",
                '"late parcel"',
                "lang:fr",
                "l'heure",
                "col*",
                "กำ*",
                "हिन्दी",
                "東京",
            ]
        ),
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} -{two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"(-{two[0]} OR {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"(-{two[0]} -{two[1]})"),
        inner.map(lambda one: f"-(-{one})"),
    ),
    max_leaves=5,
)


@given(query=_QUERY, texts=st.lists(_TEXT, min_size=1, max_size=6))
def test_an_index_finds_what_the_law_says(query: str, texts: list[str]) -> None:
    parsed: Query = All((EVERY, parse(f"tide ({query})", MARKS)))
    documents = [
        document(f"{text} tide" if n % 3 else text, lang="fr" if n % 2 else "en")
        for n, text in enumerate(texts)
    ]
    index = sqlite3.connect(":memory:")
    index.execute(
        "CREATE VIRTUAL TABLE found USING fts5(words, tokenize = \"unicode61 remove_diacritics 0 tokenchars '_'\")"
    )
    index.executemany(
        "INSERT INTO found(rowid, words) VALUES (?, ?)",
        [(n, indexed(one)) for n, one in enumerate(documents)],
    )

    rows = index.execute("SELECT rowid FROM found WHERE found MATCH ?", [fts5(parsed, EVERY)])

    assert {n for (n,) in rows} == {n for n, one in enumerate(documents) if has(one, parsed)}
