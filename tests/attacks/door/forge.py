"""Archives made byte by byte, for what no archiver would write."""
import binascii
import struct

END = b"\0" * 1024
GOOD = ("src/lib.rs", b"pub fn f() {}\n")


def raw(name):
    return name if isinstance(name, bytes) else name.encode()


# ---- tar ------------------------------------------------------------------------------------


def octal(number, width):
    text = b"%0*o" % (width - 1, number)
    if len(text) < width:
        return text + b"\0"
    return (number | 0x80 << (8 * (width - 1))).to_bytes(width, "big")


def header(name, size=0, kind=b"0", link=b"", mode=0o644, magic=b"ustar\x0000", tail=b""):
    """One block. `tail` replaces what follows the magic (byte 265 on), as the old GNU formats do."""
    block = bytearray(512)
    fields = [(0, raw(name)[:100]), (100, octal(mode, 8)), (108, octal(0, 8)), (116, octal(0, 8)), (124, octal(size, 12)),
              (136, octal(0, 12)), (148, b" " * 8), (156, kind), (157, raw(link)[:100]), (257, magic), (265, tail)]
    for place, text in fields:
        block[place:place + len(text)] = text
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def padded(data):
    return data + b"\0" * (-len(data) % 512)


def member(name, data=b"", **fields):
    return header(name, len(data), **fields) + padded(data)


def record(key, value):
    """One pax attribute: its length counts itself."""
    rest = b" " + raw(key) + b"=" + raw(value) + b"\n"
    length = len(rest) + len(str(len(rest)))
    if len(str(length)) != len(str(len(rest))):
        length += 1
    return b"%d" % length + rest


def pax(*records, kind=b"x"):
    return member("PaxHeader", b"".join(records), kind=kind)


def pax_member(name, data=b"", *records):
    return pax(record("path", name), *records) + member("short", data)


def long_member(name, data=b""):
    """As GNU tar writes a long name."""
    return member("././@LongLink", raw(name) + b"\0", kind=b"L", magic=b"ustar  \0") + member(raw(name)[:99], data)


def good():
    return member(*GOOD)


def tar(*members):
    return b"".join(members) + END


# ---- zip ------------------------------------------------------------------------------------


def zip_local(name, data, method=0, size=None, crc=None, flags=0, version=20):
    size = len(data) if size is None else size
    crc = binascii.crc32(data) if crc is None else crc
    return struct.pack("<4s5H3L2H", b"PK\3\4", version, flags, method, 0, 0x21, crc, len(data), size, len(raw(name)), 0) \
        + raw(name) + data


def zip_central(name, length, place, method=0, size=None, crc=0, flags=0, mode=0o100644, version=20):
    size = length if size is None else size
    return struct.pack("<4s6H3L5H2L", b"PK\1\2", 3 << 8 | version, version, flags, method, 0, 0x21, crc, length, size,
                       len(raw(name)), 0, 0, 0, 0, mode << 16, place) + raw(name)


def zip_end(count, length, place):
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, min(count, 0xffff), min(count, 0xffff), length, place, 0)


def zip_of(*entries):
    """entries: dicts of name, data and what else zip_local and zip_central take; `mode` is for the directory only."""
    body, directory = b"", b""
    for entry in entries:
        entry = dict(entry)
        mode, data = entry.pop("mode", 0o100644), entry.pop("data", b"")
        inside = entry.pop("central_name", entry["name"])
        place = len(body)
        body += zip_local(data=data, **entry)
        entry.setdefault("size", len(data))
        entry.setdefault("crc", binascii.crc32(data))
        directory += zip_central(**{**entry, "name": inside}, length=len(data), place=place, mode=mode)
    return body + directory + zip_end(len(entries), len(directory), len(body))


def zip_good():
    return {"name": GOOD[0], "data": GOOD[1]}
