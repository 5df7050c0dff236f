"""What changes the record of who can get into an account, and how well it is locked."""
