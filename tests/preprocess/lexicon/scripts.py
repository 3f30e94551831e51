"""Write the words of the lexicon's tables in traditional characters."""

from preprocess.lexicon.characters import in_either_script


def traditional(words: str) -> str:
    """Return the words with the first traditional form of each character that has one."""
    return "".join(forms[2] if len(forms := in_either_script(character)) > 2 else character for character in words)
