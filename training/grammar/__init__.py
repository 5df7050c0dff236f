"""A seeded corpus of sentences by rule, in English and French."""
