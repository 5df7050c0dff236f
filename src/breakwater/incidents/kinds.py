"""The words that incidents are made of, as codes; pages say them (web/incident_words.py)."""

KINDS = ("rogue", "hijack", "bad_post", "event", "pile_on", "false", "other")
SEVERITIES = (1, 2, 3, 4)
ROLES = ("lead", "spokesperson", "scribe")
FROM = ("hand", "alarm", "post", "delivery", "thread", "pile", "signal", "pause")
"""What an incident can be opened from."""

DECISIONS = ("leave", "delete", "hide", "correct")
ACTIONS = ("guideline", "approval", "access", "drill", "other")
CAUSES = ("access", "approval", "hours", "tools", "words", "workload", "outside", "other")
"""What let it happen: circumstances alone. There is no field for whose fault it was."""

PLAYBOOK, PROMISE, REVIEW, RUNBOOK, HAND = "playbook", "promise", "review", "runbook", "hand"
