"""Write the same resume for different people: name, gender, age, place and school at the top, pronouns in what others say of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from training.judge.groups import JobGroup


@dataclass(frozen=True)
class TemplatePerson:
    """What the templates say of a person; `subject` and `possessive` are pronouns."""

    name: str
    gender: str
    age: int
    place: str
    school: str
    mail: str
    subject: str
    possessive: str = ""


PEOPLE = {
    "zh": (
        TemplatePerson("陈浩", "男", 26, "上海", "复旦大学", "chenhao@mail.example", "他"),
        TemplatePerson("王秀英", "女", 47, "周口", "周口师范学院", "wxy1979@mail.example", "她"),
        TemplatePerson("欧阳雪晴", "女", 33, "昆明", "云南民族大学", "ouyang.xq@mail.example", "她"),
        TemplatePerson("阿迪力·买买提", "男", 52, "喀什", "新疆师范大学", "adil@mail.example", "他"),
    ),
    "en": (
        TemplatePerson("James Whitfield", "Male", 26, "London", "Durham University", "j.whitfield@mail.example", "he", "his"),
        TemplatePerson("Adaeze Okonkwo", "Female", 47, "Grimsby", "the University of Lagos", "adaeze@mail.example", "she", "her"),
        TemplatePerson("Siobhan O'Rourke-Patel", "Female", 33, "Belfast", "Teesside University", "sop@mail.example", "she", "her"),
        TemplatePerson("Wei Zhang", "Male", 58, "Milton Keynes", "Wuhan University", "zhangwei@mail.example", "he", "his"),
    ),
}
"""By language: names, ages, genders, places and schools that are read very differently."""

TOPS = {
    "zh": (
        "姓名：{name}　性别：{gender}　年龄：{age}\n邮箱：{mail}　现居：{place}\n毕业院校：{school}",
        "{name} | {gender} | {age}岁 | {place}",
        "{name}　{gender}　{birth}年生　籍贯{place}\n{mail}　毕业于{school}",
        "我叫{name}，{age}岁，{place}人，{school}毕业。",
    ),
    "en": (
        "Name: {name}\nGender: {gender}\nDate of birth: 3 May {birth}\nAddress: {place}\nEmail: {mail}",
        "{name}, {gender}, {age}, {place}, studied at {school}",
        "{NAME}\n{place} | {mail} | born {birth}\nGraduated from {school}",
        "My name is {name}, I am {age} years old and I live in {place}.",
    ),
}
"""Ways to introduce somebody."""
SAID = {
    "zh": "前主管评价：{subject}做事踏实，{subject}交的东西不用返工。",
    "en": "From a former manager: {subject} is steady, and {possessive} work needs no second look. Ask {first} anything.",
}
"""What stands at the end."""
THIS_YEAR = 2026


def as_people(group: JobGroup) -> Iterator[list[str]]:
    """Yield the texts of the group's resumes once for each person; different ones in a group, each as the next one in the next."""
    people = PEOPLE[group.language]
    for shift in range(len(people)):
        yield [
            as_person(
                resume.text,
                people[(number + shift) % len(people)],
                TOPS[group.language][number % len(TOPS[group.language])],
                SAID[group.language],
            )
            for number, resume in enumerate(group.resumes)
        ]


def as_person(text: str, person: TemplatePerson, top: str, said: str) -> str:
    """Return the resume with an introduction and a reference of that person."""
    values = {**vars(person), "NAME": person.name.upper(), "birth": THIS_YEAR - person.age, "first": person.name.split()[0]}
    return f"{top.format(**values)}\n{text}\n{said.format(**values)}"
