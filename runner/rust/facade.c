#include "rust/facade.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/process.h"
#include "base/text.h"
#include "rust/embedded.h"
#include "rust/std_items.h"

#include <cjson/cJSON.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

/* The gate is a FIFO: reading it blocks until assay writes, or has gone. */
static const char gated_linker[] = "#!/bin/sh\n"
				   "read -r word </gate && [ \"$word\" = go ] && exec \"$ASSAY_LINKER\" \"$@\"\n"
				   "exit 1\n";

void facade_digest_sources(const struct string_list *added, char text[65])
{
	cleanup_buffer struct buffer source = {0};
	struct digest digest;

	std_items_write(added, NULL, &source);

	digest_init(&digest);
	digest_add_text(&digest, "facade/6");
	digest_add_text(&digest, buffer_text(&source));
	digest_add_text(&digest, gated_linker);
	for (size_t i = 0; i < harness_file_count; i++)
		digest_add(&digest, harness_files[i].data, (size_t)(harness_files[i].end - harness_files[i].data));
	digest_finish(&digest, text);
}

/*
 * core and alloc and what they are made with, and what every program is linked with (no stable crate can name it); std itself is what must be missing. Links are enough: a box shows the
 * toolchain at the place where it is outside.
 */
static int lay_sysroot(const struct toolchain *toolchain, const char *folder, struct error **err)
{
	static const char *const crates[] = {"core", "alloc", "compiler_builtins", "rustc_std_workspace_core",
					     "rustc_std_workspace_alloc",
					     "panic_unwind"};
	cleanup_free char *into = text_format("%s/sysroot/lib/rustlib/%s/lib", folder, toolchain->host);

	if (file_make_folders(into, err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LENGTH(crates); i++) {
		cleanup_free char *pattern = text_format("%s/lib%s-*.r*", toolchain->libraries, crates[i]);
		glob_t found;

		if (glob(pattern, 0, NULL, &found) != 0)
			continue; /* not every distribution has every workspace crate; core is missed below */
		for (size_t j = 0; j < found.gl_pathc; j++) {
			cleanup_free char *link = file_join(into, strrchr(found.gl_pathv[j], '/') + 1);

			if (symlink(found.gl_pathv[j], link) < 0) {
				error_set_errno(err, ERROR_OTHER, "cannot make the link %s", link);
				globfree(&found);
				return -1;
			}
		}
		globfree(&found);
	}
	return 0;
}

static int compile(const char *const *argv, const char *what, struct error **err)
{
	cleanup_buffer struct buffer errors = {0};
	int code = process_run(argv, NULL, &errors, err);

	if (code < 0)
		return -1;
	if (code > 0)
		return error_set(err, ERROR_OTHER, "%s does not compile with %s:\n%s", what, argv[0],
				 buffer_text(&errors));
	return 0;
}

/* ---- which of its items a std has, by trial -------------------------------- */

struct trial {
	bool *lacking;			  /* one an item */
	size_t found;			  /* how many the last run added */
	const struct std_item *essential; /* one that lacks and may not */
	struct buffer said;		  /* rustc's own words */
};

static void trial_release(struct trial *trial)
{
	free(trial->lacking);
	buffer_release(&trial->said);
}

/* One error may point at several lines: unresolved imports are put together. */
static void read_error(const cJSON *error, struct trial *trial)
{
	const cJSON *span, *rendered = cJSON_GetObjectItemCaseSensitive(error, "rendered");

	if (cJSON_IsString(rendered))
		buffer_add_text(&trial->said, rendered->valuestring);
	cJSON_ArrayForEach (span, cJSON_GetObjectItemCaseSensitive(error, "spans")) {
		const cJSON *line = cJSON_GetObjectItemCaseSensitive(span, "line_start");
		const struct std_item *item = cJSON_IsNumber(line) && line->valuedouble > 0
						      ? std_item_at((unsigned int)line->valuedouble)
						      : NULL;

		if (!item || trial->lacking[item - std_items])
			continue;
		trial->lacking[item - std_items] = true;
		trial->found++;
		if (!item->may_lack)
			trial->essential = item;
	}
}

static void read_errors(const char *printed, struct trial *trial)
{
	while (*printed) {
		size_t length = strcspn(printed, "\n");
		cJSON *line = cJSON_ParseWithLength(printed, length);
		const char *level = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(line, "level"));

		if (level && strcmp(level, "error") == 0)
			read_error(line, trial);
		cJSON_Delete(line);
		printed += length + (printed[length] == '\n');
	}
}

/* Compiles what is not yet known to lack. 1: something more lacks. */
static int try_facade(const struct toolchain *toolchain, const struct string_list *added, const char *folder,
		      struct trial *trial, struct error **err)
{
	cleanup_buffer struct buffer source = {0}, errors = {0};
	cleanup_free char *path = file_join(folder, "facade.rs");
	/* the place by which it is known in a box, wherever the cache is */
	cleanup_free char *remap = text_format("--remap-path-prefix=%s=/facade", folder);
	cleanup_free char *library = toolchain_remapping(toolchain);
	int code;

	std_items_write(added, trial->lacking, &source);
	if (file_write(AT_FDCWD, path, source.data, source.length, 0644, err) < 0)
		return -1;
	/* the extra name keeps this std apart from the real one, which it is linked with */
	code = process_run((const char *[]){toolchain->rustc, "--crate-name", "std", "--crate-type", "rlib",
					    "--edition", "2021", "-Cmetadata=assay", "-Cextra-filename=-assay",
					    "--error-format=json", remap, library, "--out-dir", folder, path,
					    NULL},
			   NULL, &errors, err);
	if (code <= 0)
		return code;
	trial->found = 0;
	read_errors(buffer_text(&errors), trial);
	if (trial->essential)
		return error_set(err, ERROR_OTHER, "the std of %s (%s) has no `%s`, which every exercise is given:\n%s",
				 toolchain->rustc, toolchain->version, trial->essential->path,
				 buffer_text(&trial->said));
	if (!trial->found)
		return error_set(err, ERROR_OTHER, "the facade of std does not compile with %s:\n%s", toolchain->rustc,
				 trial->said.length ? buffer_text(&trial->said) : buffer_text(&errors));
	return 1;
}

static int build_facade(const struct toolchain *toolchain, const struct string_list *added, const char *folder,
			struct error **err)
{
	struct trial trial = {.lacking = memory_new(std_item_count, sizeof *trial.lacking)};
	int more;

	/* every run but the last finds an item that lacks, so that it ends */
	do
		more = try_facade(toolchain, added, folder, &trial, err);
	while (more > 0);
	trial_release(&trial);
	return more;
}

int facade_build(const struct toolchain *toolchain, const struct string_list *added, const char *folder,
		 struct error **err)
{
	cleanup_free char *harness_folder = file_join(folder, "harness");
	cleanup_free char *harness = file_join(harness_folder, "assay.rs");
	cleanup_free char *plain_harness = file_join(harness_folder, "test.rs");
	cleanup_free char *extern_harness = text_format("assay=%s/libassay.rlib", folder);
	cleanup_free char *linker = file_join(folder, "gated-linker");
	/* where it was made is in no message of a compiler and in no program: it is at /facade, as in a box */
	cleanup_free char *remap = text_format("--remap-path-prefix=%s=/facade", folder);
	cleanup_free char *library = toolchain_remapping(toolchain);

	if (lay_sysroot(toolchain, folder, err) < 0 ||
	    file_write(AT_FDCWD, linker, gated_linker, strlen(gated_linker), 0755, err) < 0 ||
	    file_make_folders(harness_folder, err) < 0)
		return -1;
	for (size_t i = 0; i < harness_file_count; i++) {
		cleanup_free char *path = file_join(harness_folder, harness_files[i].name);

		if (file_write(AT_FDCWD, path, harness_files[i].data,
			       (size_t)(harness_files[i].end - harness_files[i].data), 0644, err) < 0)
			return -1;
	}
	if (build_facade(toolchain, added, folder, err) < 0)
		return -1;
	/* level 1 is the highest at which what it instantiates is shared with the tests, which need not do so again */
	if (compile((const char *[]){toolchain->rustc, "--crate-name", "assay", "--crate-type", "rlib", "--edition",
				     "2021", "-Copt-level=1", "--out-dir", folder, remap, library, harness, NULL},
		    "the harness", err) < 0)
		return -1;
	return compile((const char *[]){toolchain->rustc, "--crate-name", "test", "--crate-type", "rlib", "--edition",
					"2021", "-Copt-level=1", "--extern", extern_harness, "--out-dir", folder, remap,
					library, plain_harness, NULL},
		       "the harness of plain tests", err);
}
