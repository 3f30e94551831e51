"""List control words of RTF by what they are for: destinations without text, parts of the page, characters."""

SKIPPED = frozenset(
    "stylesheet info filetbl listtable revtbl rsidtbl themedata generator xmlnstbl mmathPr mmathPict fldinst bkmkstart "
    "bkmkend template operator author company title subject keywords comment doccomm private datafield nonshppict shprslt "
    "nonesttables sn sv ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn pntxta pntxtb annotation atnid atnauthor xe tc txe rxe "
    "objclass objname objdata upr".split()
)
"""Destinations that hold no text of the page."""

SHOWN_THOUGH_OPTIONAL = frozenset(
    {"shppict", "shpinst", "shptxt", "do", "dptxbxtext", "nesttableprops", "formfield", "footnote", "fldrslt"}
)
STORIES = {"footnote": "note", "shptxt": "box", "dptxbxtext": "box"}
STORIES |= {kind + pages: kind + pages for kind in ("header", "footer") for pages in ("", "l", "r", "f")}
CHARACTERS = {
    **{"emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "tab": "\t"},
    **{"line": "\n", "softline": "\n", "column": "\n", "emspace": " ", "enspace": " ", "qmspace": " ", "~": " ", "_": "-"},
}
