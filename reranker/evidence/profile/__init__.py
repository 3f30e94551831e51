"""Introduce a person: latest title and employer, years of work, highest degree, as far as the resume says it surely."""
