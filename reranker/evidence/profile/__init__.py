"""What a person is introduced with: latest title and employer, years of work, highest degree, as far as the resume says it surely."""
