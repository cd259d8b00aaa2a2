"""The word across every page of a draft, as Word documents bear it.

Belongs here: the watermark in the heads of all sections, in the form that Word and LibreOffice both show.
Stays out: which paper is a draft (`district`), the ranking's stamp (`templates/ranking.typ`).
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph

from publications.wordfile import FONT

_PICTURE = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
  path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id={name} type="#_x0000_t136" alt="" style="position:absolute;width:400pt;height:90pt;rotation:315;
z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;
mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#e3e3e3" stroked="f" o:allowincell="f">
<v:textpath style={style} string={text}/></v:shape></w:pict></w:r>"""
"""A run that holds WordArt of a fitted text behind the page's own (shape type 136), as Word writes a watermark."""


def stamp(paper: Document, text: str) -> None:
    """Put a text across every page, pale and behind the words; the heads of later sections are those of the first."""
    first = paper.sections[0]
    _put(first.first_page_header.paragraphs[0], text, "first")
    _put(first.header.paragraphs[0], text, "others")


def _put(paragraph: Paragraph, text: str, name: str) -> None:
    style = f'font-family:"{FONT}";font-size:1pt;font-weight:bold'
    picture = _PICTURE.format(name=quoteattr(f"stamp_{name}"), style=quoteattr(style), text=quoteattr(text))
    paragraph._p.append(parse_xml(picture))
