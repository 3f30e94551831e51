"""Keep the pool: people whose files were read for earlier rankings, to be ranked for other jobs while an administrator's terms allow."""
