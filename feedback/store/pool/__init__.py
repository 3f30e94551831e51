"""The pool: people whose files were read for earlier rankings, to be ranked for another job while an administrator's terms allow it."""
