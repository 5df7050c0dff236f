"""Texts for the laws: what people write, and what is written to get past a filter."""

from hypothesis import strategies as st

WORDS = (
    "idiot", "connard", "Tu", "es", "un", "a", "y", "con", "été", "d’accord", "c'est", "s4l0p3", "b1tch",
    "f*ck", "sh!t", "a$$", "i d i o t", "i.d.i.o.t", "fuuuuck", "10h30", "12,50€", "peut-être", "@ann",
    "@@bob@mastodon.social", "ann@example.org", "https://x.y/z", "www.a.b", "bit.ly/x", "je_suis_la",
    "сука", "соrпе", "ІДІОТ", "Γειά", "σου", "مرحبا", "שלום", "हिन्दी", "ไทย", "が", "か\u3099", "한국어",
    "😂", "😂😂😂", "❤️", "👍🏾", "🇫🇷", "🇫🇺🇨🇰", "🇫", "\u202etoidi\u202c", "\u200b", "\u00ad", "e\u0301\u0301",
    "\ud800", "\udfff", "\x00", "\n", "\u3000", "…", "!!!", "--", "''", "ﷺ", "ﬀ", "½", "⒜", "Ⅷ", "²",
    "ΑΣ", "ß", "İ", "🅱itch", "ᴀss", "𝓯𝓾𝓬𝓴", "*", "_", ".", "·", "#", "1", "0", "|", "^", "\U000e0061",
)  # fmt: skip
LETTERS = "aeiloxyt bcdfst.,'-_*!@$013479/:#·аеоіΣσ\u0301\u200b\u202e\u202c😂🇫🇷ﬀ\ud800\n"

texts = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=LETTERS, max_size=40),
    st.lists(
        st.one_of(st.sampled_from(WORDS), st.sampled_from([" ", " ", "", ".", "@", "/"])),
        max_size=25,
    ).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
)
