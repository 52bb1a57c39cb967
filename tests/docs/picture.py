"""Pictures small enough for git: a PNG of few colours, counted by the browser that drew it."""

from __future__ import annotations

import base64
import struct
import zlib

from playwright.async_api import Page

# The commonest colours are the palette; every other pixel, the soft edge of a letter, takes the nearest of them.
_COUNT = """async ([png, most]) => {
  const picture = new Image();
  picture.src = `data:image/png;base64,${png}`;
  await picture.decode();
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const pixels = new Uint32Array(canvas.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const colours = [...counts.keys()].sort((one, other) => counts.get(other) - counts.get(one));
  const parts = (pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
  const palette = colours.slice(0, most).map(parts);
  const far = (one, other) => one.reduce((sum, part, place) => sum + (part - other[place]) ** 2, 0);
  const nearest = (colour) => palette.reduce((best, one) => (far(one, colour) < far(best, colour) ? one : best));
  const place = (pixel, rank) => (rank < most ? rank : palette.indexOf(nearest(parts(pixel))));
  const places = new Map(colours.map((pixel, rank) => [pixel, place(pixel, rank)]));
  let rows = "";
  for (const pixel of pixels) rows += String.fromCharCode(places.get(pixel));
  return { width, height, palette, rows: btoa(rows) };
}"""


async def smaller(page: Page, png: bytes, colours: int) -> bytes:
    """The same picture as a palette PNG of at most so many colours (≤ 256).

    `page` is one that may load data: addresses, such as about:blank."""
    found = await page.evaluate(_COUNT, [base64.b64encode(png).decode(), colours])
    width, pixels = found["width"], base64.b64decode(found["rows"])
    rows = b"".join(b"\0" + pixels[start : start + width] for start in range(0, len(pixels), width))
    header = struct.pack(">IIBBBBB", width, found["height"], 8, 3, 0, 0, 0)
    palette = b"".join(bytes(colour) for colour in found["palette"])
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
