"""Choose the attachments of a mail that are files to read: signatures, appointments and small pictures are not."""

from preprocess.document import Unreadable
from preprocess.docx.embedded.page_pictures import may_hold_text
from preprocess.mail.mail import Attachment
from preprocess.mail.tnef import files_in

_PASSED_OVER_KINDS = frozenset(
    "text/calendar text/vcard text/x-vcard text/directory text/css text/javascript text/rfc822-headers message/delivery-status"
    " message/disposition-notification application/ics application/pgp-signature application/pkcs7-signature application/x-pkcs7-signature"
    " application/applefile application/javascript application/x-javascript".split()
)
_PASSED_OVER_NAMES = (".ics", ".vcf", ".p7s", ".sig", ".css", ".js")
_SMALL_PICTURE, _SMALL_INLINE_PICTURE = 15_000, 150_000  # bytes; logos and signatures are smaller, pictures of a page larger
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".wmz", ".emz")
_PACKED = "winmail.dat"
_EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "text/html": ".html",
    "text/plain": ".txt",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}


def is_shown_inside(kind: str, data: bytes) -> bool:
    """Return whether a picture that a mail shows among its text is so small a file that it is no attachment, but may hold text."""
    return kind.startswith("image/") and len(data) < _SMALL_INLINE_PICTURE and may_hold_text(data)


def attachments(name: str, kind: str, data: bytes, is_inline: bool) -> list[Attachment]:
    """Return the attachment, or none if there is nothing in it to read. `kind` is its MIME type, "" if unknown."""
    lower = name.lower()
    if kind in _PASSED_OVER_KINDS or lower.endswith(_PASSED_OVER_NAMES) or not data.strip():
        return []
    if kind == "application/ms-tnef" or lower == _PACKED:
        packed = [
            attachment
            for title, content in files_in(data)
            if title.lower() != _PACKED
            for attachment in attachments(title, "", content, is_inline)
        ]
        return packed or [Attachment(name or _PACKED, Unreadable("winmail"))]
    is_picture = kind.startswith("image/") or lower.endswith(_PICTURES)
    if is_picture and len(data) < (_SMALL_INLINE_PICTURE if is_inline else _SMALL_PICTURE):
        return []
    return [Attachment(name or f"attachment{_EXTENSIONS.get(kind, '')}", data)]
