"""Find questions to ask a candidate about what a resume leaves unclear. Facts and codes only: i18n [questions] has the wording."""
