"""Store what people saved under a name, or with a job."""
