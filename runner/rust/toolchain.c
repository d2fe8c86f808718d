#include "rust/toolchain.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/process.h"

#include <dirent.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#define ALLOWED_GROUP "rustc::allowed" /* among the groups; no group of clippy's or rustc's is called so */
#define KEPT_LIMIT (1 << 20)	       /* bytes; the lint groups of 1.95 are 60 KiB */

/* ---- where it is ------------------------------------------------------- */

static bool has_program(const char *root, const char *name)
{
	cleanup_free char *path = text_format("%s/bin/%s", root, name);

	return access(path, X_OK) == 0;
}

static char *rustup_home(void)
{
	const char *home = getenv("RUSTUP_HOME");

	if (home && *home)
		return text_copy(home);
	home = getenv("HOME");
	return home && *home ? file_join(home, ".rustup") : NULL;
}

/* "stable" names the folder stable-x86_64-unknown-linux-gnu, as rustup has it. NULL where there is none. */
static char *rustup_toolchain(const char *rustup, const char *name)
{
	cleanup_free char *pattern = NULL;
	char *exact = text_format("%s/toolchains/%s", rustup, name);
	glob_t found;

	if (strchr(name, '/') || has_program(exact, "rustc"))
		return exact;
	pattern = text_format("%s-*", exact);
	free(exact);
	exact = NULL;
	if (glob(pattern, 0, NULL, &found) == 0) {
		exact = text_copy(found.gl_pathv[0]);
		globfree(&found);
	}
	return exact;
}

/* The line default_toolchain = "…" of rustup's settings.toml. */
static char *rustup_default(const char *rustup)
{
	cleanup_free char *path = file_join(rustup, "settings.toml");
	cleanup_buffer struct buffer settings = {0};
	cleanup_error struct error *ignored = NULL;
	const char *key, *open, *close;

	if (file_read(AT_FDCWD, path, KEPT_LIMIT, &settings, &ignored) < 0)
		return NULL;
	key = strstr(buffer_text(&settings), "default_toolchain");
	open = key ? strchr(key, '"') : NULL;
	close = open ? strchr(open + 1, '"') : NULL;
	return close ? text_copy_n(open + 1, (size_t)(close - open - 1)) : NULL;
}

static char *rustup_any(const char *rustup)
{
	cleanup_free char *pattern = text_format("%s/toolchains/*", rustup);
	char *root = NULL;
	glob_t found;

	if (glob(pattern, 0, NULL, &found) != 0)
		return NULL;
	for (size_t i = found.gl_pathc; i-- > 0 && !root;) /* "stable" sorts after "nightly" */
		if (has_program(found.gl_pathv[i], "rustc") && has_program(found.gl_pathv[i], "clippy-driver"))
			root = text_copy(found.gl_pathv[i]);
	globfree(&found);
	return root;
}

/* A rustc in PATH that is not one of rustup's proxies. */
static char *path_toolchain(void)
{
	cleanup_free char *path = text_copy(getenv("PATH") ? getenv("PATH") : "/usr/bin");
	char *rest = path, *folder;

	while ((folder = strsep(&rest, ":"))) {
		cleanup_free char *rustc = file_join(folder, "rustc");
		char real[PATH_MAX];
		char *slash;

		if (!*folder || access(rustc, X_OK) < 0 || !realpath(rustc, real))
			continue;
		slash = strrchr(real, '/');
		if (strcmp(slash, "/rustup") == 0)
			continue;
		*slash = '\0'; /* …/bin */
		slash = strrchr(real, '/');
		if (slash)
			*slash = '\0';
		return text_copy(*real ? real : "/");
	}
	return NULL;
}

static char *find_root(const char *wanted, struct error **err)
{
	cleanup_free char *rustup = rustup_home();
	const char *named = getenv("RUSTUP_TOOLCHAIN");
	cleanup_free char *by_default = NULL;
	char *root = NULL;

	if (wanted) {
		char real[PATH_MAX];

		if (strchr(wanted, '/'))
			root = realpath(wanted, real) ? text_copy(real) : NULL;
		else if (rustup)
			root = rustup_toolchain(rustup, wanted);
		if (root && has_program(root, "rustc"))
			return root;
		free(root);
		error_set(
			err, ERROR_USAGE,
			"no toolchain \"%s\": give a folder that holds bin/rustc, or the name of an installed rustup toolchain",
			wanted);
		return NULL;
	}
	if (rustup && named && *named)
		root = rustup_toolchain(rustup, named);
	if (!root && rustup && (by_default = rustup_default(rustup)))
		root = rustup_toolchain(rustup, by_default);
	if (root && !has_program(root, "clippy-driver")) {
		free(root);
		root = NULL;
	}
	if (!root && rustup)
		root = rustup_any(rustup);
	if (!root)
		root = path_toolchain();
	if (!root)
		error_set(
			err, ERROR_OTHER,
			"no Rust toolchain found: install one with rustup, or on Debian `apt-get install rustc-web rust-web-clippy rustfmt-web`");
	return root;
}

/* ---- what it is -------------------------------------------------------- */

static char *line_value(const char *text, const char *key)
{
	const char *at = text;
	size_t length = strlen(key);

	while (at && strncmp(at, key, length) != 0) {
		at = strchr(at, '\n');
		at = at ? at + 1 : NULL;
	}
	return at ? text_copy_n(at + length, strcspn(at + length, "\n")) : NULL;
}

/* The lint groups end the output of `-W help`, one a line, names with dashes for underscores. */
static void keep_lint_groups(const char *help, struct buffer *out)
{
	const char *at = help;

	while (at && *at) {
		size_t length = strcspn(at, "\n");
		size_t start = strspn(at, " ");
		size_t name = strcspn(at + start, " \n");
		const char *members = at + start + name;

		members += strspn(members, " ");
		/* two columns, the second a list: no description holds "clippy::a, clippy::b" */
		if (start > 0 && strncmp(at + start, "clippy::", 8) == 0 && strncmp(members, "clippy::", 8) == 0) {
			buffer_add_format(out, "%.*s:", (int)name, at + start);
			for (const char *c = members; c < at + length; c++)
				buffer_add_char(out, *c == '-' ? '_' : *c);
			buffer_add_char(out, '\n');
		}
		at += length;
		at += *at == '\n';
	}
}

/*
 * rustc's own lints stand there with their level, one a line. Those that are off unless a submission asks for them hold
 * it to more than others: kept as a group, since they are no warnings of `rustc` to a criterion.
 */
static void keep_allowed_lints(const char *help, struct buffer *out)
{
	static const char level[] = "allow ";
	const char *between = "";

	buffer_add_text(out, ALLOWED_GROUP ":");
	for (const char *at = help; *at;) {
		size_t length = strcspn(at, "\n"), start = strspn(at, " "), name = strcspn(at + start, " \n");
		size_t column = start + name + strspn(at + start + name, " ");

		if (start > 0 && column < length && strncmp(at + column, level, sizeof level - 1) == 0 &&
		    !memchr(at + start, ':', name)) {
			buffer_add_text(out, between);
			for (size_t i = start; i < start + name; i++)
				buffer_add_char(out, at[i] == '-' ? '_' : at[i]);
			between = ", ";
		}
		at += length + (at[length] == '\n');
	}
	buffer_add_char(out, '\n');
}

static int ask(const struct toolchain *toolchain, struct buffer *kept, struct error **err)
{
	cleanup_buffer struct buffer rustc = {0}, clippy = {0}, help = {0};
	cleanup_free char *release = NULL, *host = NULL;
	int code;

	code = process_run((const char *[]){toolchain->rustc, "-vV", NULL}, &rustc, NULL, err);
	if (code < 0)
		return -1;
	release = line_value(buffer_text(&rustc), "release: ");
	host = line_value(buffer_text(&rustc), "host: ");
	if (code > 0 || !release || !host)
		return error_set(err, ERROR_OTHER, "%s -vV does not say what it is; is the toolchain whole?",
				 toolchain->rustc);
	if (process_run((const char *[]){toolchain->clippy_driver, "-V", NULL}, &clippy, NULL, err) < 0 ||
	    process_run((const char *[]){toolchain->clippy_driver, "-W", "help", NULL}, &help, NULL, err) < 0)
		return -1;
	buffer_add_format(kept, "release: %s\nhost: %s\n", release, host);
	buffer_add_format(kept, "clippy: %.*s\n",
			  (int)strcspn(buffer_text(&clippy) + strspn(buffer_text(&clippy), "clipy "), " \n"),
			  buffer_text(&clippy) + strspn(buffer_text(&clippy), "clipy "));
	keep_allowed_lints(buffer_text(&help), kept);
	keep_lint_groups(buffer_text(&help), kept);
	return 0;
}

/* The digest of what would change if either program did: size, time and place of each. */
static int fingerprint(const struct toolchain *toolchain, char text[DIGEST_TEXT_SIZE], struct error **err)
{
	const char *const files[] = {toolchain->rustc, toolchain->clippy_driver};
	struct digest digest;

	digest_init(&digest);
	digest_add_text(&digest, "toolchain/3");
	for (size_t i = 0; i < ARRAY_LENGTH(files); i++) {
		struct stat status;

		if (stat(files[i], &status) < 0)
			return error_set_errno(err, ERROR_OTHER, "%s", files[i]);
		digest_add_text(&digest, files[i]);
		digest_add(&digest, &status.st_size, sizeof status.st_size);
		digest_add(&digest, &status.st_mtim, sizeof status.st_mtim);
		digest_add(&digest, &status.st_ino, sizeof status.st_ino);
	}
	digest_finish(&digest, text);
	return 0;
}

static int identify(struct toolchain *toolchain, const char *cache, struct error **err)
{
	char print[DIGEST_TEXT_SIZE];
	cleanup_free char *path = NULL;
	cleanup_buffer struct buffer kept = {0};
	cleanup_error struct error *ignored = NULL;
	struct digest digest;
	const char *groups;

	if (fingerprint(toolchain, print, err) < 0)
		return -1;
	path = text_format("%s/toolchain-%.16s", cache, print);
	if (file_read(AT_FDCWD, path, KEPT_LIMIT, &kept, &ignored) < 0 || !strstr(buffer_text(&kept), "clippy::all:")) {
		buffer_release(&kept);
		if (ask(toolchain, &kept, err) < 0 || file_write_atomic(path, kept.data, kept.length, err) < 0)
			return -1;
	}
	toolchain->version = line_value(buffer_text(&kept), "release: ");
	toolchain->host = line_value(buffer_text(&kept), "host: ");
	toolchain->clippy_version = line_value(buffer_text(&kept), "clippy: ");
	groups = strstr(buffer_text(&kept), "\n" ALLOWED_GROUP ":");
	toolchain->lint_groups = text_copy(groups ? groups : "");
	digest_init(&digest);
	digest_add_text(&digest, print);
	digest_add(&digest, buffer_text(&kept), kept.length);
	digest_finish(&digest, toolchain->id);
	return 0;
}

static char *first_match(const char *pattern)
{
	char *path = NULL;
	glob_t found;

	if (glob(pattern, 0, NULL, &found) != 0)
		return NULL;
	path = text_copy(found.gl_pathv[0]);
	globfree(&found);
	return path;
}

/* Debian's /usr/bin/cc goes through /etc/alternatives, which no box shows: take what it leads to. */
static char *find_linker(void)
{
	static const char *const names[] = {"/usr/bin/cc", "/usr/bin/gcc", "/usr/bin/clang", "/usr/local/bin/cc"};
	char real[PATH_MAX];

	for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
		if (access(names[i], X_OK) == 0 && realpath(names[i], real))
			return text_copy(real);
	return NULL;
}

int toolchain_find(const char *wanted, const char *cache, struct toolchain *toolchain, struct error **err)
{
	cleanup_free char *pattern = NULL;

	toolchain->root = find_root(wanted, err);
	if (!toolchain->root)
		return -1;
	toolchain->rustc = text_format("%s/bin/rustc", toolchain->root);
	toolchain->clippy_driver = text_format("%s/bin/clippy-driver", toolchain->root);
	if (!has_program(toolchain->root, "clippy-driver"))
		return error_set(
			err, ERROR_OTHER,
			"the toolchain in %s has no clippy: `rustup component add clippy`, or on Debian `apt-get install rust-web-clippy`",
			toolchain->root);
	if (has_program(toolchain->root, "rustfmt"))
		toolchain->rustfmt = text_format("%s/bin/rustfmt", toolchain->root);
	toolchain->linker = find_linker();
	if (!toolchain->linker)
		return error_set(err, ERROR_OTHER,
				 "no C compiler to link with in /usr/bin: on Debian `apt-get install gcc`");
	if (identify(toolchain, cache, err) < 0)
		return -1;
	toolchain->libraries = text_format("%s/lib/rustlib/%s/lib", toolchain->root, toolchain->host);
	pattern = text_format("%s/libstd-*.so", toolchain->libraries);
	toolchain->shared_std = first_match(pattern);
	return 0;
}

void toolchain_release(struct toolchain *toolchain)
{
	free(toolchain->root);
	free(toolchain->rustc);
	free(toolchain->clippy_driver);
	free(toolchain->rustfmt);
	free(toolchain->linker);
	free(toolchain->libraries);
	free(toolchain->version);
	free(toolchain->clippy_version);
	free(toolchain->host);
	free(toolchain->shared_std);
	free(toolchain->lint_groups);
	*toolchain = (struct toolchain){0};
}

char *toolchain_remapping(const struct toolchain *toolchain)
{
	return text_format("--remap-path-prefix=%s/lib/rustlib/src/rust=/rustc", toolchain->root);
}

bool toolchain_lint_in(const struct toolchain *toolchain, const char *lint, const char *group)
{
	cleanup_free char *start = text_format("\n%s:", group);
	const char *line, *end;
	size_t length = strlen(lint);

	if (strcmp(lint, group) == 0)
		return true;
	if (strcmp(group, "rustc") == 0)
		return !strstr(lint, "::") && !toolchain_lint_in(toolchain, lint, ALLOWED_GROUP);
	line = strstr(toolchain->lint_groups, start);
	if (!line)
		return false;
	line += strlen(start);
	end = line + strcspn(line, "\n");
	for (const char *at = line; at < end; at += strcspn(at, ",\n")) {
		at += strspn(at, ", ");
		if (strncmp(at, lint, length) == 0 && strchr(",\n", at[length]))
			return true;
	}
	return false;
}
