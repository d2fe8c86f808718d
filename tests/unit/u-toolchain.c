#include "suite.h"

#include "base/file.h"
#include "base/memory.h"
#include "rust/toolchain.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char groups[] = "\nrustc::allowed:missing_docs, unused_results\nclippy::all:clippy::len_zero, clippy::needless_return\nclippy::style:clippy::len_zero\n";
static const struct toolchain toolchain = {.lint_groups = groups};

static const struct {
	const char *lint, *group;
	bool in;
} memberships[] = {
	{"clippy::len_zero", "clippy::all", true},
	{"clippy::needless_return", "clippy::all", true},
	{"clippy::needless_return", "clippy::style", false},
	{"clippy::len_zer", "clippy::all", false},
	{"clippy::len_zero", "clippy::len_zero", true},
	{"clippy::len_zero", "clippy::unheard_of", false},
	{"unused_mut", "rustc", true},
	{"clippy::len_zero", "rustc", false},
	/* who asks for more holds himself to more than others */
	{"missing_docs", "rustc", false},
	{"missing_docs", "missing_docs", true},
};

START_TEST(lints_and_groups)
{
	ck_assert_msg(toolchain_lint_in(&toolchain, memberships[_i].lint, memberships[_i].group) == memberships[_i].in,
		      "%s in %s", memberships[_i].lint, memberships[_i].group);
}
END_TEST

START_TEST(sources_of_std_name_no_home)
{
	static char root[] = "/home/someone/.rustup/toolchains/stable";
	const struct toolchain somebodys = {.root = root};
	cleanup_free char *remapping = toolchain_remapping(&somebodys);

	ck_assert_str_eq(remapping,
			 "--remap-path-prefix=/home/someone/.rustup/toolchains/stable/lib/rustlib/src/rust=/rustc");
}
END_TEST

/* A program that says what it is told to, in a home of our own. */
static void write_program(const char *root, const char *name, const char *script)
{
	cleanup_error struct error *error = NULL;
	cleanup_free char *bin = file_join(root, "bin");
	cleanup_free char *path = file_join(bin, name);

	ck_assert_int_eq(file_make_folders(bin, &error), 0);
	ck_assert_int_eq(file_write(AT_FDCWD, path, script, strlen(script), 0755, &error), 0);
}

static void write_toolchain(const char *root)
{
	write_program(root, "rustc", "#!/bin/sh\nprintf 'release: 1.99.0\\nhost: x86_64-unknown-linux-gnu\\n'\n");
	write_program(root, "clippy-driver",
		      "#!/bin/sh\n"
		      "if [ \"$1\" = -V ]; then echo 'clippy 0.1.99 (abc 2026-01-01)'; else\n"
		      "printf '  missing-docs  allow  what is missing\\n  unused-must-use  warn  what is unused\\n'\n"
		      "printf '   clippy::all  clippy::len-zero, clippy::needless-return\\n'; fi\n");
}

START_TEST(rustup_default_is_found_and_asked_once)
{
	cleanup_error struct error *error = NULL;
	cleanup_free char *home = file_make_scratch("u-toolchain-", &error);
	cleanup_free char *root = text_format("%s/toolchains/mine-x86_64-unknown-linux-gnu", home);
	cleanup_free char *settings = file_join(home, "settings.toml");
	static const char toml[] = "version = \"12\"\ndefault_toolchain = \"mine\"\n";
	struct toolchain found = {0}, again = {0};

	write_toolchain(root);
	ck_assert_int_eq(file_write(AT_FDCWD, settings, toml, strlen(toml), 0600, &error), 0);
	setenv("RUSTUP_HOME", home, 1);
	unsetenv("RUSTUP_TOOLCHAIN");
	ck_assert_msg(toolchain_find(NULL, home, &found, &error) == 0, "%s", error ? error->message : "");
	ck_assert_str_eq(found.root, root);
	ck_assert_str_eq(found.version, "1.99.0");
	ck_assert_str_eq(found.clippy_version, "0.1.99");
	ck_assert(toolchain_lint_in(&found, "clippy::needless_return", "clippy::all"));
	ck_assert(toolchain_lint_in(&found, "unused_must_use", "rustc"));
	ck_assert(!toolchain_lint_in(&found, "missing_docs", "rustc"));
	ck_assert_int_eq(toolchain_find("mine", home, &again, &error), 0);
	ck_assert_str_eq(again.id, found.id);
	toolchain_release(&again);
	/* another driver is another toolchain */
	write_program(root, "clippy-driver",
		      "#!/bin/sh\necho 'clippy 0.1.100 (abc)'; printf '  clippy::all  clippy::a\\n'\n");
	ck_assert_int_eq(toolchain_find("mine", home, &again, &error), 0);
	ck_assert_str_ne(again.id, found.id);
	toolchain_release(&found);
	toolchain_release(&again);
	file_remove_tree(AT_FDCWD, home);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(sources_of_std_name_no_home),
	UNIT(lints_and_groups, .rows = ARRAY_LENGTH(memberships)),
	UNIT(rustup_default_is_found_and_asked_once),
};

UNIT_MAIN("toolchain", tests)
