"""What is no file of anybody's is not called one: the words of a mail have their mail's name."""

from i18n.texts import texts
from preprocess.file_names import distinct
from ui.html.files import file_said, row_files_html


def test_the_words_of_a_mail_are_called_so_with_the_name_of_the_mail():
    words = texts("zh")
    [body, resume] = distinct([("应聘总账_宋一鸣", "body.txt"), ("应聘总账_宋一鸣", "宋一鸣_简历.docx")])
    assert file_said(body, words) == "邮件正文（应聘总账_宋一鸣）" and file_said("body.html", words) == "邮件正文"
    assert file_said(resume, words) == resume == "宋一鸣_简历.docx"
    assert "邮件正文（应聘总账_宋一鸣）" in row_files_html([resume, body], words)
