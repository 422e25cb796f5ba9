#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes pictures, good and hostile, into a folder: make_pictures.py FOLDER.

Each is built by hand, so that anything about it can be wrong. The good ones have four quarters: red and green
above, blue and white below.
"""

import struct
import sys
import zlib
from pathlib import Path

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
QUARTERS = [RED, GREEN, BLUE, WHITE]


def quarter(x, y, width, height):
    """The number of the quarter a pixel is in."""
    return (2 if y >= height // 2 else 0) + (1 if x >= width // 2 else 0)


# --- PNG ------------------------------------------------------------------------------------------


def png_chunk(name, data, crc=None):
    checksum = zlib.crc32(name + data) if crc is None else crc
    return struct.pack('>I', len(data)) + name + data + struct.pack('>I', checksum)


def png_header(width, height, depth, colour, interlaced=0):
    return b'\x89PNG\r\n\x1a\n' + png_chunk(
        b'IHDR', struct.pack('>IIBBBBB', width, height, depth, colour, 0, 0, interlaced)
    )


def png_pixel(index, depth, colour):
    red, green, blue = QUARTERS[index]
    grey = [0, 85, 170, 255][index]
    samples = {0: [grey], 2: [red, green, blue], 3: [index], 4: [grey, 255], 6: [red, green, blue, 255]}[colour]
    if depth == 16:
        return b''.join(bytes([sample, sample]) for sample in samples)
    return bytes(samples)


def png_rows(width, height, depth, colour, x0=0, y0=0, dx=1, dy=1):
    rows = b''
    for y in range(y0, height, dy):
        row = b''.join(png_pixel(quarter(x, y, width, height), depth, colour) for x in range(x0, width, dx))
        if row:
            rows += b'\0' + row
    return rows


def png(width, height, depth=8, colour=2, interlaced=False, extra=b''):
    data = b''
    if interlaced:
        for x0, y0, dx, dy in [
            (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
        ]:  # fmt: skip
            data += png_rows(width, height, depth, colour, x0, y0, dx, dy)
    else:
        data = png_rows(width, height, depth, colour)
    out = png_header(width, height, depth, colour, 1 if interlaced else 0)
    if colour == 3:
        out += png_chunk(b'PLTE', b''.join(bytes(c) for c in QUARTERS))
    return out + extra + png_chunk(b'IDAT', zlib.compress(data)) + png_chunk(b'IEND', b'')


def png_flat(width, height, depth, colour, rows=None):
    """All zeros, which deflate makes a thousandth of."""
    bits = {0: 1, 2: 3, 4: 2, 6: 4}[colour] * depth * width
    row = b'\0' * (1 + (bits + 7) // 8)
    packer = zlib.compressobj(9)
    count = height if rows is None else rows
    many = max(1, min(count, 100000 // len(row)))
    data = b''.join(packer.compress(row * many) for _ in range(count // many))
    data += packer.compress(row * (count % many)) + packer.flush()
    return png_header(width, height, depth, colour) + png_chunk(b'IDAT', data) + png_chunk(b'IEND', b'')


def png_text_bomb():
    """A thousand texts of eight million bytes each."""
    text = png_chunk(b'zTXt', b'a\0\0' + zlib.compress(b' ' * 7900000, 9))
    return png(8, 8, extra=text * 1000)


# --- JPEG: only the mean of each block, which is enough for quarters -------------------------------


class Bits:
    def __init__(self):
        self.value, self.count, self.out = 0, 0, bytearray()

    def put(self, value, count):
        self.value, self.count = self.value << count | value, self.count + count
        while self.count >= 8:
            self.count -= 8
            self.out.append(self.value >> self.count)
            self.value &= (1 << self.count) - 1

    def stuffed(self):
        pad = -self.count % 8
        self.put((1 << pad) - 1, pad)
        return bytes(self.out).replace(b'\xff', b'\xff\0')


def jpeg_segment(marker, data):
    return bytes([0xFF, marker]) + struct.pack('>H', len(data) + 2) + data


def exif(orientation, order='>'):
    mark = b'MM' if order == '>' else b'II'
    return b'Exif\0\0' + mark + struct.pack(order + 'HIHHHIHHI', 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)


def to_ycc(colour):
    red, green, blue = colour
    return (
        0.299 * red + 0.587 * green + 0.114 * blue,
        128 - 0.168736 * red - 0.331264 * green + 0.5 * blue,
        128 + 0.5 * red - 0.418688 * green - 0.081312 * blue,
    )


def jpeg_parts(width, height, components=3, progressive=False, extra=b''):
    """Everything before the scan, and the scan's header."""
    frame = struct.pack('>BHHB', 8, height, width, components)
    scan = bytes([components])
    for i in range(components):
        frame += bytes([i + 1, 0x11, 0])
        scan += bytes([i + 1, 0])
    # Categories of a difference are codes of four bits each; the only AC code ends the block.
    dc = jpeg_segment(0xC4, b'\0' + bytes([0, 0, 0, 12] + [0] * 12) + bytes(range(12)))
    ac = jpeg_segment(0xC4, b'\x10' + bytes([1] + [0] * 15) + b'\0')
    head = b'\xff\xd8' + extra + jpeg_segment(0xDB, b'\0' + b'\1' * 64)
    head += jpeg_segment(0xC2 if progressive else 0xC0, frame) + dc + ac
    return head, jpeg_segment(0xDA, scan + (b'\0\0\0' if progressive else b'\0\x3f\0'))


def jpeg_data(width, height, components=3, progressive=False):
    bits, last = Bits(), [0] * components
    for y in range(0, height, 8):
        for x in range(0, width, 8):
            ycc = to_ycc(QUARTERS[quarter(x + 4, y + 4, width, height)])
            for i in range(components):
                value = round((ycc[i] - 128) * 8)
                difference, last[i] = value - last[i], value
                category = abs(difference).bit_length()
                bits.put(category, 4)
                bits.put(difference if difference >= 0 else difference + (1 << category) - 1, category)
                if not progressive:
                    bits.put(0, 1)
    return bits.stuffed()


def jpeg(width, height, components=3, progressive=False, extra=b'', end=b'\xff\xd9'):
    head, scan = jpeg_parts(width, height, components, progressive, extra)
    return head + scan + jpeg_data(width, height, components, progressive) + end


def jpeg_scans(width, height, count):
    """A progressive one, grey, refined by many scans, each of nothing."""
    out = b''.join(jpeg_parts(width, height, 1, True)) + b'\0' * (width // 8 * height // 16)
    return out + (jpeg_segment(0xDA, b'\1\1\0\1\x3f\0') + b'\0') * count + b'\xff\xd9'


# --- GIF ------------------------------------------------------------------------------------------


def gif_lzw(indexes):
    """Codes of three bits, cleared before they would grow."""
    bits, count, out = 0, 0, bytearray()
    codes = []
    for i, index in enumerate(indexes):
        codes += ([4] if i % 2 == 0 else []) + [index]
    for code in [*codes, 5]:
        bits, count = bits | code << count, count + 3
        while count >= 8:
            out.append(bits & 255)
            bits, count = bits >> 8, count - 8
    out.append(bits & 255)
    blocks = b''.join(bytes([len(out[i : i + 255])]) + out[i : i + 255] for i in range(0, len(out), 255))
    return b'\2' + blocks + b'\0'


def gif_head(width, height, palette=True):
    colours = b''.join(bytes(c) for c in QUARTERS) if palette else b''
    return b'GIF89a' + struct.pack('<HHBBB', width, height, 0x81 if palette else 0, 0, 0) + colours


def gif_loop(count):
    return b'\x21\xff\x0bNETSCAPE2.0\3\1' + struct.pack('<H', count) + b'\0'


def gif_frame(x, y, width, height, indexes, delay=0, dispose=0, transparent=None, interlaced=False):
    flags = dispose << 2 | (0 if transparent is None else 1)
    control = b'\x21\xf9\4' + struct.pack('<BHB', flags, delay, transparent or 0) + b'\0'
    image = b'\x2c' + struct.pack('<HHHHB', x, y, width, height, 0x40 if interlaced else 0)
    return control + image + gif_lzw(indexes)


def gif_quarters(width, height, interlaced=False):
    order = list(range(height))
    if interlaced:
        order = [*range(0, height, 8), *range(4, height, 8), *range(2, height, 4), *range(1, height, 2)]
    indexes = [quarter(x, y, width, height) for y in order for x in range(width)]
    return gif_frame(0, 0, width, height, indexes, interlaced=interlaced)


def gif_animation(loops=0, end=b'\x3b'):
    """Red; green in its corner, cleared; blue there, restored; white in the other corner."""
    out = gif_head(4, 4) + (b'' if loops is None else gif_loop(loops))
    out += gif_frame(0, 0, 4, 4, [0] * 16, 0, 1)
    out += gif_frame(0, 0, 2, 2, [1] * 4, 1, 2)
    out += gif_frame(2, 2, 2, 2, [2] * 4, 2, 3)
    out += gif_frame(2, 0, 2, 2, [3, 0, 3, 3], 50, 1, 0)
    return out + end


# --- WebP: lossless and of one colour: not one bit for a pixel -------------------------------------


def webp_chunk(name, data):
    return name + struct.pack('<I', len(data)) + data + b'\0' * (len(data) & 1)


def webp_riff(body):
    return b'RIFF' + struct.pack('<I', len(body) + 4) + b'WEBP' + body


def webp_flat(width, height, colour, alpha=255):
    value, count = 0, 0

    def put(number, bits):
        nonlocal value, count
        value, count = value | number << count, count + bits

    put(0x2F, 8)
    put(width - 1, 14)
    put(height - 1, 14)
    put(1, 1)
    put(0, 3 + 1 + 1 + 1)
    for sample in (colour[1], colour[0], colour[2], alpha):
        put(1 | 0 << 1 | 1 << 2 | sample << 3, 11)
    put(1, 4)
    return webp_chunk(b'VP8L', value.to_bytes((count + 7) // 8 + 8, 'little'))


def le24(number):
    return struct.pack('<I', number)[:3]


def webp_extended(flags, width, height):
    return webp_chunk(b'VP8X', struct.pack('<I', flags) + le24(width - 1) + le24(height - 1))


def webp_frame(x, y, width, height, delay, flags, picture):
    place = le24(x // 2) + le24(y // 2) + le24(width - 1) + le24(height - 1) + le24(delay)
    return webp_chunk(b'ANMF', place + bytes([flags]) + picture)


def webp_animation(loops=0):
    out = webp_extended(0x12, 4, 4) + webp_chunk(b'ANIM', struct.pack('<IH', 0, loops))
    out += webp_frame(0, 0, 4, 4, 0, 0, webp_flat(4, 4, RED))
    out += webp_frame(0, 0, 2, 2, 10, 1, webp_flat(2, 2, GREEN))
    out += webp_frame(2, 2, 2, 2, 500, 0, webp_flat(2, 2, BLUE, 128))
    out += webp_frame(2, 0, 2, 2, 40, 2, webp_flat(2, 2, WHITE, 0))
    return webp_riff(out)


# --- All ------------------------------------------------------------------------------------------


def good():
    yield 'rgb.png', png(40, 20)
    yield 'rgb.gif', png(40, 20)
    yield 'palette.png', png(40, 20, colour=3)
    yield 'palette-alpha.png', png(40, 20, colour=3, extra=png_chunk(b'tRNS', b'\xff\xff\xff\0'))
    yield 'grey.png', png(40, 20, colour=0)
    yield 'grey-alpha.png', png(40, 20, colour=4)
    yield 'alpha.png', png(40, 20, colour=6)
    yield 'deep.png', png(40, 20, depth=16)
    yield 'deep-alpha.png', png(40, 20, depth=16, colour=6)
    yield 'interlaced.png', png(41, 23, interlaced=True)
    yield 'turned.png', png(40, 20, extra=png_chunk(b'eXIf', exif(6)[6:]))
    yield 'rgb.jpg', jpeg(32, 16)
    yield 'odd.jpg', jpeg(32, 15)
    yield 'grey.jpg', jpeg(32, 16, 1)
    yield 'progressive.jpg', jpeg(32, 16, 3, True)
    yield 'large.jpg', jpeg(1600, 800)
    yield 'no-end.jpg', jpeg(32, 16, end=b'')
    yield 'texts.jpg', jpeg(32, 16, extra=jpeg_segment(0xFE, b'x' * 65000) * 40)
    for orientation in range(10):
        for name, order in (('big', '>'), ('little', '<')):
            segment = jpeg_segment(0xE1, exif(orientation, order))
            yield f'turned-{orientation}-{name}.jpg', jpeg(32, 16, extra=segment)
    yield 'still.gif', gif_head(16, 8) + gif_quarters(16, 8) + b'\x3b'
    yield 'interlaced.gif', gif_head(16, 16) + gif_quarters(16, 16, True) + b'\x3b'
    yield 'loops.gif', gif_animation(0)
    yield 'once.gif', gif_animation(None)
    yield 'thrice.gif', gif_animation(2)
    yield 'no-end.gif', gif_animation(None, b'')
    yield 'still.webp', webp_riff(webp_flat(30, 20, GREEN))
    yield 'still-extended.webp', webp_riff(
        webp_extended(0x18, 30, 20) + webp_flat(30, 20, GREEN, 128) + webp_chunk(b'EXIF', exif(8))
    )
    yield 'loops.webp', webp_animation(0)
    yield 'twice.webp', webp_animation(2)


def hostile():
    yield 'empty', b''
    yield 'svg.png', b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    yield 'xpm.gif', b'/* XPM */ static char *x[] = {"1 1 1 1", "a c #000", "a"};'
    yield 'tiff.jpg', b'II*\0\x08\0\0\0\0\0'
    yield 'bmp.webp', b'BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28' + b'\0' * 60
    yield 'only-signature.png', b'\x89PNG\r\n\x1a\n'
    yield 'only-signature.jpg', b'\xff\xd8\xff'
    yield 'only-signature.gif', b'GIF89a'
    yield 'only-signature.webp', b'RIFF\x04\0\0\0WEBP'
    # The sizes of nothing, of everything, of a line.
    for name, width, height in (('zero', 0, 9), ('tall', 1, 65535), ('wide', 65535, 1), ('huge', 65535, 65535)):
        yield f'{name}.png', png_flat(width, height, 8, 0, 9)
        yield f'{name}-whole.png', png_flat(width, height, 8, 0, 9 if name == 'huge' else None)
        yield f'{name}.gif', gif_head(width, height) + gif_frame(0, 0, width, height, [1] * 9) + b'\x3b'
        yield f'{name}.jpg', b''.join(jpeg_parts(width, height)) + b'\0' * 20 + b'\xff\xd9'
    yield 'huge-frame.gif', gif_head(9, 9) + gif_frame(0, 0, 65535, 65535, [1] * 9) + b'\x3b'
    yield 'large-frame.gif', gif_head(9, 9) + gif_frame(0, 0, 12000, 12000, [1] * 9) + b'\x3b'
    yield 'far-frame.gif', gif_head(9, 9) + gif_frame(60000, 60000, 9, 9, [1] * 81) + b'\x3b'
    yield 'wider-frame.gif', gif_head(9, 9) + gif_frame(5, 5, 20, 20, [1] * 400) + b'\x3b'
    yield 'hundred.png', png_flat(10010, 10000, 8, 2, 9)
    yield 'hundred.jpg', b''.join(jpeg_parts(10010, 10000)) + b'\0' * 20 + b'\xff\xd9'
    yield 'huge.webp', webp_riff(webp_flat(16383, 16383, RED))
    yield 'huge-canvas.webp', webp_riff(
        webp_extended(2, 1 << 24, 200) + webp_chunk(b'ANIM', b'\0' * 6)
        + webp_frame(0, 0, 2, 2, 100, 0, webp_flat(2, 2, RED))
    )  # fmt: skip
    yield 'wrong-canvas.webp', webp_riff(webp_extended(0, 9, 9) + webp_flat(30, 20, RED))
    yield 'wrong-frame.webp', webp_riff(
        webp_extended(2, 4, 4) + webp_chunk(b'ANIM', b'\0' * 6)
        + webp_frame(0, 0, 4, 4, 100, 0, webp_flat(9000, 9000, RED))
    )  # fmt: skip
    yield 'no-frames.webp', webp_riff(webp_extended(2, 4, 4) + webp_chunk(b'ANIM', b'\0' * 6))
    yield 'no-frames.gif', gif_head(9, 9) + gif_loop(0) + b'\x3b'
    yield 'no-palette.gif', gif_head(9, 9, False) + gif_frame(0, 0, 9, 9, [1] * 81) + b'\x3b'
    # Bombs.
    yield 'bomb.png', png_flat(9000, 9000, 8, 0)
    yield 'bomb-deep.png', png_flat(8000, 8000, 16, 6)
    yield 'bomb-texts.png', png_text_bomb()
    yield 'bomb-extra-rows.png', png_flat(100, 100, 8, 2, 300000)
    yield 'bomb-chunks.png', png(8, 8, extra=png_chunk(b'IDAT', b'') * 50000)
    yield 'bomb-progressive.jpg', jpeg_scans(16000, 16000, 3)
    yield 'bomb-scans.jpg', jpeg_scans(64, 64, 2000)
    # What is not as it says.
    yield 'wrong-checksum.png', png(40, 20).replace(png(40, 20)[29:33], b'\1\2\3\4')
    broken = png_header(40, 20, 8, 2) + png_chunk(b'IDAT', zlib.compress(png_rows(40, 20, 8, 2)), 1)
    yield 'wrong-data-checksum.png', broken + png_chunk(b'IEND', b'')
    yield 'wrong-deflate.png', png_header(9, 9, 8, 2) + png_chunk(b'IDAT', b'nonsense') + png_chunk(b'IEND', b'')
    yield 'few-rows.png', png_flat(40, 20, 8, 2, 10)
    yield 'no-data.png', png_header(40, 20, 8, 2) + png_chunk(b'IEND', b'')
    yield 'wrong-depth.png', png_flat(40, 20, 7, 2)
    yield 'long-chunk.png', png_header(40, 20, 8, 2) + b'\xff\xff\xff\xffIDAT' + b'\0' * 40
    yield 'two-frames.jpg', jpeg(32, 16, extra=jpeg_segment(0xC0, b'\x08\0\1\0\1\1\1\x11\0'))
    yield 'no-frame.jpg', b'\xff\xd8' + jpeg_parts(8, 8)[1]
    yield 'wrong-exif.jpg', jpeg(32, 16, extra=jpeg_segment(0xE1, b'Exif\0\0II*\0\xff\xff\xff\xff'))
    yield 'endless.gif', gif_head(300, 300) + gif_loop(0) + gif_frame(0, 0, 300, 300, [0] * 90000) + (
        gif_frame(0, 0, 3, 3, [1] * 9) * 65535
    )
    small = webp_frame(0, 0, 2, 2, 1, 0, webp_flat(2, 2, GREEN))
    yield 'endless.webp', webp_riff(
        webp_extended(2, 300, 300) + webp_chunk(b'ANIM', b'\0' * 6)
        + webp_frame(0, 0, 300, 300, 1, 0, webp_flat(300, 300, RED)) + small * 65535
    )  # fmt: skip
    for whole, data in (
        ('png', png(40, 20)), ('interlaced', png(41, 23, interlaced=True)), ('jpg', jpeg(64, 64)),
        ('progressive', jpeg(64, 64, 3, True)), ('gif', gif_head(16, 16) + gif_quarters(16, 16) + b'\x3b'),
        ('webp', webp_riff(webp_flat(30, 20, GREEN))), ('animated', webp_animation()), ('frames', gif_animation()),
    ):  # fmt: skip
        for eighth in range(1, 8):
            yield f'cut-{eighth}.{whole}', data[: len(data) * eighth // 8]


def main():
    folder = Path(sys.argv[1])
    for name, data in [*good(), *hostile()]:
        (folder / name).write_bytes(data)


if __name__ == '__main__':
    main()
