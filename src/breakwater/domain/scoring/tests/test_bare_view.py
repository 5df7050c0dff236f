"""Words that are written so as to be read, but not found."""

import pytest

from breakwater.domain.scoring.normal import bare, plain


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("b1tch, s4l0p3, m3rd3, 3ncul3", "bitch, salope, merde, encule"),
        ("1diot 1oser b1ack k1ll sa1e", "idiot loser black kill sale"),
        ("a$$hole @sshole b@tard M€RDE sh!t", "asshole asshole batard merde shit"),
        ("n1gg3r p3d3 c0n pu7e 5alope id|ot", "nigger pede con pute salope idiot"),
        ("merd3, salop3!!", "merde, salope!!"),
    ],
)
def test_digits_and_signs_that_stand_for_letters_are_read(text: str, view: str) -> None:
    assert bare(plain(text)) == view


@pytest.mark.parametrize(
    "text",
    [
        "10h30, 24h/24 et 7j/7", "le 12/03/2024 a 14:05", "2024-03-12T14:05", "12,50€ ou $100, 5$", "5km 50ml 4x4 3d",
        "1er 2nd 3rd 4th 1ere 3eme 5ieme 21e", "cmd4500a ord-12345-ab fr0123456", "iphone15 ps5 mp3 html5 covid19 rtx4090",
        "3euros 10ans 5jours 2semaines 4people", "gr8 l8r b4 2day", "saison3 s01e05 top10", "taille 38 xxl 3xl", "50cent 9gag 7up",
        "a4 u2 h2o co2 g20", "con!! vraiment !", "07 12 34 56 78", "1.2.3", "c'est 5 sur 10",
    ],
)  # fmt: skip
def test_what_counts_something_is_left_alone(text: str) -> None:
    view = plain(text)

    assert bare(view) is view


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("espece d' i d i o t", "espece d' idiot diot"),
        ("gros c o n va", "gros con va"),
        ("c o n: (c o n)", "con: (con)"),
        ("i.d.i.o.t i-d-i-o-t i_d_i_o_t i/d/i/o/t", "idiot idiot idiot idiot"),
        ("F. D. P", "fdp"),
        ("b * i * t * c * h", "bitch"),
        ("what a b i t c h", "what abitch bitch"),
    ],
)
def test_single_letters_are_one_word(text: str, view: str) -> None:
    assert bare(plain(text)) == view


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("id.iot sal,ope co_nnard con~nard pu`te", "idiot salope connard connard pute"),
        ("co-nn-ar-d", "connard"),
        ("sal'ope", "salope"),
        ("les étudiant·e·s musulman.e.s", "les etudiantes musulmanes"),
        ("je_suis_con", "je suis con"),
        ("f#ck c•n", "f*ck c*n"),
        ("f*ck, c*nnard, f**k", "f*ck, c*nnard, f**k"),
    ],
)
def test_signs_within_words_are_not_read(text: str, view: str) -> None:
    assert bare(plain(text)) == view


@pytest.mark.parametrize(
    "text",
    [
        "aujourd'hui, jusqu'alors, qu'elle, l'homme, t'es", "you're don't y'all o'clock rock'n'roll", "peut-etre y a-t-il va-t-en dit-il",
        "gros-con sous-merde c'est-a-dire vis-a-vis", "amazon.fr sav@ gouv.fr", "il y a t il", "r&b, at&t, h&m", "e.g. this",
        "phrase finie.Merci beaucoup", "un ami(e)", "http c'est tout", "j'ai a y aller",
    ],
)  # fmt: skip
def test_what_is_written_so_is_left_alone(text: str) -> None:
    view = plain(text)

    assert bare(view) is view


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("fuuuuuck idiooot", "fuck idiot"),
        ("connnnard connaaaard putttte", "connard connard pute"),
        ("assssss asshoooole buuuullshit", "ass asshole bullshit"),
        ("cool, belle, addition", "cool, belle, addition"),
        ("XXX hmmm viii aaaa", "xxx hm viii aaa"),
    ],
)
def test_letters_drawn_out_come_once_or_as_the_word_has_them(text: str, view: str) -> None:
    assert bare(plain(text)) == view
