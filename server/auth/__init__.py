"""Sign users in and out: accounts, sessions, API keys, lockout."""
