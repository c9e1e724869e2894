"""Charts as pixels, for formats that cannot hold SVG."""

import typst

from samhandling_web.base.reports import fonts
from samhandling_web.base.reports.pdf import one_file

DOTS_PER_INCH = 200.0
PAGE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")
"""


def png(svg: str) -> bytes:
    """Draw an SVG picture on white, with the same type as documents are set in."""
    compiler = typst.Compiler(
        PAGE,
        font_paths=fonts.document_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"svg": svg},
    )
    return one_file(compiler.compile(format="png", ppi=DOTS_PER_INCH))
