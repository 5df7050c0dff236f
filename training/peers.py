"""What others say of the same texts, in the same run: VADER, alt-profanity-check, a linear model."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from profanity_check import predict_prob
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from breakwater.domain.scoring.normal import plain
from breakwater.domain.scoring.scores import FEELING, Head
from training.corpus import HEADS, Row, labels_of

Floats = NDArray[np.float64]
Peer = Callable[[Sequence[str]], Floats]
"""How toxic each text is, in any unit that grows."""

SPACE = 1 << 18
TOLERANCE = 1e-5
"""Of the linear model's fit. With 1e-4 its mean on dev is 0.816 to 0.817, as chance has it; with this it is 0.8176."""


def vader(texts: Sequence[str]) -> Floats:
    """How negative: it knows English, and nothing of toxicity."""
    analyser = SentimentIntensityAnalyzer()
    return np.array([-analyser.polarity_scores(text)["compound"] for text in texts])


def alt_profanity_check(texts: Sequence[str]) -> Floats:
    """Its training texts hold those of Davidson et al., so that its figure there is too good."""
    return np.asarray(predict_prob(list(texts)), np.float64)


class Linear:
    """Logistic regression on hashed words (1-2) and characters (2-5), tf-idf, with an offset for
    each source, on the public texts alone: the baseline of the design. Heads with labels only."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._counts = [
            HashingVectorizer(
                analyzer=kind, ngram_range=runs, n_features=SPACE, alternate_sign=False,
                token_pattern=r"\w+|[^\w\s]" if kind == "word" else None,
            )
            for kind, runs in (("word", (1, 2)), ("char_wb", (2, 5)))
        ]  # fmt: skip
        counted = self._counted([row.text for row in rows])
        self._weighed = TfidfTransformer(sublinear_tf=True).fit(counted)
        sources = sorted({row.source for row in rows})
        offsets = sparse.csr_matrix(
            (
                np.full(len(rows), 0.5),
                (np.arange(len(rows)), [sources.index(r.source) for r in rows]),
            ),
            (len(rows), len(sources)),
        )
        features = sparse.hstack([self._weighed.transform(counted), offsets]).tocsr()
        self._learn(features, labels_of(rows))

    def _learn(self, features: sparse.csr_matrix, labels: NDArray[np.float32]) -> None:
        self._heads: dict[Head, tuple[Floats, float]] = {}
        for head in (Head.TOXIC, Head.IDENTITY_HATE, Head.THREAT, *FEELING):
            column = labels[:, HEADS.index(head)]
            known = ~np.isnan(column)
            fit = LogisticRegression(C=4.0, tol=TOLERANCE, max_iter=2_000).fit(
                features[known], column[known]
            )
            self._heads[head] = fit.coef_[0][: 2 * SPACE], float(fit.intercept_[0])

    def of(self, head: Head, texts: Sequence[str]) -> Floats:
        weights, offset = self._heads[head]
        said: Floats = self._weighed.transform(self._counted(texts)) @ weights + offset
        return said

    def __call__(self, texts: Sequence[str]) -> Floats:
        return self.of(Head.TOXIC, texts)

    def _counted(self, texts: Sequence[str]) -> sparse.csr_matrix:
        views = [plain(text) for text in texts]
        return sparse.hstack([counter.transform(views) for counter in self._counts]).tocsr()
