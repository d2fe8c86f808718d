#include "meanwhile-fixture.h"
#include "submission-fixture.h"
#include "suite.h"

#include <sys/socket.h>
#include <sys/un.h>

static const uid_t nobody = 65534;

static char *text_of(const char *folder)
{
	cleanup_free char *path = file_join(folder, "work");

	return submission_text(path, &submission_default_caps);
}

/* ---- one submission in every form -------------------------------------------------- */

static const char *const forms[] = {
	"tar cf x work",
	"tar czf x work",
	"tar cJf x work",
	"tar c --zstd -f x work",
	"tar czf x -C work .",
	"tar czf x --format=v7 work",
	"tar czf x --format=gnu work",
	"tar czf x --format=pax work",
	"zip -qr x.zip work && mv x.zip x",
	"(cd work && zip -qr ../x.zip .) && mv x.zip x",
	"mkdir x && cp -r work x/",
	"ln -s work x",
};

START_TEST(every_form_has_the_same_digest)
{
	char *folder = scratch_make();
	cleanup_free char *path = file_join(folder, "x"), *work = file_join(folder, "work");
	cleanup_submission struct submission *one = NULL, *other = NULL;
	struct error *err = NULL;

	scratch_write(folder, "work/Cargo.toml", "[package]\n", 10);
	scratch_write(folder, "work/src/lib.rs", "mod a;\n", 7);
	scratch_write(folder, "work/src/a.rs", "", 0);
	scratch_write(folder, "work/src/a-b/deep.rs", "\0\xff", 2);
	if (!shell(folder, forms[_i]))
		SKIP(folder, forms[_i]);
	ck_assert_int_eq(submission_open(work, &submission_default_caps, &one, &err), 0);
	ck_assert_msg(submission_open(path, &submission_default_caps, &other, &err) == 0, "%s", err ? err->message : "");
	scratch_remove(folder);
	ck_assert_uint_eq(one->file_count, 4);
	ck_assert_str_eq(one->digest, other->digest);
	ck_assert_str_eq(one->name, "work");
	ck_assert_str_eq(other->name, "x");
	ck_assert_str_eq(submission_find(other, "src/lib.rs")->data, "mod a;\n");
	ck_assert_uint_eq(submission_find(other, "src/a-b/deep.rs")->length, 2);
	ck_assert_ptr_null(submission_find(other, "src/b.rs"));
}
END_TEST

START_TEST(the_digest_follows_names_and_bytes)
{
	static const char *const changes[] = {"echo >>work/src/lib.rs", "mv work/src/a.rs work/src/b.rs", "touch work/src/c.rs",
					      "rm work/src/a.rs", "touch work/x.sh work/.x"};
	char *folder = scratch_make();
	cleanup_free char *work = file_join(folder, "work");
	cleanup_submission struct submission *before = NULL, *after = NULL;
	struct error *err = NULL;

	scratch_write(folder, "work/src/lib.rs", "mod a;\n", 7);
	scratch_write(folder, "work/src/a.rs", "", 0);
	scratch_write(folder, "work/README.md", "", 0);
	ck_assert_int_eq(submission_open(work, &submission_default_caps, &before, &err), 0);
	ck_assert(shell(folder, changes[_i]));
	ck_assert_int_eq(submission_open(work, &submission_default_caps, &after, &err), 0);
	scratch_remove(folder);
	/* the last change is of what is not kept */
	ck_assert_int_eq(strcmp(before->digest, after->digest) == 0, _i == 4);
}
END_TEST

START_TEST(a_file_alone_is_the_crate)
{
	char *folder = scratch_make();
	cleanup_free char *path = file_join(folder, "solution.rs");
	cleanup_free char *text = NULL, *too_large = NULL;
	const struct submission_caps caps = {.file_bytes = 3, .total_bytes = 100, .files = 1, .entries = 1};

	scratch_write(folder, "solution.rs", "fn f() {}", 9);
	text = submission_text(path, &submission_default_caps);
	too_large = submission_text(path, &caps);
	scratch_remove(folder);
	ck_assert_str_eq(text, "src/lib.rs\n");
	ck_assert_str_eq(too_large, "error: larger than the 3 bytes allowed");
}
END_TEST

/* What hides from a reader what is compiled is taken, and told of. */
START_TEST(turned_text_has_its_line)
{
	static const struct {
		const char *bytes;
		unsigned int line;
	} files[] = {{"// plain\n", 0}, {"\n\n// \xe2\x80\xae", 3}, {"\xe2\x81\xa6", 1}, {"\n\xe2\x80\xa9\xe2\x81", 0}};
	char *folder = scratch_make();
	cleanup_free char *work = file_join(folder, "work");
	cleanup_submission struct submission *submission = NULL, *base = NULL;
	struct error *err = NULL;

	scratch_write(folder, "work/lib.rs", "", 0);
	ck_assert_int_eq(submission_open(work, &submission_default_caps, &base, &err), 0);
	scratch_write(folder, "work/lib.rs", files[_i].bytes, strlen(files[_i].bytes));
	ck_assert_int_eq(submission_open(work, &submission_default_caps, &submission, &err), 0);
	scratch_remove(folder);
	submission_overlay(base, submission);
	ck_assert_uint_eq(submission->files[0].turned_line, files[_i].line);
	ck_assert_uint_eq(base->files[0].turned_line, files[_i].line);
}
END_TEST

/* ---- hostile folders ------------------------------------------------------------------ */

static const struct {
	const char *command, *text;
} rows[] = {
	{"true", "src/lib.rs\n"},
	{"ln -s /etc/passwd src/x.rs", "src/lib.rs\n! src/x.rs: link\n"},
	{"ln -s lib.rs src/x.rs", "src/lib.rs\n! src/x.rs: link\n"},
	{"ln -s loop.rs src/loop.rs", "src/lib.rs\n! src/loop.rs: link\n"},
	{"ln -s .. src/up", "src/lib.rs\n! src/up: link\n"},
	{"ln -s / root", "src/lib.rs\n! root: link\n"},
	{"ln -s nowhere gone.rs", "src/lib.rs\n! gone.rs: link\n"},
	{"mkfifo src/x.rs", "src/lib.rs\n! src/x.rs: special\n"},
	{"ln src/lib.rs src/twin.rs", "src/lib.rs\nsrc/twin.rs\n"},
	{"touch \"$(printf 'src/a\\nb.rs')\"", "src/lib.rs\n! src/a\\x0ab.rs: name\n"},
	{"touch \"$(printf 'src/\\033[2J.rs')\"", "src/lib.rs\n! src/\\x1b[2J.rs: name\n"},
	{"touch \"$(printf 'src/\\377.rs')\"", "src/lib.rs\n! src/\\xff.rs: name\n"},
	{"mkdir 'a b'; touch 'a b/x.rs'", "src/lib.rs\n! a b: name\n"},
	{"touch src/LIB.rs", "src/LIB.rs\n! src/lib.rs: duplicate\n"},
	{"mkdir SRC; touch SRC/x.rs", "SRC/x.rs\nsrc/lib.rs\n"},
	{"mkdir -p target/debug .git; touch target/debug/x.rs .git/x.rs", "src/lib.rs\n! .git/: folder\n! target/: folder\n"},
	/* of what is hidden, what tells a machine what to check, and no source beside it */
	{"mkdir -p .github/workflows; cd .github/workflows; touch ci.yml more.yaml x.rs .y.yml ../z.yml",
	 ".github/workflows/ci.yml\n.github/workflows/more.yaml\nsrc/lib.rs\n! .github/workflows/.y.yml: hidden\n"
	 "! .github/workflows/x.rs: hidden\n! .github/z.yml: hidden\n"},
	{"mkdir -p .github/ISSUES .circleci/a .x; touch .github/ISSUES/a.md .gitlab-ci.yml .circleci/a/config.yml .x/y.yml",
	 ".gitlab-ci.yml\nsrc/lib.rs\n! .circleci/a/config.yml: hidden\n! .github/ISSUES/a.md: hidden\n! .x/: folder\n"},
	{"mkdir p .gitea; mkdir -p p/.gitea/workflows .gitea/workflows; mv src p; touch p/.gitea/workflows/a.yml "
	 ".gitea/workflows/a.yml p/Cargo.toml",
	 ".gitea/workflows/a.yml\nCargo.toml\nsrc/lib.rs\n! .gitea/workflows/a.yml: hidden\n"},
	{"touch build.rs rust-toolchain.toml", "src/lib.rs\n! rust-toolchain.toml: no-effect\n! build.rs: no-effect\n"},
	{"truncate -s 1048576 src/a.rs; truncate -s 1048577 src/b.rs; truncate -s 1T src/c.rs",
	 "src/a.rs\nsrc/lib.rs\n! src/b.rs: too-large\n! src/c.rs: too-large\n"},
	{"mkdir -p $(printf 'd/%.0s' 1 2 3 4 5 6 7 8 9 10 11 12)", "src/lib.rs\n"},
	{"mkdir -p $(printf 'd/%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13)", "error: d/d/d/d/d/d/d/d/d/d/d/d/d lies more than 12 folders deep"},
	{"cd src; seq -f %g.rs 1000 | xargs touch", "error: more than 1000 source files"},
	{"mkdir x; cd x; seq -f %g.o 20001 | xargs touch", "error: more than 20000 entries"},
	{"for i in $(seq 17); do truncate -s 1048576 $i.rs; done", "error: more than 16 MiB of source"},
};

START_TEST(hostile_folder)
{
	char *folder = scratch_make();
	cleanup_free char *work = file_join(folder, "work");
	cleanup_free char *text = NULL;

	scratch_write(folder, "work/src/lib.rs", "", 0);
	ck_assert(shell(work, rows[_i].command));
	text = text_of(folder);
	scratch_remove(folder);
	ck_assert_str_eq(text, rows[_i].text);
}
END_TEST

START_TEST(a_socket_is_passed_over)
{
	char *folder = scratch_make();
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	cleanup_fd int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	cleanup_free char *text = NULL;

	scratch_write(folder, "work/src/lib.rs", "", 0);
	snprintf(address.sun_path, sizeof address.sun_path, "%s/work/x.rs", folder);
	ck_assert_int_eq(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
	text = text_of(folder);
	scratch_remove(folder);
	ck_assert_str_eq(text, "src/lib.rs\n! x.rs: special\n");
}
END_TEST

START_TEST(notes_are_capped_and_counted)
{
	char *folder = scratch_make();
	cleanup_free char *work = file_join(folder, "work");
	cleanup_submission struct submission *submission = NULL;
	struct error *err = NULL;

	scratch_write(folder, "work/src/lib.rs", "", 0);
	ck_assert(shell(work, "seq -f %g.sh 150 | xargs touch"));
	ck_assert_int_eq(submission_open(work, &submission_default_caps, &submission, &err), 0);
	scratch_remove(folder);
	ck_assert_uint_eq(submission->refused_count, 100);
	ck_assert_uint_eq(submission->refused_total, 150);
}
END_TEST

/* A second name of someone else's file, in a folder that a root-run grader reads. */
START_TEST(a_foreign_hard_link_is_refused)
{
	char *folder = scratch_make();
	cleanup_free char *work = file_join(folder, "work"), *text = NULL;

	if (geteuid() != 0)
		SKIP(folder, "only root can own a file in another's folder");
	scratch_write(folder, "secret", "root's", 6);
	scratch_write(folder, "work/src/lib.rs", "", 0);
	ck_assert(shell(folder, "ln secret work/src/secret.rs"));
	ck_assert_int_eq(chown(work, nobody, nobody), 0);
	text = text_of(folder);
	scratch_remove(folder);
	ck_assert_str_eq(text, "src/lib.rs\n! src/secret.rs: link\n");
}
END_TEST

/* ---- what cannot be read ---------------------------------------------------------------- */

static const struct {
	const char *command, *text;
} unreadable[] = {
	{"chmod 0 work", "error: cannot be opened: Permission denied"},
	{"chmod 0 work/src/lib.rs", "a.rs\n! src/lib.rs: changed\n"},
	{"chmod 0 work/src", "a.rs\n! src: changed\n"},
	/* its names can be listed, but not looked at */
	{"chmod 444 work/src", "a.rs\n! src/lib.rs: changed\n"},
	{"rm -r work", "error: cannot be opened: No such file or directory"},
	{"rm -r work; mkfifo work", "error: is neither a folder nor a file"},
	{"rm -r work; ln -s work work", "error: cannot be opened: Too many levels of symbolic links"},
};

START_TEST(unreadable_as_a_user)
{
	char *folder = scratch_make();
	cleanup_free char *text = NULL;

	scratch_write(folder, "work/src/lib.rs", "", 0);
	scratch_write(folder, "work/a.rs", "", 0);
	ck_assert(shell(folder, unreadable[_i].command));
	/* root reads everything */
	if (geteuid() == 0)
		ck_assert_int_eq(seteuid(nobody), 0);
	text = text_of(folder);
	if (getuid() == 0)
		ck_assert_int_eq(seteuid(0), 0);
	shell(folder, "chmod -R u+rwX .");
	scratch_remove(folder);
	ck_assert_str_eq(text, unreadable[_i].text);
}
END_TEST

/* ---- what changes while it is read -------------------------------------------------------- */

enum { TAKEN = 1, REFUSED = 2, FOREIGN = 4 };

static unsigned int read_work(const char *folder)
{
	cleanup_free char *work = file_join(folder, "work");
	cleanup_submission struct submission *submission = NULL;
	cleanup_error struct error *err = NULL;
	const struct submission_file *file;
	unsigned int saw = 0;

	if (submission_open(work, &submission_default_caps, &submission, &err) < 0)
		return FOREIGN;
	file = submission_find(submission, "b.rs");
	if (file)
		saw |= strncmp(file->data, "theirs", 6) == 0 ? TAKEN : FOREIGN;
	for (size_t i = 0; i < submission->refused_count; i++)
		if (submission->refused[i].why == REFUSED_CHANGED)
			saw |= REFUSED;
	return saw;
}

/* The same length, other bytes at its end. */
static void rewrite(const struct meanwhile *meanwhile)
{
	static char byte;
	cleanup_fd int fd = open(meanwhile->path, O_WRONLY | O_CLOEXEC);

	byte ^= 1;
	ck_assert_int_eq(pwrite(fd, &byte, 1, (1 << 20) - 1), 1);
}

/* A file of the candidate's and something that must not be opened change places; or it is written to. */
static const struct {
	const char *command; /* makes `other` */
	void (*change)(const struct meanwhile *);
} changes[] = {
	{"ln -s ../secret other", exchange},
	{"mkfifo other", exchange},
	{"mkdir other", exchange},
	{"truncate -s 1M work/b.rs", rewrite},
};

START_TEST(a_file_that_changes)
{
	char *folder = scratch_make();
	cleanup_free char *path = file_join(folder, "work/b.rs"), *other = file_join(folder, "other");
	const struct meanwhile meanwhile = {
		.read = read_work, .change = changes[_i].change, .folder = folder, .path = path, .other = other};

	scratch_write(folder, "secret", "secret", 6);
	scratch_write(folder, "work/a.rs", "", 0);
	scratch_write(folder, "work/b.rs", "theirs", 6);
	ck_assert(shell(folder, changes[_i].command));
	ck_assert_uint_eq(read_at_each_moment(&meanwhile), TAKEN | REFUSED);
	scratch_remove(folder);
}
END_TEST

/* ---- out again ------------------------------------------------------------------------------ */

static mode_t mode_of(const char *folder, const char *path)
{
	cleanup_free char *full = file_join(folder, path);
	struct stat status;

	ck_assert_int_eq(lstat(full, &status), 0);
	return status.st_mode & 07777;
}

START_TEST(laid_out_for_other_readers)
{
	char *folder = scratch_make();
	cleanup_free char *work = file_join(folder, "work"), *out = file_join(folder, "out");
	cleanup_submission struct submission *submission = NULL, *again = NULL;
	struct error *err = NULL;

	scratch_write(folder, "work/src/deep/er/lib.rs", "\0x", 2);
	scratch_write(folder, "work/src/deep.rs", "y", 1);
	ck_assert_int_eq(submission_open(work, &submission_default_caps, &submission, &err), 0);
	umask(077);
	ck_assert_int_eq(file_make_folders(out, &err), 0);
	ck_assert_int_eq(submission_lay(submission, out, &err), 0);
	ck_assert_uint_eq(mode_of(out, "src/deep/er"), 0755);
	ck_assert_uint_eq(mode_of(out, "src/deep/er/lib.rs"), 0644);
	ck_assert_int_eq(submission_open(out, &submission_default_caps, &again, &err), 0);
	ck_assert_str_eq(submission->digest, again->digest);
	ck_assert_int_eq(submission_lay(submission, "/nowhere", &err), -1);
	error_free(err);
	scratch_remove(folder);
}
END_TEST

START_TEST(an_overlay_replaces_and_adds)
{
	char *folder = scratch_make();
	cleanup_free char *base = file_join(folder, "base"), *over = file_join(folder, "over"), *both = file_join(folder, "both");
	cleanup_submission struct submission *reference = NULL, *mutant = NULL, *expected = NULL;
	struct error *err = NULL;

	scratch_write(folder, "base/src/lib.rs", "old", 3);
	scratch_write(folder, "base/src/b.rs", "b", 1);
	scratch_write(folder, "over/src/lib.rs", "new", 3);
	scratch_write(folder, "over/src/a.rs", "a", 1);
	scratch_write(folder, "both/src/lib.rs", "new", 3);
	scratch_write(folder, "both/src/a.rs", "a", 1);
	scratch_write(folder, "both/src/b.rs", "b", 1);
	ck_assert_int_eq(submission_open(base, &submission_default_caps, &reference, &err), 0);
	ck_assert_int_eq(submission_open(over, &submission_default_caps, &mutant, &err), 0);
	ck_assert_int_eq(submission_open(both, &submission_default_caps, &expected, &err), 0);
	submission_overlay(reference, mutant);
	scratch_remove(folder);
	ck_assert_str_eq(reference->digest, expected->digest);
	ck_assert_str_eq(submission_find(reference, "src/lib.rs")->data, "new");
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(every_form_has_the_same_digest, .rows = ARRAY_LENGTH(forms)),
	UNIT(the_digest_follows_names_and_bytes, .rows = 5),
	UNIT(a_file_alone_is_the_crate),
	UNIT(turned_text_has_its_line, .rows = 4),
	UNIT(hostile_folder, .rows = ARRAY_LENGTH(rows), .seconds = 60),
	UNIT(a_socket_is_passed_over),
	UNIT(notes_are_capped_and_counted),
	UNIT(a_foreign_hard_link_is_refused),
	UNIT(unreadable_as_a_user, .rows = ARRAY_LENGTH(unreadable)),
	UNIT(a_file_that_changes, .rows = ARRAY_LENGTH(changes), .seconds = 60),
	UNIT(laid_out_for_other_readers),
	UNIT(an_overlay_replaces_and_adds),
};

UNIT_MAIN("submission", tests)
