"""`make chaos`: real processes are killed, frozen, starved and lied to, and every row is counted.

The ledger, the audit chain and what the practice harbour really shows are held against one
another. docs/delivery.md says what is promised; this is the proof, from a printed seed.
"""
