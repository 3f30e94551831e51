"""Titles before and behind a name belong to no name; with them it is masked as it is without them."""

import pytest

from preprocess.blind.name_titles import without_titles
from preprocess.intake import File
from preprocess.pipeline import Cleaning, read_resume

BELOW = """
Warehouse manager
Manchester | 07700 900123 | x@example.com
Experience
Shift manager, Northgate Distribution, 2018 - present
Led forty colleagues."""


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("Dr. Marcus Hollis", "Marcus Hollis"),
        ("Prof. Dr. Anneliese Vandermeer PhD", "Anneliese Vandermeer"),
        ("Major (Ret'd) Fiona Blackwood-Achterberg MBE", "Fiona Blackwood-Achterberg"),
        ("Sgt. Callum MacAllister", "Callum MacAllister"),
        ("Daniel Okafor ACCA", "Daniel Okafor"),
        ("DANIEL OKAFOR FCCA MBA", "DANIEL OKAFOR"),
        ("Ms Wren Abernathy", "Wren Abernathy"),
        ("Major Jackson", "Major Jackson"),  # a first name where nothing else would be
        ("Wei MA", "Wei MA"),  # a family name
        ("Martin Luther King Jr.", "Martin Luther King"),
        ("Dr Lee", "Lee"),
    ],
)
def test_titles_are_taken_off(written: str, bare: str):
    assert without_titles(written) == bare


@pytest.mark.parametrize(
    ("first_line", "name", "blind"),
    [
        ("Dr. Marcus Hollis", "hollis marcus", "The candidate"),
        ("Daniel Okafor ACCA", "daniel okafor", "The candidate ACCA"),
        ("Sgt. Callum MacAllister", "callum macallister", "Sgt. The candidate"),
        ("van der Berg, Pieter", "berg der pieter van", "The candidate"),
        ("Abernathy, Wren J.", "abernathy j wren", "The candidate"),
    ],
)
@pytest.mark.parametrize("file_name", ["cv.txt", "CV-Dr-Hollis.txt", "Daniel_Okafor_ACCA.txt"])
def test_a_name_with_titles_or_surname_first_is_known_and_masked(first_line: str, name: str, blind: str, file_name: str):
    file = File(file_name, (first_line + BELOW).encode())
    person = read_resume(file, Cleaning()).person
    assert person and person.names == (name,)
    assert read_resume(file, Cleaning(blind=True)).text.split("\n")[0] == blind


def test_an_employer_on_a_dated_line_is_nobodys_name():
    person = read_resume(File("cv.txt", BELOW.strip().encode()), Cleaning()).person
    assert person and person.names == ()


def test_a_name_above_a_long_line_about_work_is_known_without_a_phone_number():
    text = "Inês Carvalho\nGroup accountant, Porto Vino SGPS, 2016 - 2024. CIMA member. IFRS 16 lease model for 40 leases. Oracle."
    person = read_resume(File("ines.txt", text.encode()), Cleaning()).person
    assert person and person.names == ("carvalho inês",)


def test_a_double_surname_as_the_name_of_a_file_is_not_taken_for_first_and_last_name():
    text = "Major (Ret'd) Fiona Blackwood-Achterberg MBE" + BELOW
    person = read_resume(File("Blackwood-Achterberg.txt", text.encode()), Cleaning()).person
    assert person and person.names == ("blackwood-achterberg fiona",)
