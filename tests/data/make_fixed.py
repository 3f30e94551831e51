"""Build OFD and XPS files in memory: pages of texts, shapes and pictures at given places."""

from xml.sax.saxutils import escape, quoteattr

from tests.data.make_docx import zipped

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd_text(text: str, x: float = 20, y: float = 30, size: float = 4, extra: str = "", inner: str = "", deltas: str = "") -> str:
    """Return a text object whose baseline begins `size` below its top left corner, in millimetres."""
    code = f'<ofd:TextCode X="0" Y="{size}" {deltas}>{escape(text)}</ofd:TextCode>'
    return f'<ofd:TextObject ID="9" Boundary="{x} {y} 180 {1.5 * size}" Font="3" Size="{size}" {extra}>{inner}{code}</ofd:TextObject>'


def ofd_rectangle(x: float, y: float, width: float, height: float, colour: str = "255 255 255", alpha: int = 255) -> str:
    data = f"M 0 0 L {width} 0 L {width} {height} L 0 {height} C"
    fill = f'<ofd:FillColor Value="{colour}" Alpha="{alpha}"/>'
    return (
        f'<ofd:PathObject ID="8" Boundary="{x} {y} {width} {height}" Fill="true" Stroke="false">{fill}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ofd_picture(x: float, y: float, width: float, height: float, resource: str = "77") -> str:
    return f'<ofd:ImageObject ID="7" Boundary="{x} {y} {width} {height}" CTM="{width} 0 0 {height} 0 0" ResourceID="{resource}"/>'


def ofd(*pages: str, common: str = "", document: str = "", page: str = "", root: str = "", **more: str | bytes) -> bytes:
    """Return a file of these pages, each the objects of one layer; `more` are members, "__" in their names stands for a slash, "_" for a
    dot.
    """
    listed = "".join(f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(len(pages)))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    members: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody>{root}<ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": (
            f"<ofd:Document {OFD}><ofd:CommonData>{area}{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{document}</ofd:Document>"
        ),
    }
    for number, objects in enumerate(pages):
        layer = f"<ofd:Content><ofd:Layer ID='2' Type='Body'>{objects}</ofd:Layer></ofd:Content>"
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = f"<ofd:Page {OFD}>{page}{layer}</ofd:Page>"
    return zipped(members | {f"Doc_0/{name.replace('__', '/').replace('_', '.')}": content for name, content in more.items()})


def xps_text(text: str, x: float = 80, y: float = 120, size: float = 16, fill: str = "#FF000000", extra: str = "") -> str:
    """Return a Glyphs element, in units of 1/96 inch."""
    return (
        f'<Glyphs OriginX="{x}" OriginY="{y}" FontRenderingEmSize="{size}" Fill={quoteattr(fill)} UnicodeString={quoteattr(text)} {extra}/>'
    )


def xps(*pages: str, **more: str | bytes) -> bytes:
    """Return a file of these pages, each the elements on it; `more` are members in the folder of the pages."""
    listed = "".join(f'<PageContent Source="Pages/{number}.fpage"/>' for number in range(len(pages)))
    space = 'xmlns="http://schemas.microsoft.com/xps/2005/06" xmlns:x="http://schemas.microsoft.com/xps/2005/06/resourcedictionary-key"'
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "Sequence.fdseq": f'<FixedDocumentSequence {space}><DocumentReference Source="/Documents/1/Fixed.fdoc"/></FixedDocumentSequence>',
        "Documents/1/Fixed.fdoc": f"<FixedDocument {space}>{listed}</FixedDocument>",
    }
    for number, elements in enumerate(pages):
        members[f"Documents/1/Pages/{number}.fpage"] = f'<FixedPage Width="794" Height="1123" {space}>{elements}</FixedPage>'
    return zipped(members | {f"Documents/1/Pages/{name.replace('_', '.')}": content for name, content in more.items()})
