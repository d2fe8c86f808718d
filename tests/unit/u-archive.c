#include "submission-fixture.h"
#include "suite.h"

#define A_FILE {"src/lib.rs", "pub fn f() {}\n", 0, NULL, NULL}
#define FILE_AT(path) {path, "// text\n", 0, NULL, NULL}
#define FOLDER_AT(path) {path, NULL, AE_IFDIR, NULL, NULL}

/* ---- hostile entries --------------------------------------------------------------- */

static const struct {
	struct item items[8];
	const char *text;
} rows[] = {
	{{A_FILE}, "src/lib.rs\n"},
	/* names */
	{{A_FILE, FILE_AT("/etc/cron.d/x.rs")}, "src/lib.rs\n! /etc/cron.d/x.rs: name\n"},
	{{A_FILE, FILE_AT("../x.rs")}, "src/lib.rs\n! ../x.rs: name\n"},
	{{A_FILE, FILE_AT("src/../../x.rs")}, "src/lib.rs\n! src/../../x.rs: name\n"},
	{{A_FILE, FILE_AT("src//x.rs")}, "src/lib.rs\n! src//x.rs: name\n"},
	{{A_FILE, FILE_AT("src/./x.rs")}, "src/lib.rs\n! src/./x.rs: name\n"},
	{{A_FILE, FILE_AT("src/a b.rs")}, "src/lib.rs\n! src/a b.rs: name\n"},
	{{A_FILE, FILE_AT("src\\x.rs")}, "src/lib.rs\n! src\\x.rs: name\n"},
	{{A_FILE, FILE_AT("src/\x1b[2J\n.rs")}, "src/lib.rs\n! src/\\x1b[2J\\x0a.rs: name\n"},
	{{A_FILE, FILE_AT("src/\xff.rs")}, "src/lib.rs\n! src/\\xff.rs: name\n"},
	{{A_FILE, FILE_AT("src/x\xe2\x80\xae.rs")}, "src/lib.rs\n! src/x\\u{202e}.rs: name\n"},
	/* what archivers put around names */
	{{FOLDER_AT("./"), FOLDER_AT("./src/"), FILE_AT("./src/lib.rs")}, "src/lib.rs\n"},
	{{FOLDER_AT("my-work/"), FILE_AT("my-work/src/lib.rs"), FILE_AT("my-work/x.sh")}, "src/lib.rs\n! x.sh: ending\n"},
	{{FILE_AT("my-work/src/lib.rs"), FILE_AT("__MACOSX/my-work/._lib.rs")}, "src/lib.rs\n! __MACOSX/: folder\n"},
	{{FILE_AT(".DS_Store"), FILE_AT("my-work/src/lib.rs")}, "src/lib.rs\n! .DS_Store: hidden\n"},
	{{FILE_AT("my-work/src/lib.rs"), FILE_AT("notes.md")}, "my-work/src/lib.rs\nnotes.md\n"},
	/* links and devices */
	{{A_FILE, {"src/x.rs", NULL, AE_IFLNK, "/etc/passwd", NULL}}, "src/lib.rs\n! src/x.rs: link\n"},
	{{A_FILE, {"src/x.rs", NULL, 0, NULL, "src/lib.rs"}}, "src/lib.rs\n! src/x.rs: link\n"},
	{{A_FILE, {"src/x.rs", NULL, 0, NULL, "/etc/passwd"}}, "src/lib.rs\n! src/x.rs: link\n"},
	{{A_FILE, {"out", NULL, AE_IFLNK, "/etc", NULL}, FILE_AT("out/x.rs")}, "src/lib.rs\n! out: link\n! out/x.rs: duplicate\n"},
	{{A_FILE, {"src/x.rs", NULL, AE_IFIFO, NULL, NULL}}, "src/lib.rs\n! src/x.rs: special\n"},
	{{A_FILE, {"src/x.rs", NULL, AE_IFCHR, NULL, NULL}}, "src/lib.rs\n! src/x.rs: special\n"},
	{{A_FILE, {"src/x.rs", NULL, AE_IFBLK, NULL, NULL}}, "src/lib.rs\n! src/x.rs: special\n"},
	/* names that meet */
	{{A_FILE, FILE_AT("src/lib.rs")}, "src/lib.rs\n! src/lib.rs: duplicate\n"},
	{{A_FILE, FILE_AT("src/LIB.rs")}, "src/lib.rs\n! src/LIB.rs: duplicate\n"},
	{{A_FILE, FILE_AT("SRC/Lib.rs")}, "src/lib.rs\n! SRC/Lib.rs: duplicate\n"},
	{{A_FILE, FILE_AT("src/lib.rs/x.rs")}, "src/lib.rs\n! src/lib.rs/x.rs: duplicate\n"},
	{{FILE_AT("src/x.rs/y.rs"), FILE_AT("src/x.rs")}, "src/x.rs/y.rs\n! src/x.rs: duplicate\n"},
	/* what is not taken */
	{{A_FILE, FILE_AT("inner.tar.gz"), FILE_AT("inner.zip")}, "src/lib.rs\n! inner.tar.gz: ending\n! inner.zip: ending\n"},
	{{A_FILE, FILE_AT("target/debug/x.rs"), FILE_AT("target/debug/\xff")}, "src/lib.rs\n! target/: folder\n"},
	{{A_FILE, FILE_AT("src/target/mod.rs")}, "src/lib.rs\nsrc/target/mod.rs\n"},
	{{A_FILE, FILE_AT(".cargo/config.toml"), FILE_AT(".git/config")}, "src/lib.rs\n! .cargo/: folder\n! .git/: folder\n"},
	{{A_FILE, FILE_AT(".gitignore"), FILE_AT("src/.x.rs")}, "src/lib.rs\n! .gitignore: hidden\n! src/.x.rs: hidden\n"},
	{{A_FILE, FILE_AT("build.rs"), FILE_AT("src/build.rs")}, "src/build.rs\nsrc/lib.rs\n! build.rs: no-effect\n"},
	{{FILE_AT("w/build.rs"), FILE_AT("w/src/lib.rs")}, "src/lib.rs\n! build.rs: no-effect\n"},
	{{A_FILE, FILE_AT("clippy.toml"), FILE_AT("src/.clippy.toml"), FILE_AT("rustfmt.toml"), FILE_AT("rust-toolchain"),
	  FILE_AT("rust-toolchain.toml"), FILE_AT(".rustfmt.toml")},
	 "src/lib.rs\n! clippy.toml: no-effect\n! src/.clippy.toml: no-effect\n! rustfmt.toml: no-effect\n"
	 "! rust-toolchain: no-effect\n! rust-toolchain.toml: no-effect\n! .rustfmt.toml: no-effect\n"},
	{{A_FILE, FILE_AT("Cargo.toml"), FILE_AT("Cargo.lock"), FILE_AT("a.md"), FILE_AT("a.txt"), FILE_AT("a.yaml"), FILE_AT("a.yml")},
	 "Cargo.lock\nCargo.toml\na.md\na.txt\na.yaml\na.yml\nsrc/lib.rs\n"},
	/* nothing to grade */
	{{FILE_AT("README.md")}, "error: holds no Rust source and no answers.yaml"},
	{{FOLDER_AT("src/")}, "error: holds no Rust source and no answers.yaml"},
	{{FILE_AT("main.py"), FILE_AT("x.py")},
	 "error: holds no Rust source and no answers.yaml; 2 passed over, the first: main.py (not a kind of file that is taken "
	 "(.rs .toml .md .txt .yaml .yml .lock))"},
	{{FILE_AT("answers.yaml")}, "answers.yaml\n"},
};

START_TEST(hostile_entries)
{
	char *folder = scratch_make();
	cleanup_free char *path = file_join(folder, "x.tar");
	struct archive *archive = archive_start(path, archive_write_set_format_pax_restricted, NULL);
	cleanup_free char *text = NULL;

	for (size_t i = 0; i < ARRAY_LENGTH(rows[_i].items) && rows[_i].items[i].path; i++)
		archive_put(archive, &rows[_i].items[i]);
	archive_end(archive);
	text = submission_text(path, &submission_default_caps);
	scratch_remove(folder);
	ck_assert_str_eq(text, rows[_i].text);
}
END_TEST

/* ---- caps ----------------------------------------------------------------------------- */

static const struct submission_caps small = {
	.files = 10,
	.entries = 20,
	.file_bytes = 1000,
	.total_bytes = 2500,
	.archive_bytes = 1 << 20,
	.depth = 3,
	.passed_bytes = 1 << 20,
};

static const struct {
	const char *command; /* makes x.tar.gz in a folder */
	const char *text;
} caps[] = {
	{"mkdir src; for i in 0 1 2 3 4 5 6 7 8 9; do touch src/$i.rs; done; tar czf x.tar.gz src/*.rs",
	 "src/0.rs\nsrc/1.rs\nsrc/2.rs\nsrc/3.rs\nsrc/4.rs\nsrc/5.rs\nsrc/6.rs\nsrc/7.rs\nsrc/8.rs\nsrc/9.rs\n"},
	{"mkdir src; for i in 0 1 2 3 4 5 6 7 8 9 10; do touch src/$i.rs; done; tar czf x.tar.gz src", "error: more than 10 source files"},
	{"mkdir target; touch a.rs; for i in $(seq 20); do touch target/$i; done; tar czf x.tar.gz a.rs target", "error: more than 20 entries"},
	{"head -c 1001 /dev/zero >a.rs; touch b.rs; tar czf x.tar.gz a.rs b.rs", "b.rs\n! a.rs: too-large\n"},
	{"for i in a b c; do head -c 1000 /dev/zero >$i.rs; done; tar czf x.tar.gz *.rs", "error: more than 0 MiB of source"},
	{"head -c 3000000 /dev/urandom >a.rs; tar czf x.tar.gz a.rs", "error: larger than the 1 MiB allowed"},
	{"mkdir -p a/b/c; touch a/b/c/d.rs; tar czf x.tar.gz a/b/c/d.rs", "d.rs"},
	{"mkdir -p a/b/c/d; touch a/b/c/d/e.rs; tar czf x.tar.gz a/b/c/d/e.rs", "error: a/b/c/d/e.rs lies more than 3 folders deep"},
	/* bombs: 10 MB of nothing, once as source, once in a folder that is passed over, once as a sparse file */
	{"head -c 10000000 /dev/zero >a.rs; tar czf x.tar.gz a.rs", "error: unpacks to more than 1 MiB"},
	{"mkdir target; head -c 10000000 /dev/zero >target/a; touch a.rs; tar czf x.tar.gz a.rs target", "error: unpacks to more than 1 MiB"},
	{"truncate -s 8G a.rs; touch b.rs; tar czSf x.tar.gz a.rs b.rs", "b.rs\n! a.rs: too-large\n"},
};

START_TEST(caps_hold)
{
	char *folder = scratch_make();
	cleanup_free char *path = file_join(folder, "x.tar.gz");
	cleanup_free char *text = NULL;

	ck_assert(shell(folder, caps[_i].command));
	text = submission_text(path, &small);
	scratch_remove(folder);
	if (caps[_i].text[0] == 'd')
		ck_assert_str_eq(text, "b/c/d.rs\n");
	else
		ck_assert_str_eq(text, caps[_i].text);
}
END_TEST

/* Each layer would have a decoder of its own, with a window of its own. */
START_TEST(layers_of_gzip)
{
	char *folder = scratch_make();
	cleanup_free char *path = file_join(folder, "x.gz");
	cleanup_free char *text = NULL;

	ck_assert(shell(folder, "echo >a.rs; tar cf x a.rs; gzip x; mv x.gz x; gzip x"));
	text = submission_text(path, &small);
	ck_assert_str_eq(text, "error: is compressed more than once");
	scratch_remove(folder);
}
END_TEST

START_TEST(many_entries_with_the_real_caps)
{
	char *folder = scratch_make();
	cleanup_free char *path = file_join(folder, "x.zip");
	struct archive *archive = archive_start(path, archive_write_set_format_zip, NULL);
	cleanup_free char *text = NULL;
	char name[32];

	for (int i = 0; i < 19000; i++) {
		snprintf(name, sizeof name, "src/%d.txt", i % 10 ? i : 0);
		archive_put(archive, &(struct item){.path = name});
	}
	archive_end(archive);
	text = submission_text(path, &submission_default_caps);
	ck_assert_str_eq(text, "error: more than 1000 source files");
	scratch_remove(folder);
}
END_TEST

/* ---- archives that are none ------------------------------------------------------------- */

static const struct {
	const char *command; /* makes x */
	const char *text;    /* what the message begins with */
} broken[] = {
	{"touch x", "error: is empty"},
	{"echo hello there, this is no archive >x", "error: is not an archive that is known here: "},
	{"head -c 600 /dev/zero >x", "error: "},
	{"printf 'PK\\003\\004' >x", "error: the archive is damaged or cut short: "},
	{"printf '\\037\\213\\010' >x", "error: the archive is damaged or cut short: "},
	{"touch a.rs; head -c 100000 /dev/urandom >b.rs; tar cf x a.rs b.rs; truncate -s 50000 x", "error: the archive is damaged or cut short: "},
	{"touch a.rs; head -c 100000 /dev/urandom >b.rs; tar czf x a.rs b.rs; truncate -s 50000 x", "error: the archive is damaged or cut short: "},
	{"touch a.rs; head -c 100000 /dev/urandom >b.rs; tar cJf x a.rs b.rs; truncate -s 50000 x", "error: the archive is damaged or cut short: "},
	{"echo 'fn f() {}' >a.rs; tar cf x a.rs; bzip2 -c x >y 2>/dev/null || printf 'BZh91AY' >y; mv y x", "error: is not an archive that is known here: "},
	{"echo 'fn f() {}' >a.rs; gzip <a.rs >x", "error: is compressed, but what it holds is not a tar archive"},
	{"printf '7z\\274\\257\\047\\034aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' >x", "error: is not an archive that is known here: "},
	{"printf 'Rar!\\032\\007\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' >x", "error: is not an archive that is known here: "},
	{"printf '!<arch>\\na.rs/           0           0     0     644     0         `\\n' >x", "error: is not an archive that is known here: "},
};

START_TEST(no_archive)
{
	char *folder = scratch_make();
	cleanup_free char *path = file_join(folder, "x");
	cleanup_free char *text = NULL;

	ck_assert(shell(folder, broken[_i].command));
	text = submission_text(path, &submission_default_caps);
	scratch_remove(folder);
	ck_assert_msg(strncmp(text, broken[_i].text, strlen(broken[_i].text)) == 0, "%s", text);
}
END_TEST

static bool write_encrypted(const char *path, const char *method)
{
	struct archive *archive = archive_write_new();
	const struct item item = A_FILE;

	archive_write_set_format_zip(archive);
	if (archive_write_set_options(archive, method) != ARCHIVE_OK) {
		archive_write_free(archive);
		return false;
	}
	archive_write_set_passphrase(archive, "secret");
	ck_assert_int_eq(archive_write_open_filename(archive, path), ARCHIVE_OK);
	archive_put(archive, &item);
	archive_end(archive);
	return true;
}

START_TEST(encrypted)
{
	static const char *const methods[] = {"zip:encryption=zipcrypt", "zip:encryption=aes256"};
	char *folder = scratch_make();
	cleanup_free char *path = file_join(folder, "x.zip");
	cleanup_free char *text = NULL;

	if (!write_encrypted(path, methods[_i]))
		SKIP(folder, "this libarchive cannot encrypt");
	text = submission_text(path, &submission_default_caps);
	scratch_remove(folder);
	ck_assert_str_eq(text, "error: the archive is encrypted; hand in a plain one");
}
END_TEST

/* Wherever an archive is cut, what comes back is an error or whole files. */
static const struct {
	archive_setup *format, *filter;
} kinds[] = {
	{archive_write_set_format_ustar, NULL},
	{archive_write_set_format_pax, NULL},
	{archive_write_set_format_gnutar, archive_write_add_filter_gzip},
	{archive_write_set_format_pax, archive_write_add_filter_xz},
	{archive_write_set_format_pax, archive_write_add_filter_zstd},
	{archive_write_set_format_zip, NULL},
};

static void check_cut(const char *path, const char *whole, size_t length)
{
	cleanup_submission struct submission *submission = NULL;
	cleanup_error struct error *err = NULL;

	ck_assert_int_eq(truncate(path, (off_t)length), 0);
	if (submission_open(path, &submission_default_caps, &submission, &err) < 0)
		return;
	for (size_t i = 0; i < submission->file_count; i++)
		ck_assert_str_eq(submission->files[i].data, whole);
}

START_TEST(cut_anywhere)
{
	char *folder = scratch_make();
	cleanup_free char *path = file_join(folder, "x");
	const struct item items[] = {FILE_AT("src/a.rs"), FILE_AT("src/b.rs")};
	struct archive *archive = archive_start(path, kinds[_i].format, kinds[_i].filter);
	struct stat status;

	archive_put(archive, &items[0]);
	archive_put(archive, &items[1]);
	archive_end(archive);
	ck_assert_int_eq(stat(path, &status), 0);
	/* from the end, so that each cut is of what the last left */
	for (size_t length = (size_t)status.st_size; length > 0; length -= length > 600 ? 37 : 1)
		check_cut(path, items[0].text, length - 1);
	scratch_remove(folder);
}
END_TEST

START_TEST(a_zip_with_a_wrong_checksum)
{
	char *folder = scratch_make();
	cleanup_free char *path = file_join(folder, "x.zip");
	cleanup_free char *text = NULL;
	cleanup_buffer struct buffer bytes = {0};
	struct archive *archive = archive_start(path, archive_write_set_format_zip, NULL);
	const struct item item = A_FILE;
	struct error *err = NULL;
	char *place;

	ck_assert_int_eq(archive_write_zip_set_compression_store(archive), ARCHIVE_OK);
	archive_put(archive, &item);
	archive_end(archive);
	ck_assert_int_eq(file_read(AT_FDCWD, path, 1 << 20, &bytes, &err), 0);
	place = memmem(bytes.data, bytes.length, "pub fn", 6);
	ck_assert_ptr_nonnull(place);
	*place = 'P';
	scratch_write(folder, "x.zip", bytes.data, bytes.length);
	text = submission_text(path, &submission_default_caps);
	scratch_remove(folder);
	ck_assert_msg(strncmp(text, "error: the archive is damaged", 29) == 0, "%s", text);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(hostile_entries, .rows = ARRAY_LENGTH(rows)),
	UNIT(caps_hold, .rows = ARRAY_LENGTH(caps)),
	UNIT(layers_of_gzip),
	UNIT(many_entries_with_the_real_caps),
	UNIT(no_archive, .rows = ARRAY_LENGTH(broken)),
	UNIT(encrypted, .rows = 2),
	UNIT(cut_anywhere, .rows = ARRAY_LENGTH(kinds)),
	UNIT(a_zip_with_a_wrong_checksum),
};

UNIT_MAIN("archive", tests)
