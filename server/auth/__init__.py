"""Accounts, sign-in, sessions, lockout."""
