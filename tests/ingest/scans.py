"""Scans and photographs of text, made on the spot."""

from __future__ import annotations

import io
import struct
import zlib

import pypdfium2

WORDS = ("The lunch club closed in March.", "Nobody rang to ask whether we needed any help.")


def pdf_of(*pages: tuple[str, ...], picture: bool = True) -> bytes:
    """A PDF of these lines; as pictures of them, or as text."""
    written = pypdfium2.PdfDocument(written_pdf(*pages))
    if not picture:
        return written_pdf(*pages)
    scanned = pypdfium2.PdfDocument.new()
    for page in written:
        image = pypdfium2.PdfImage.new(scanned)
        image.set_bitmap(page.render(scale=200 / 72))
        image.set_matrix(pypdfium2.PdfMatrix().scale(*page.get_size()))
        on = scanned.new_page(*page.get_size())
        on.insert_obj(image)
        on.gen_content()
    out = io.BytesIO()
    scanned.save(out)
    return out.getvalue()


def written_pdf(*pages: tuple[str, ...]) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, lines in enumerate(pages):
        drawing = "".join(
            f"BT /F1 18 Tf 60 {760 - 60 * at} Td ({line}) Tj ET\n" for at, line in enumerate(lines)
        ).encode()
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            b" /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (5 + 2 * n)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
    body = b"%PDF-1.7\n"
    for number, one in enumerate(objects, 1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    return body + b"trailer\n<< /Size %d /Root 1 0 R >>\n%%%%EOF\n" % (len(objects) + 1)


def png_of(lines: tuple[str, ...], turn: int = 0) -> bytes:
    """A picture of these lines, turned by so many degrees."""
    page = pypdfium2.PdfDocument(written_pdf(lines))[0]
    bitmap = page.render(scale=200 / 72, grayscale=True, rotation=turn)
    rows = memoryview(bitmap.buffer).cast("B")
    pixels = b"".join(
        b"\0" + bytes(rows[at * bitmap.stride : at * bitmap.stride + bitmap.width])
        for at in range(bitmap.height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checked)

    header = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels))
        + chunk(b"IEND", b"")
    )  # fmt: skip
