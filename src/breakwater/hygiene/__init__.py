"""Who can get into an account, and how well it is locked: what persons declare, with reminders."""
