"""Keep the rubric of the job description in the box: parsed or as saved (of_job), edited by clicks (edits), from presets (presets)."""
