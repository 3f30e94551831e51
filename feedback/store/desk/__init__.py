"""Store what HR decides and notes about candidates for a job. Kept apart from labels, which teach: nothing here enters learning."""
