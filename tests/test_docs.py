"""The documents: links lead somewhere, the README stays short and says the same in both languages, every flag is documented."""

import argparse
import re
from pathlib import Path

from i18n.texts import texts
from settings import add_flags
from tests.each import each

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/**/*.md")])
MOST_LINES = 120


def links(document: Path) -> list[str]:
    """Return the targets of the document's links and pictures that are not web addresses."""
    text = re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)
    return [target for target in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:", target)]


def anchors(document: Path) -> set[str]:
    """Return the anchors of the document's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_leads_to_a_file_and_to_a_heading_in_it():
    broken, followed = [], 0
    for document in DOCUMENTS:
        for target in links(document):
            name, _, anchor = target.partition("#")
            file = (document.parent / name) if name else document
            followed += 1
            if not file.exists() or (anchor and anchor not in anchors(file)):
                broken.append(f"{document.relative_to(ROOT)}: {target}")
    assert broken == []
    assert followed >= 30, "or the pattern finds no links"


@each("name", ["README.md", "README.en.md"])
def test_the_readme_is_short_and_leads_with_two_commands(name):
    text = (ROOT / name).read_text("utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    first_commands = re.findall(r"```bash\n(.*?)```", text, flags=re.DOTALL)[0]
    assert [line.split()[0] for line in first_commands.splitlines()] == ["./start.sh", "./test.sh"]


def test_both_readmes_have_the_same_parts_commands_and_documents():
    chinese, english = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.en.md"))
    assert len(re.findall(r"^## ", chinese, flags=re.MULTILINE)) == len(re.findall(r"^## ", english, flags=re.MULTILINE))
    commands = [re.findall(r"^((?:\./|python )[^#\n]*?) *(?:#.*)?$", text, flags=re.MULTILINE) for text in (chinese, english)]
    assert commands[0] == commands[1] and len(commands[0]) >= 10
    documents = [set(links(ROOT / name)) for name in ("README.md", "README.en.md")]
    twins = {"README.md", "README.en.md"}
    pictures = {target for targets in documents for target in targets if target.endswith(".png")}
    assert documents[0] - twins - pictures == documents[1] - twins - pictures


def test_every_flag_of_the_app_is_documented_and_every_documented_flag_exists():
    table = re.findall(r"^\| (.*?) \|", (ROOT / "docs" / "settings.md").read_text("utf-8"), flags=re.MULTILINE)
    documented = set(re.findall(r"(?<=--)[a-z0-9-]+", " ".join(table)))
    parser = argparse.ArgumentParser()
    add_flags(parser, texts("en"))
    assert documented == set(re.findall(r"(?<=--)[a-z0-9-]+", parser.format_usage()))
