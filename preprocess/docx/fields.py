"""The text in the code of a Word file's fields: what stands between the start of a field and its result is a formula that nobody sees."""

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from preprocess.docx.ooxml import UNSHOWN, Element, local, value


def texts_in_codes(root: Element) -> set[Element]:
    """The w:t elements in field codes. A field that never ends hides nothing."""
    hidden: set[Element] = set()
    fields: list[tuple[bool, list[Element]]] = []  # whether the result has begun, and the texts of the code
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        name = local(element)
        if name == UNSHOWN:
            walk.skip_subtree()
        elif name == "fldChar":
            kind = value(element, "fldCharType")
            if kind == "begin":
                fields.append((False, []))
            elif fields and kind == "separate" and not fields[-1][0]:
                hidden.update(fields[-1][1])
                fields[-1] = (True, [])
            elif fields and kind == "end":
                in_result, texts = fields.pop()
                if not in_result:
                    hidden.update(texts)
        elif name == "t" and (open_code := next((texts for in_result, texts in reversed(fields[-20:]) if not in_result), None)) is not None:
            open_code.append(element)
    return hidden
