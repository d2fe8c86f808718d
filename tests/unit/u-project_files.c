#include "suite.h"

#include "base/file.h"
#include "base/memory.h"
#include "grading/project_files.h"

#include <fcntl.h>
#include <string.h>

static struct exercise_criterion criteria[] = {{.require = REQUIRE_README}, {.require = REQUIRE_CI}};

/* What is seen in a submission of one file; the exercise has a brief, and its starter a README.md. */
static struct project_evidence look_at(const char *path, const char *text)
{
	cleanup_error struct error *err = NULL;
	cleanup_free char *folder = file_make_scratch("u-project-", &err), *starter = file_join(folder, "starter");
	cleanup_free char *brief = file_join(folder, "README.md"), *given = file_join(starter, "README.md");
	cleanup_free char *name = text_copy(path), *data = text_copy(text);
	struct submission_file files[] = {{.path = name, .data = data, .length = strlen(data)}};
	const struct submission submission = {.files = files, .file_count = 1};
	const struct exercise exercise = {.folder = folder, .criteria = criteria, .criterion_count = 2};
	struct evidence evidence = {0};

	ck_assert_int_eq(file_make_folders(starter, &err), 0);
	ck_assert_int_eq(file_write(AT_FDCWD, brief, "Write a quota of bytes.\n", 24, 0644, &err), 0);
	ck_assert_int_eq(file_write(AT_FDCWD, given, "  Fill in the blanks.", 21, 0644, &err), 0);
	project_files_look_at(&exercise, &submission, &evidence);
	file_remove_tree(AT_FDCWD, folder);
	return evidence.project;
}

#define TEN "word word word word word word word word word wor " /* 49 bytes */

static const struct {
	const char *path, *text;
	bool has;
	size_t lines;
} readmes[] = {
	{"NOTES.md", "It says a lot.\n", false, 0},
	{"README.md", "", true, 0},
	{"README.md", "It says a lot.\nAnd some more words\n", true, 2},
	{"README.md", "# It has a heading\n| a table of words |\n![a badge or two](x)\n<b>some html here</b>\n", true,
	 0},
	{"README.md", "two words\n1 2 3 4 5\n- a list of things\n", true, 1},
	{"README.md", "```\nlet it be code;\n```\nand prose after it\n", true, 1},
	{"README.md", "Write a quota of bytes.\nFill in the blanks.\n\tWrite a quota of bytes.\r\n", true, 0},
	{"README.md", TEN TEN TEN, true, 2},
	{"README.md", "\xff\xfe\x01 a b c", true, 1},
};

START_TEST(prose_of_its_own)
{
	struct project_evidence seen = look_at(readmes[_i].path, readmes[_i].text);

	ck_assert_int_eq(seen.has_readme, readmes[_i].has);
	ck_assert_uint_eq(seen.prose_lines, readmes[_i].lines);
	project_evidence_release(&seen);
}
END_TEST

#define GITHUB ".github/workflows/ci.yml"

static const struct {
	const char *path, *text;
	bool read, damaged;
	unsigned int commands;
} files[] = {
	{"ci.yml", "run: cargo clippy\n", false, false, 0},
	{GITHUB, "run: cargo clippy\n", true, false, CI_CLIPPY},
	{GITHUB, "run: |\n  cargo fmt --check\n  cargo test\n", true, false, CI_FMT | CI_TEST},
	{".gitlab-ci.yml", "lint:\n  script: [cargo +stable clippy, 'RUSTFLAGS=-D cargo fmt']\n", true, false,
	 CI_CLIPPY | CI_FMT},
	{".woodpecker/a.yaml", "steps: [{commands: ['A=1 cargo fmt && cargo test; cargo clippy']}]\n", true, false,
	 CI_FMT | CI_TEST | CI_CLIPPY},
	/* it is said, and not run */
	{GITHUB, "name: cargo clippy\n", true, false, 0},
	{GITHUB, "# run: cargo clippy\nrun: make\n", true, false, 0},
	{GITHUB, "run: |\n  # cargo clippy\n  echo cargo fmt\n  cargo-clippy\n  cargo build clippy\n", true, false, 0},
	{GITHUB, "cargo clippy: yes\n", true, false, 0},
	{GITHUB, "name:\n  run: cargo clippy\nwith: {name: cargo fmt}\n", true, false, CI_CLIPPY},
	/* no YAML, or nothing of it that could be a workflow */
	{GITHUB, "run: [cargo clippy\n", false, true, 0},
	{GITHUB, "run: cargo clippy\nrun: }\n", false, true, 0},
	{GITHUB, "cargo clippy\n", false, true, 0},
	{GITHUB, "", false, true, 0},
	{GITHUB, "a: &a [*a, *a]\nrun: cargo fmt\n", true, false, CI_FMT},
};

START_TEST(what_a_machine_runs)
{
	struct project_evidence seen = look_at(files[_i].path, files[_i].text);

	ck_assert_int_eq(seen.ci_file != NULL, files[_i].read);
	ck_assert_int_eq(seen.ci_damaged != NULL, files[_i].damaged);
	ck_assert_uint_eq(seen.ci_commands, files[_i].commands);
	project_evidence_release(&seen);
}
END_TEST

START_TEST(too_deep_and_too_large)
{
	char deep[400] = "run: cargo fmt\na: ";
	cleanup_free char *large = memory_new(300 << 10, 1);
	struct project_evidence seen;

	memset(deep + strlen(deep), '[', 100);
	memset(deep + strlen(deep), ']', 100);
	seen = look_at(GITHUB, deep);
	ck_assert_ptr_nonnull(seen.ci_damaged);
	ck_assert_uint_eq(seen.ci_commands, 0);
	project_evidence_release(&seen);
	memset(large, ' ', (300 << 10) - 1);
	memcpy(large, "run: cargo fmt\n", 15);
	seen = look_at(GITHUB, large);
	ck_assert_ptr_nonnull(seen.ci_damaged);
	project_evidence_release(&seen);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(prose_of_its_own, .rows = ARRAY_LENGTH(readmes)),
	UNIT(what_a_machine_runs, .rows = ARRAY_LENGTH(files)),
	UNIT(too_deep_and_too_large),
};

UNIT_MAIN("project_files", tests)
