"""The commands that write a backup and bring it back."""
