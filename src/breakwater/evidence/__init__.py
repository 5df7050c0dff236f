"""What an account showed, sealed before anything is deleted, and shown to be unchanged."""
