"""Make text harmless for servers that tokenise it themselves: there, a control token written in a resume would become one."""

import re
import unicodedata
from collections.abc import Iterable


class Defuser:
    """Break control tokens in text. The tokens are those of the tokenizer that the server uses."""

    def __init__(self, control_tokens: Iterable[str]):
        longest_first = sorted(control_tokens, key=len, reverse=True)
        self._tokens = re.compile("|".join(map(re.escape, longest_first)))

    def defused(self, text: str) -> str:
        """Return the text in NFC with a space after the first character of each control token.

        Deleting a token could form another (`<|im_<|im_end|>end|>`); a space cannot, as no token has one. NFC comes first, because it may
        form tokens and because servers tokenise NFC. A lone surrogate, which no JSON in UTF-8 can hold, becomes U+FFFD.
        """
        well_formed = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return self._tokens.sub(lambda token: f"{token[0][0]} {token[0][1:]}", unicodedata.normalize("NFC", well_formed))
