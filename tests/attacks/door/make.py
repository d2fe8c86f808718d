#!/usr/bin/env python3
"""Writes the attacks of one kind into a folder, each under its name: make.py KIND FOLDER [NAME...].

Their verdicts are rows of tests/unit/u-doors.c. A function returns the bytes of its attack, or is given the path to
make it at (kinds "tools" and "trees").
"""
import bz2
import gzip
import lzma
import os
import socket
import subprocess
import sys
import zlib

from forge import *

KINDS = {"archives": {}, "bombs": {}, "tools": {}, "trees": {}, "sources": {}, "manifests": {}}
MIB = 1 << 20


def attack(kind):
    def note(function):
        KINDS[kind][function.__name__] = function
        return function
    return note


def constant(kind, name, function):
    KINDS[kind][name] = function


# ---- archives: one good file beside one hostile entry -------------------------------------------

NAMES = {
    "absolute": b"/etc/cron.d/x.rs",
    "climbs": b"../x.rs",
    "climbs_inside": b"src/a/../../../x.rs",
    "climbs_backwards": b"..\\..\\x.rs",
    "drive": b"C:\\x.rs",
    "drive_slash": b"C:/x.rs",
    "two_slashes": b"//host/share/x.rs",
    "a_dot": b".",
    "dots_alone": b"..",
    "dot_inside": b"src/./x.rs",
    "empty_part": b"src//x.rs",
    "newline": b"src/a\nb.rs",
    "escapes": b"src/\x1b]0;owned\x07\x1b[2J.rs",
    "not_utf8": b"src/\xff\xfe.rs",
    "overlong_utf8": b"src/\xc0\xaf\xc0\xae.rs",
    "turned_around": "src/\u202esr.bil".encode() + b".rs",
    "composed": "src/\u00e9.rs".encode(),
    "decomposed": "src/e\u0301.rs".encode(),
    "full_width": "src/\uff0e\uff0e\uff0fx.rs".encode(),
    "tab": b"src/a\tb.rs",
    "of_windows": b"src\\x.rs",
    "option": b"--checkpoint-action=exec=sh x.rs",
    "part_of_256": b"a" * 253 + b".rs",
    "path_of_4100": b"a/" * 2048 + b"x.rs",
    "path_of_a_mebibyte": b"a" * (MIB - 100) + b".rs",
    "deep": b"d/" * 400 + b"x.rs",
    "other_case": b"SRC/Lib.rs",
    "same_name": b"src/lib.rs",
    "below_a_file": b"src/lib.rs/x.rs",
}
for name, path in NAMES.items():
    constant("archives", "pax_" + name, lambda path=path: tar(good(), pax_member(path, b"// x\n")))
    if len(path) < 60000:
        constant("archives", "zip_" + name, lambda path=path: zip_of(zip_good(), {"name": path, "data": b"// x\n"}))
    if len(path) > 99:
        constant("archives", "gnu_" + name, lambda path=path: tar(good(), long_member(path, b"// x\n")))

constant("archives", "pax_empty_name", lambda: tar(good(), header("", 0)))
constant("archives", "zip_empty_name", lambda: zip_of(zip_good(), {"name": "", "data": b"x"}))
constant("archives", "pax_nul", lambda: tar(good(), pax_member(b"src/x.rs\0/../../y", b"// x\n")))
constant("archives", "zip_nul", lambda: zip_of(zip_good(), {"name": b"src/x.rs\0.txt", "data": b"// x\n"}))
constant("archives", "same_name_thrice", lambda: tar(good(), member(GOOD[0], b"2"), member(GOOD[0], b"3")))
constant("archives", "file_then_folder", lambda: tar(good(), member("a.rs", b"1"), header("a.rs/", kind=b"5"), member("a.rs/b.rs")))
constant("archives", "folder_then_file", lambda: tar(good(), header("a.rs/", kind=b"5"), member("a.rs/b.rs"), member("a.rs", b"1")))

TYPES = {
    "symlink": header("x.rs", kind=b"2", link="/etc/passwd"),
    "symlink_then_through": header("out", kind=b"2", link="/tmp") + member("out/x.rs", b"1"),
    "symlink_to_itself": header("x.rs", kind=b"2", link="x.rs"),
    "symlink_over_the_file": header("src/lib.rs", kind=b"2", link="/etc/passwd") + member("src/lib.rs", b"2"),
    "hard_link_inside": header("x.rs", kind=b"1", link="src/lib.rs"),
    "hard_link_outside": header("x.rs", kind=b"1", link="/etc/shadow"),
    "hard_link_climbs": header("x.rs", kind=b"1", link="../../etc/shadow"),
    "hard_link_with_bytes": header("x.rs", 5, kind=b"1", link="src/lib.rs", magic=b"ustar  \0") + padded(b"// x\n"),
    "character_device": header("x.rs", kind=b"3"),
    "block_device": header("x.rs", kind=b"4"),
    "fifo": header("x.rs", kind=b"6"),
    "contiguous": member("x.rs", b"// x\n", kind=b"7"),
    "unknown_type": member("x.rs", b"// x\n", kind=b"Z"),
    "setuid": member("x.rs", b"// x\n", mode=0o6777),
}
for name, members in TYPES.items():
    constant("archives", "tar_" + name, lambda members=members: tar(good(), members))
for name, mode in {"symlink": 0o120777, "socket": 0o140777, "fifo": 0o010777, "device": 0o020777, "setuid": 0o106777}.items():
    constant("archives", "zip_" + name, lambda mode=mode: zip_of(zip_good(), {"name": "x.rs", "data": b"/etc/passwd", "mode": mode}))

# what an archive says of itself
constant("archives", "pax_size_too_small", lambda: tar(good(), pax(record("size", "1")) + member("x.rs", b"a" * 600), member("y.rs", b"y")))
constant("archives", "pax_size_huge", lambda: tar(good(), pax(record("size", str(1 << 62))) + member("x.rs", b"a")))
constant("archives", "pax_size_negative", lambda: tar(good(), pax(record("size", "-5")) + member("x.rs", b"a")))
constant("archives", "size_negative", lambda: tar(good(), header("x.rs", size=(1 << 88) - 512)))
constant("archives", "size_huge", lambda: tar(good(), header("x.rs", size=1 << 60)))
constant("archives", "pax_length_lies", lambda: tar(good(), member("P", b"99999 path=x.rs\n", kind=b"x") + member("y.rs", b"a")))
constant("archives", "pax_length_zero", lambda: tar(good(), member("P", b"0 path=x.rs\n", kind=b"x") + member("y.rs", b"a")))
constant("archives", "pax_many_headers", lambda: tar(good(), pax(record("path", "x.rs")) * 200 + member("y.rs", b"a")))
constant("archives", "pax_global", lambda: tar(pax(record("path", "x.rs"), kind=b"g"), good(), member("y.rs", b"a")))
constant("archives", "two_tars", lambda: tar(good()) + tar(member("x.rs", b"a")))
constant("archives", "trailing_garbage", lambda: tar(good()) + os.urandom(5000))
constant("archives", "zip_trailing_garbage", lambda: zip_of(zip_good()) + b"garbage" * 100)
constant("archives", "gzip_trailing_garbage", lambda: gzip.compress(tar(good())) + b"garbage" * 100)
constant("archives", "two_gzips", lambda: gzip.compress(tar(good())[:512]) + gzip.compress(tar(good())[512:]))
constant("archives", "no_end", lambda: good())
constant("archives", "zip_and_tar", lambda: tar(member("src/lib.rs", b"// of the tar\n")) + zip_of({"name": "src/main.rs", "data": b"// of the zip\n"}))
constant("archives", "tar_named_as_zip", lambda: tar(member(b"PK\3\4.rs", b"1"), good()))
constant("archives", "zip_names_differ", lambda: zip_of({**zip_good(), "central_name": "../../x.rs"}))
constant("archives", "zip_method_unknown", lambda: zip_of(zip_good(), {"name": "x.rs", "data": b"x", "method": 77}))
constant("archives", "zip_size_lies", lambda: zip_of(zip_good(), {"name": "x.rs", "data": zlib.compress(b"a" * 100000, 9)[2:-4], "method": 8, "size": 10}))
constant("archives", "zip_size_huge", lambda: zip_of(zip_good(), {"name": "x.rs", "data": b"x", "size": 0xfffffffe}))
constant("archives", "nested_archives", lambda: tar(good(), member("a.tar", tar(good())), member("b.zip", zip_of(zip_good()))))
constant("archives", "tar_of_a_rust_tar", lambda: tar(good(), member("a.rs", tar(good()))))


def zip_crypt(flags):
    return zip_of({"name": GOOD[0], "data": b"\x11" * 30, "size": 14, "crc": 0, "flags": flags})


constant("archives", "zip_encrypted", lambda: zip_crypt(1))
constant("archives", "zip_encrypted_names", lambda: zip_crypt(0x2041))


def sparse_new(real, blocks, data=b""):
    """The format that GNU tar writes: the map stands before the data."""
    text = b"".join(b"%d\n" % number for number in [len(blocks), *[part for block in blocks for part in block]])
    body = padded(text) + data
    return pax(record("GNU.sparse.major", "1"), record("GNU.sparse.minor", "0"), record("GNU.sparse.name", "x.rs"),
               record("GNU.sparse.realsize", str(real))) + member("GNUSparseFile.0/x.rs", body)


constant("archives", "sparse_terabytes", lambda: tar(good(), sparse_new(1 << 43, [(1 << 43, 0)])))
constant("archives", "sparse_at_the_end", lambda: tar(good(), sparse_new(1 << 43, [((1 << 43) - 5, 5)], b"hello")))
constant("archives", "sparse_overflow", lambda: tar(good(), sparse_new(10, [((1 << 63) - 2, 5)], b"hello")))
constant("archives", "sparse_overlapping", lambda: tar(good(), sparse_new(1 << 20, [(0, MIB)] * 3, b"a" * (3 * MIB))))
constant("archives", "sparse_backwards", lambda: tar(good(), sparse_new(1000, [(500, 5), (0, 5)], b"helloworld")))
constant("archives", "sparse_honest", lambda: tar(good(), sparse_new(1000, [(500, 5)], b"hello")))


def cut(data):
    return data[:len(data) * 3 // 5]


RANDOM = os.urandom(200000)
PLAIN = tar(good(), member("x.rs", RANDOM))
constant("archives", "cut_tar", lambda: cut(PLAIN))
constant("archives", "cut_gzip", lambda: cut(gzip.compress(PLAIN)))
constant("archives", "cut_xz", lambda: cut(lzma.compress(PLAIN)))
constant("archives", "cut_zip", lambda: cut(zip_of(zip_good(), {"name": "x.rs", "data": RANDOM})))
constant("archives", "bzip2", lambda: bz2.compress(tar(good())))
constant("archives", "lzma_alone", lambda: lzma.compress(tar(good()), format=lzma.FORMAT_ALONE))
constant("archives", "seven_zip", lambda: b"7z\xbc\xaf\x27\x1c" + RANDOM[:500])
constant("archives", "rar", lambda: b"Rar!\x1a\x07\x00" + RANDOM[:500])
constant("archives", "cpio", lambda: b"070701" + b"0" * 104 + b"a.rs\0\0")
constant("archives", "ar", lambda: b"!<arch>\na.rs/           0           0     0     644     0         `\n")
constant("archives", "iso", lambda: b"\0" * 32768 + b"\1CD001\1" + b"\0" * 4096)
constant("archives", "mtree", lambda: b"#mtree\nx.rs type=file contents=/etc/passwd\n")
constant("archives", "shell_script", lambda: b"#!/bin/sh\ntouch /tmp/owned\n")
constant("archives", "zeros", lambda: b"\0" * 100000)


# ---- bombs: small here, large or slow inside ---------------------------------------------------------


def again(pack, start, repeated, times, end=b""):
    """What is packed in parts is, to gzip and xz, packed in one: the long part need be packed only once."""
    return pack(start) + pack(repeated) * times + pack(end)


def pack_gzip(data):
    return gzip.compress(data, 1)


def pack_xz(data):
    return lzma.compress(data, preset=0)


def zeros(pack, mebibytes):
    return again(pack, header("x.rs", mebibytes * MIB), b"\0" * MIB, mebibytes)


constant("bombs", "zeros_gzip", lambda: zeros(pack_gzip, 10000))
constant("bombs", "zeros_xz", lambda: zeros(pack_xz, 100000))


@attack("bombs")
def zip_overlapping():
    """One body of zeros, and a directory that points at it again and again."""
    data = zlib.compress(b"\0" * (MIB - 1), 9)[2:-4]
    crc = zlib.crc32(b"\0" * (MIB - 1))
    body = zip_local("a.rs", data, method=8, size=MIB - 1, crc=crc)
    directory = b"".join(zip_central("a.rs", len(data), 0, method=8, size=MIB - 1, crc=crc) for _ in range(19000))
    return body + directory + zip_end(19000, len(directory), len(body))


@attack("bombs")
def zip_overlapping_nothing():
    """The same with a body that inflates to nothing: 40 MiB of empty blocks, 19,000 times."""
    data = b"\0\0\0\xff\xff" * (8 * MIB) + b"\3\0"
    body = zip_local("a.txt", data, method=8, size=0, crc=0)
    directory = b"".join(zip_central("a.txt", len(data), 0, method=8, size=0, crc=0) for _ in range(19000))
    return body + directory + zip_end(19000, len(directory), len(body))


@attack("bombs")
def zip_nested_heads():
    """Heads inside heads: each body quotes the heads behind it, and ends with the same 20 MiB of blocks of nothing."""
    count, blocks = 400, b"\0\0\0\xff\xff" * (4 * MIB) + b"\3\0"
    quote = b"\0\x23\0\xdc\xff"  # a block of deflate that holds 35 bytes as they are
    heads, content, directory = [], b"", []
    for i in reversed(range(count)):
        length = len(blocks) + (count - 1 - i) * (len(quote) + 35)
        stated = {"method": 8, "size": len(content), "crc": zlib.crc32(content)}
        head = zip_local("a.txt", b"", **stated)
        head = head[:18] + length.to_bytes(4, "little") + head[22:]
        heads.append(head)
        directory.append(zip_central("a.txt", length, i * (len(quote) + 35), **stated))
        content = head + content
    body = quote.join(reversed(heads)) + blocks
    directory = b"".join(reversed(directory))
    return body + directory + zip_end(count, len(directory), len(body))


@attack("bombs")
def zip_million_entries():
    one = zip_local("a.txt", b"")
    rows = b"".join(zip_central("a.txt", 0, place) for place in range(1000000))
    return one + rows + zip_end(1000000, len(rows), len(one))


@attack("bombs")
def tar_ten_million_entries():
    return again(pack_gzip, b"", header("src/x") * 1000, 10000, END)


@attack("bombs")
def tar_ten_million_left_out():
    return again(pack_gzip, b"", header("target/x") * 1000, 10000, END)


@attack("bombs")
def names_of_a_mebibyte():
    """Each a folder to be left out, and none like another."""
    return b"".join(pack_gzip(long_member(b"%08d" % i + b"a" * (MIB - 200) + b"/.x/y")) for i in range(50)) + pack_gzip(END)


@attack("bombs")
def sparse_map():
    """A map of 1.6 billion lines for one file: 48 bytes of memory for each four."""
    length = 6400 * MIB
    start = pax(record("GNU.sparse.major", "1"), record("GNU.sparse.minor", "0"), record("GNU.sparse.name", "x.rs"),
                record("GNU.sparse.realsize", "1000")) + header("x.rs", length)
    return again(pack_gzip, start + b"%d\n" % (length // 4 - 10), b"0\n0\n" * (MIB // 4), 6400)


@attack("bombs")
def sparse_map_old():
    """The old form of the same: block after block that says there is one more."""
    first = header("x.rs", 0, kind=b"S", magic=b"ustar  \0", tail=b"\0" * 121 + (b"%011o\0" % 0) * 8 + b"\1")
    more = (b"%011o\0" % 0) * 42 + b"\1" + b"\0" * 7
    return again(pack_gzip, first, more * 2048, 6400)


@attack("bombs")
def access_list():
    """A list of access rules: each is compared with all before it."""
    rules = b",".join(b"user::r--:%d" % i for i in range(52000))
    return again(pack_gzip, b"", pax(record("SCHILY.acl.access", rules)) + good(), 200, END)


@attack("bombs")
def access_lists_small():
    """As many of them as there may be entries, each as long as a header may be."""
    rules = b",".join(b"user::r--:%d" % i for i in range(900))
    return again(pack_gzip, b"", (pax(record("SCHILY.acl.access", rules)) + good()) * 20, 950, END)


@attack("bombs")
def attributes():
    rows = b"".join(record("LIBARCHIVE.xattr.user.%d" % i, "QQ==") for i in range(25000))
    return again(pack_gzip, b"", member("P", rows, kind=b"x") + good(), 200, END)


@attack("bombs")
def gzip_members():
    return gzip.compress(b"", 1) * 1000000 + gzip.compress(tar(good()))


@attack("bombs")
def xz_streams():
    return lzma.compress(b"") * 500000 + lzma.compress(tar(good()))


@attack("bombs")
def gzip_layers():
    data = zeros(pack_gzip, 1000)
    for _ in range(20):
        data = gzip.compress(data)
    return data


@attack("bombs")
def xz_layers():
    data = tar(good())
    for _ in range(24):
        data = pack_xz(data)
    return data


@attack("bombs")
def sparse_many():
    """Each file is one hole of a mebibyte."""
    return again(pack_gzip, b"", sparse_new(MIB, [(MIB, 0)]) * 1000, 19, END)


@attack("bombs")
def no_bomb():
    """As many entries as there may be, as a Mac's archiver writes them: no cap is near."""
    one = pax_member("target/x", b"a" * 3000, record("mtime", "1234567890.123456789"),
                     record("LIBARCHIVE.xattr.com.apple.provenance", "AQAA" * 20), record("SCHILY.xattr.com.apple.quarantine", "q" * 300))
    return again(pack_gzip, good(), one * 1000, 19, END)


@attack("bombs")
def zip_xz_inside():
    return zip_of(zip_good(), {"name": "target/x", "data": pack_xz(b"\0" * MIB), "method": 95, "size": MIB, "crc": 0})


# ---- archives of real tools ------------------------------------------------------------------------------

SOURCES = "mkdir w w/src; echo 'pub fn f() {}' >w/src/lib.rs; cd w; "
TOOLS = {
    "absolute_tar": SOURCES + "tar cPf $OUT src /etc/hostname",
    "climbing_tar": SOURCES + "mkdir in; cd in; tar cPf $OUT ../src/lib.rs",
    "symlink_zip": SOURCES + "ln -s /etc/passwd src/x.rs; zip -qry $OUT.zip . && mv $OUT.zip $OUT",
    "symlink_tar": SOURCES + "ln -s / out; ln -s /etc/passwd src/x.rs; tar czf $OUT src out",
    "hard_link_tar": SOURCES + "ln src/lib.rs src/x.rs; tar czf $OUT --sort=name src",
    "fifo_tar": SOURCES + "mkfifo src/x.rs; tar cJf $OUT --sort=name src",
    "device_tar": SOURCES + "tar cf $OUT --sort=name src /dev/null /dev/full 2>/dev/null",
    "setuid_tar": SOURCES + "chmod 6777 src/lib.rs; tar cf $OUT src",
    "sparse_tar": SOURCES + "truncate -s 4T src/x.rs 2>/dev/null || truncate -s 1T src/x.rs; tar cSf $OUT --sort=name src",
    "sparse_gnu_tar": SOURCES + "truncate -s 1T src/x.rs; tar cSf $OUT --format=gnu --sort=name src",
    "long_name_tar": SOURCES + "touch src/$(printf %0250d 0).rs; tar cf $OUT --sort=name src",
    "deep_tar": SOURCES + "d=$(printf 'd/%.0s' $(seq 100)); mkdir -p $d; cp src/lib.rs $d; tar cf $OUT --sort=name src d",
    "cases_tar": SOURCES + "touch src/LIB.RS src/Lib.rs; tar cf $OUT src/lib.rs src/Lib.rs src/LIB.RS",
    "concatenated_tar": SOURCES + "tar cf $OUT src; touch x.rs; tar cf more.tar x.rs; cat more.tar >>$OUT",
    "appended_tar": SOURCES + "tar cf $OUT src; echo 'fn f() {}' >src/lib.rs; tar rf $OUT src/lib.rs",
    "volume_tar": SOURCES + "tar cf $OUT -V label src",
    "incremental_tar": SOURCES + "tar cf $OUT -g snapshot src",
    "gzip_zeros": SOURCES + "(tar cf - src; head -c 100M /dev/zero) | gzip -1 >$OUT",
    "xz_large_window": SOURCES + "head -c 280M /dev/zero >x.rs; tar cf - src x.rs | xz -0 --lzma2=preset=0,dict=700MiB >$OUT",
    "zstd_long_window": SOURCES + "head -c 10M /dev/zero >x.rs; tar cf - src x.rs | zstd -q --ultra -1 --long=31 >$OUT",
    "zstd_frames": SOURCES + "tar cf a.tar src; split -b 2000 a.tar p; for p in p*; do zstd -q <$p; done >$OUT",
    "lzma_tar": SOURCES + "tar cf - src | xz --format=lzma >$OUT",
    "encrypted_zip": SOURCES + "zip -qrP secret $OUT.zip src && mv $OUT.zip $OUT",
    "split_zip": SOURCES + "head -c 200K /dev/urandom >src/x.rs; zip -qr -s 64k y.zip src && cp y.zip $OUT",
    "commented_zip": SOURCES + "zip -qrz $OUT.zip src </etc/hostname && mv $OUT.zip $OUT",
    "git_archive": SOURCES + "git init -q . && git add src && git -c user.name=a -c user.email=a@b commit -qm a && git archive --prefix=w/ HEAD >$OUT",
    "wrong_ending": SOURCES + "zip -qr $OUT.zip src && mv $OUT.zip $OUT",
    "zip_bomb_of_layers": SOURCES + "head -c 50M /dev/zero >a; zip -q b.zip a; zip -q c.zip b.zip b.zip; zip -qr $OUT.zip src c.zip && mv $OUT.zip $OUT",
}


def tool(command):
    def run(path):
        scratch = path + ".scratch"
        os.mkdir(scratch)
        subprocess.run(["bash", "-ec", command], cwd=scratch, env={**os.environ, "OUT": path}, check=True)
        subprocess.run(["rm", "-rf", scratch], check=True)
    return run


for name, command in TOOLS.items():
    constant("tools", name, tool(command))


# ---- folders -------------------------------------------------------------------------------------------------

TREES = {
    "plain": "true",
    "loop_of_links": "ln -s loop_b src/loop_a; ln -s loop_a src/loop_b; ln -s . src/self",
    "link_to_a_host_file": "ln -s /etc/passwd src/passwd.rs",
    "link_to_the_root": "ln -s / src/root; ln -s ../../.. src/up",
    "link_to_proc": "ln -s /proc/self/environ src/a.rs; ln -s /proc/self/fd src/fd",
    "fifo": "mkfifo src/x.rs answers.yaml",
    "fifo_of_settings": "mkfifo Cargo.toml README.md",
    "huge_sparse": "truncate -s 10G src/x.rs",
    "many_files": "mkdir src/many; cd src/many; seq -f %g.o 100000 | xargs touch",
    "many_in_target": "mkdir -p target; cd target; seq 25000 | xargs touch",
    "deep": "mkdir -p src/$(printf 'd/%.0s' $(seq 200))",
    "names": "touch \"$(printf 'src/a\\nb.rs')\" \"$(printf 'src/\\033]0;x\\007.rs')\" \"$(printf 'src/\\377.rs')\" 'src/-rf.rs' 'src/ .rs'",
    "long_name": "touch src/$(printf %0252d 0).rs",
    "two_forms_of_one_name": "touch \"$(printf 'src/\\303\\251.rs')\" \"$(printf 'src/e\\314\\201.rs')\"",
    "cases": "touch src/LIB.rs src/Lib.rs",
    "settings": "mkdir .cargo; touch .cargo/config.toml rust-toolchain.toml build.rs clippy.toml",
    "unreadable": "touch src/x.rs; chmod 0 src/x.rs; mkdir src/shut; chmod 0 src/shut",
    "setuid": "chmod 6777 src/lib.rs",
    "empty": "rm -r src",
    "only_links": "mv src/lib.rs away; ln -s ../away src/lib.rs",
}


def tree(command):
    def make(path):
        os.makedirs(os.path.join(path, "src"))
        write(os.path.join(path, "src/lib.rs"), GOOD[1])
        subprocess.run(["bash", "-ec", command], cwd=path, check=True)
    return make


for name, command in TREES.items():
    constant("trees", name, tree(command))


@attack("trees")
def socket_as_source(path):
    tree("true")(path)
    # a socket's path is short; the folder's may not be
    os.chdir(path)
    socket.socket(socket.AF_UNIX).bind("src/x.rs")


constant("trees", "link_to_a_folder", lambda path: os.symlink("plain", path))
constant("trees", "link_to_nothing", lambda path: os.symlink("nowhere", path))
constant("trees", "link_to_itself", lambda path: os.symlink(os.path.basename(path), path))
constant("trees", "a_fifo", os.mkfifo)
constant("trees", "a_fifo.rs", os.mkfifo)
constant("trees", "a_device", lambda path: os.symlink("/dev/zero", path))
constant("trees", "a_device.rs", lambda path: os.symlink("/dev/zero", path))
constant("trees", "an_empty_file", lambda path: write(path, b""))
constant("trees", "an_empty_file.rs", lambda path: write(path, b""))


# ---- sources -----------------------------------------------------------------------------------------------------

constant("sources", "100_megabytes.rs", lambda: b"// nothing\n" * 10000000)
constant("sources", "parentheses.rs", lambda: b"(" * 524288 + b")" * 524288)
constant("sources", "two_million_parentheses.rs", lambda: b"(" * 1000000 + b")" * 1000000)
constant("sources", "nul.rs", lambda: b"fn f() {}\0fn g() {}\n")
constant("sources", "byte_order_mark.rs", lambda: b"\xef\xbb\xbffn f() {}\n")
constant("sources", "utf_16.rs", lambda: "fn f() {}\n".encode("utf-16"))
constant("sources", "carriage_returns.rs", lambda: b"fn f() {}\r\nfn g() {}\rfn h() {}\r\n")
constant("sources", "turned.rs", lambda: "fn f() {}\n\n// \u202e } \u2066 if admin\n".encode())
constant("sources", "turned_isolate.rs", lambda: "/* \u2068 */\n".encode())
constant("sources", "not_turned.rs", lambda: "// \u2029 \u202f \u2065 \u206a \u20ac\n".encode() + b"\xe2\x80")
constant("sources", "not_utf8.rs", lambda: b"fn f() {}\xff\xfe\n")
constant("sources", "an_archive.rs", lambda: tar(good()))
constant("sources", "one_long_line.rs", lambda: b"a" * MIB)
constant("sources", "empty.rs", lambda: b"")
constant("sources", "no_ending", lambda: GOOD[1])


# ---- manifests ----------------------------------------------------------------------------------------------------

constant("manifests", "alias_bomb", lambda: b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (98 + i, 98 + i, b",".join([b"*%c" % (97 + i)] * 9)) for i in range(20)))
constant("manifests", "alias_to_itself", lambda: b"&a a: [*a]\n")
constant("manifests", "merge_key", lambda: b"<<: *base\nid: sound\n")
constant("manifests", "deep_lists", lambda: b"a: " + b"[" * 100000)
constant("manifests", "deep_mappings", lambda: b"{a: " * 50000)
constant("manifests", "deep_dashes", lambda: b"- " * 100000)
constant("manifests", "deep_questions", lambda: b"? " * 100000)
constant("manifests", "deep_indents", lambda: b"".join(b" " * i + b"a:\n" for i in range(700)))
constant("manifests", "same_key_often", lambda: b"a: 1\n" * 1000)
constant("manifests", "many_keys", lambda: b"".join(b"k%d: 1\n" % i for i in range(25000)))
constant("manifests", "huge_scalar", lambda: b"title: " + b"x" * (10 * MIB))
constant("manifests", "large_scalar", lambda: b"title: " + b"x" * 260000)
constant("manifests", "long_key", lambda: b"x" * 200000 + b": 1\n")
constant("manifests", "nul", lambda: b"title: a\0b\n")
constant("manifests", "nul_escaped", lambda: b"title: \"a\\0b\"\n")
constant("manifests", "not_utf8", lambda: b"title: \xc3\x28\n")
constant("manifests", "surrogate", lambda: b"title: \xed\xa0\x80\n")
constant("manifests", "utf_16", lambda: "title: a\n".encode("utf-16"))
constant("manifests", "tab", lambda: b"kind:\n\tbuild\n")
constant("manifests", "tag_of_python", lambda: b"title: !!python/object/apply:os.system [id]\n")
constant("manifests", "many_tag_directives", lambda: b"".join(b"%%TAG !%x! t\n" % i for i in range(18000)) + b"--- a\n")
constant("manifests", "many_documents", lambda: b"---\n" * 60000)
constant("manifests", "comments", lambda: b"#\n" * 130000)
constant("manifests", "escapes", lambda: b"\"\\e[2J\\u202E\": 1\n")
constant("manifests", "many_anchors", lambda: b"[" + b"&a x," * 40000)
constant("manifests", "unended_quote", lambda: b"title: '" + b"a\n\n" * 80000)
constant("manifests", "block_of_lines", lambda: b"title: |\n" + b" a\n" * 80000)
constant("manifests", "colons", lambda: b":" * 200000)
constant("manifests", "zeros", lambda: b"\0" * 100000)
constant("manifests", "empty", lambda: b"")


def write(path, data):
    with open(path, "wb") as out:
        out.write(data)


def main():
    kind, folder = sys.argv[1:3]
    folder = os.path.abspath(folder)
    for name in sys.argv[3:] or KINDS[kind]:
        path = os.path.join(folder, name)
        if kind in ("tools", "trees"):
            KINDS[kind][name](path)
        else:
            write(path, KINDS[kind][name]())


main()
