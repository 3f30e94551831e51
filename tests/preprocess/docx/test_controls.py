"""Check boxes of Word forms come out as ☑ and ☐, so that cleaning leaves out what nobody ticked."""

from preprocess.docx.reader import read_docx
from preprocess.intake import File
from preprocess.pipeline import read_resume
from tests.data.make_docx import raw
from tests.each import each

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def control(state: str, shown: str) -> str:
    return f"<w:sdt><w:sdtPr><w14:checkbox {W14}>{state}</w14:checkbox></w:sdtPr><w:sdtContent><w:r>{shown}</w:r></w:sdtContent></w:sdt>"


def form_field(state: str) -> str:
    begin = f"<w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar>"
    return f"<w:r>{begin}<w:instrText>FORMCHECKBOX</w:instrText><w:fldChar w:fldCharType='end'/></w:r>"


def symbol(font: str, code: str) -> str:
    return f"<w:r><w:sym w:font='{font}' w:char='{code}'/></w:r>"


def typed(font: str, letter: str) -> str:
    return f"<w:r><w:rPr><w:rFonts w:ascii='{font}' w:hAnsi='{font}'/></w:rPr><w:t>{letter}</w:t></w:r>"


def label(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


YES, NO = '<w14:checked w14:val="1"/>', '<w14:checked w14:val="0"/>'


@each(
    "ticked, empty",
    [
        (control(YES, "<w:t>☒</w:t>"), control(NO, "<w:t>☐</w:t>")),
        (control(YES, "<w:sym w:font='Wingdings' w:char='F0FE'/>"), control(NO, "<w:sym w:font='Wingdings' w:char='F0A8'/>")),
        (control(YES, "<w:t>R</w:t>"), control(NO, "<w:t>£</w:t>")),
        (control("<w14:checked/>", "<w:t>●</w:t>"), control("", "<w:t>○</w:t>")),
        (form_field("<w:checked/>"), form_field("<w:default w:val='0'/>")),
        (form_field("<w:default w:val='1'/>"), form_field("<w:default w:val='1'/><w:checked w:val='0'/>")),
        (symbol("Wingdings", "F0FE"), symbol("Wingdings", "F0A8")),
        (symbol("Wingdings", "F0FE"), symbol("Wingdings", "F06F")),
        (symbol("Wingdings 2", "F052"), symbol("Wingdings 2", "F0A3")),
        (typed("Wingdings 2", "R"), typed("Wingdings 2", "£")),
        (typed("Wingdings", "þ"), typed("Wingdings", "¨")),
    ],
)
def test_only_the_ticked_option_is_read(ticked: str, empty: str):
    data = raw(
        f"<w:p>{label('学历：')}{empty}{label('大专 ')}{ticked}{label('本科 ')}{empty}{label('硕士')}</w:p><w:p>{label('后端')}</w:p>"
    )
    resume = read_resume(File("form.docx", data))
    assert resume.text == "学历：本科\n后端"
    assert [(note.code, note.before) for note in resume.notes if note.code != "little_text"] == [("unticked_option", "大专 硕士")]


def test_a_control_without_text_shows_nothing():
    data = raw(f"<w:p>{label('学历')}{control(YES, '')}</w:p>")
    assert [line.text for line in read_docx(data, "x.docx").pages[0].lines] == ["学历"]
