"""Count the places that files take in a list of so many resumes."""

from collections import Counter


class Places:
    """Count the places that files take in a list. Of what came with one mail the second file takes none: it or the first are the words of
    the mail, which are joined to the other's person or are nobody's resume.
    """

    def __init__(self, count: int):
        self.left, self._of_mail = count, Counter[str]()

    def has_room(self, origin: str) -> bool:
        """Return whether there is a place for one more file, of the mail `origin` or ("") of none."""
        return self.left > 0 or self._of_mail[origin] == 1

    def take(self, origin: str) -> bool:
        """Take the place of a file; return False if there is none."""
        if not self.has_room(origin):
            return False
        if origin:
            self._of_mail[origin] += 1
        self.left -= self._of_mail[origin] != 2
        return True
