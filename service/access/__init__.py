"""Who may see whose rankings, and who may administer."""
