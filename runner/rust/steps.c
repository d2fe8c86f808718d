#include "rust/steps.h"

#include "base/file.h"
#include "base/memory.h"
#include "rust/dependencies.h"
#include "rust/sanitizer.h"
#include "rust/step_box.h"
#include "rust/withheld.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define RLIB_LIMIT (64u << 20)	      /* bytes */
#define PROGRAM_LIMIT (128u << 20)    /* bytes */
#define COMPILER_OUTPUT (16u << 20)   /* bytes of JSON */
#define FEW_UNITS "-Ccodegen-units=2" /* more cost more processor time than they save for crates of this size */
#define PRINTED_LIMIT (64u << 10)     /* bytes of what rustfmt prints */
#define READ_LIMIT (4u << 20)	      /* bytes of the compiler's list of what it read */

/* What every program of the toolchain needs to see, and the environment that it gets. */
static void begin_compile(struct step_box *box, const struct engine *engine, const char *program,
			  const struct exercise_limits *limits)
{
	step_box_limits(box, SANDBOX_COMPILE, limits);
	step_box_mount(box, "/usr", "/usr", false);
	step_box_mount(box, "/bin", "/bin", true);
	step_box_mount(box, "/lib", "/lib", true);
	step_box_mount(box, "/lib64", "/lib64", true);
	if (strcmp(engine->toolchain->root, "/usr") != 0)
		step_box_mount(box, engine->toolchain->root, engine->toolchain->root, false);
	step_box_mount(box, engine->facade, "/facade", false);
	step_box_environment(box, "PATH=/usr/bin:/bin");
	step_box_environment(box, "HOME=/tmp");
	step_box_environment(box, "TMPDIR=/tmp");
	step_box_environment(box, "LANG=C.UTF-8");
	step_box_environment(box, "RUSTC_BOOTSTRAP=-1"); /* a nightly, too, refuses #![feature] */
	step_box_argument(box, program);
}

/*
 * For flags that are unstable. What is compiled is not to notice: language features stay refused, and option_env! sees
 * what it sees otherwise.
 */
static void allow_unstable_flags(struct step_box *box)
{
	static const char name[] = "RUSTC_BOOTSTRAP=";

	for (size_t i = 0; i < box->environment_count; i++)
		if (strncmp(box->environment[i], name, sizeof name - 1) == 0)
			box->environment[i] = "RUSTC_BOOTSTRAP=1";
	step_box_arguments(box, (const char *const[]){"-Zallow-features=", "-Zunstable-options", "--env-set",
						      "RUSTC_BOOTSTRAP=-1", NULL});
}

/* What is generic is compiled anew, for std's own code looks at nothing. Lines are for the places of errors. */
static void add_sanitizer(struct step_box *box, enum sanitizer_kind kind)
{
	allow_unstable_flags(box);
	step_box_arguments(box, (const char *const[]){"-Zshare-generics=no", "-Cdebuginfo=line-tables-only", NULL});
	step_box_argument(box, step_box_own(box, text_format("-Zsanitizer=%s", sanitizer_id(kind))));
	/* std was compiled for none; what ThreadSanitizer must know of it, it is told (sanitizer_thread.h) */
	if (kind == SANITIZER_THREAD)
		step_box_argument(box, "-Cunsafe-allow-abi-mismatch=sanitizer");
}

/* ---- the compiler's steps ------------------------------------------------ */

void step_result_release(struct step_result *result)
{
	diagnostics_release(&result->diagnostics);
	string_list_free(&result->read);
	free(result->trouble);
	*result = (struct step_result){0};
}

static char *describe_trouble(const struct sandbox_outcome *outcome, const struct diagnostics *diagnostics,
			      bool fetched, const char *printed)
{
	if (outcome->violation.happened)
		return text_format("the compiler was stopped: it called %s, which a box refuses",
				   outcome->violation.name);
	if (outcome->limit_hit != SANDBOX_LIMIT_NONE)
		return text_format("the compiler was stopped at a limit: %s", sandbox_limit_name(outcome->limit_hit));
	if (outcome->signal)
		return text_format("the compiler was ended by signal %d", outcome->signal);
	if (diagnostics_count_errors(diagnostics) > 0)
		return NULL;
	if (outcome->exit_code != 0)
		return text_format("the compiler ended with exit code %d: %.300s", outcome->exit_code, printed);
	return fetched ? NULL : text_copy("the compiler left no result, or one that is too large");
}

/* By rename: an rlib of metadata that stands there may be mapped by a compiler that runs. */
static int put_in_place(const char *partial, const char *path, struct error **err)
{
	if (rename(partial, path) < 0)
		return error_set_errno(err, ERROR_OTHER, "cannot put %s in place", path);
	return 0;
}

/* ---- metadata before code ------------------------------------------------- */

struct early {
	const char *crate;
	const char *into;
	const struct compile_listener *listener;
	bool done;
};

/*
 * An archive with the one member that rustc reads of an rlib it compiles
 * against. rustc takes bytes that are no object file as the metadata itself
 * (rustc_codegen_ssa, back/metadata.rs), so that they need no wrapping.
 */
static void make_metadata_rlib(const struct buffer *metadata, struct buffer *archive)
{
	buffer_add_format(archive, "!<arch>\n%-16s%-12d%-6d%-6d%-8o%-10zu`\n", "lib.rmeta/", 0, 0, 0, 0644,
			  metadata->length);
	buffer_add(archive, metadata->data, metadata->length);
	if (metadata->length % 2)
		buffer_add_char(archive, '\n');
}

static void look_for_metadata(struct sandbox_stream *stream, const char *bytes, size_t length,
			      struct sandbox_live *live)
{
	struct early *early = stream->context;
	cleanup_free char *name = text_format("lib%s.rmeta", early->crate);
	cleanup_free char *path = text_format("%s/lib%s.rlib", early->into, early->crate);
	cleanup_free char *partial = text_format("%s.early", path);
	struct sandbox_fetch fetch = {.name = name, .limit_bytes = RLIB_LIMIT};
	cleanup_buffer struct buffer archive = {0};
	cleanup_error struct error *error = NULL;

	(void)bytes;
	(void)length;
	/* the notice may come in two pieces: look at all that was kept */
	if (early->done || !strstr(buffer_text(&stream->data), "\"emit\":\"metadata\""))
		return;
	early->done = true;
	if (sandbox_live_fetch(live, &fetch) == 0 && fetch.found) {
		make_metadata_rlib(&fetch.data, &archive);
		/* an early start is a gain, not a need: where it fails, what waits starts after the compile */
		if (file_write(AT_FDCWD, partial, archive.data, archive.length, 0644, &error) == 0 &&
		    put_in_place(partial, path, &error) == 0)
			early->listener->on_metadata(early->listener->context);
	}
	buffer_release(&fetch.data);
}

/* Runs a compiler that talks JSON on standard error; the file it leaves in /tmp is written to `path`. */
struct product {
	const char *name; /* in /tmp inside; NULL where nothing is kept */
	size_t limit;	  /* bytes */
	const char *path; /* where it is left outside */
	mode_t mode;
};

static int run_compiler(struct step_box *box, const struct engine *engine, const char *folder,
			const struct product *product, struct early *early, struct step_result *result,
			struct error **err)
{
	struct sandbox_stream streams[] = {
		{.fd = 2,
		 .limit_bytes = COMPILER_OUTPUT,
		 .on_data = early ? look_for_metadata : NULL,
		 .context = early},
		{.fd = 1, .limit_bytes = READ_LIMIT},
	};
	cleanup_free char *partial = text_format("%s.partial", product->name ? product->path : "");
	struct sandbox_fetch fetch = {
		.name = product->name, .limit_bytes = product->limit, .into = partial, .mode = product->mode};
	struct sandbox_command command = {
		.folder = folder,
		.streams = streams,
		.stream_count = ARRAY_LENGTH(streams),
		.fetches = &fetch,
		.fetch_count = product->name ? 1 : 0,
	};
	cleanup_free char *library = text_format("%s/lib/rustlib/src/", engine->toolchain->root);
	int failed = step_box_run(box, engine, &command, &result->outcome, err);

	if (!failed && fetch.failure) {
		errno = fetch.failure;
		failed = error_set_errno(err, ERROR_OTHER, "cannot write %s", partial);
	}
	if (!failed) {
		const char *printed = buffer_text(&streams[0].data);

		diagnostics_parse(printed, streams[0].data.length, library, &result->diagnostics);
		dependencies_parse(buffer_text(&streams[1].data), &result->read);
		result->trouble = describe_trouble(&result->outcome, &result->diagnostics,
						   !product->name || fetch.found, printed);
		result->succeeded = result->outcome.exited && result->outcome.exit_code == 0 &&
				    result->outcome.limit_hit == SANDBOX_LIMIT_NONE && !result->trouble;
		if (result->succeeded && product->name)
			failed = put_in_place(partial, product->path, err);
	}
	buffer_release(&streams[0].data);
	buffer_release(&streams[1].data);
	return failed;
}

/* One run of rustc, or of clippy-driver, on the submission. */
static int compile_by(const char *program, const struct engine *engine, const struct compile_source *source,
		      const char *into, const struct compile_listener *listener, struct step_result *result,
		      struct error **err)
{
	/* force-warn: no attribute in the source can silence these, and none can turn them into errors */
	static const char *const lints[] = {"clippy::all", "clippy::disallowed_methods", "clippy::disallowed_types",
					    "clippy::disallowed_macros", NULL};
	cleanup_step_box struct step_box box = {0};
	cleanup_free char *name = text_format(source->program ? "%s" : "lib%s.rlib", source->crate);
	cleanup_free char *path = file_join(into, source->program ? STEP_PROGRAM : name);
	const struct product rlib = {name, RLIB_LIMIT, path, 0644}, program_file = {name, PROGRAM_LIMIT, path, 0755};
	struct early early = {.crate = source->crate, .into = into, .listener = listener};

	begin_compile(&box, engine, program, &source->limits);
	step_box_mount(&box, source->folder, "/submission", false);
	step_box_mount(&box, source->clippy_configuration, "/configuration", false);
	step_box_environment(&box, "CLIPPY_CONF_DIR=/configuration");
	step_box_arguments(&box,
			   (const char *const[]){"--crate-type", source->program ? "bin" : "rlib",
						 "--emit=metadata,link,dep-info=-", "--out-dir", "/tmp", "--error-format=json", "--json=artifacts", "--sysroot",
						 "/facade/sysroot", "--extern", "std=/facade/libstd-assay.rlib",
						 "-Coverflow-checks=on", "-Cdebug-assertions=on", FEW_UNITS, NULL});
	if (source->program)
		step_box_arguments(&box, (const char *const[]){"-Cstrip=symbols",
							       step_box_own(&box, text_format("-Clinker=%s", engine->toolchain->linker)),
							       NULL});
	for (const char *const *lint = program == engine->toolchain->clippy_driver ? lints
										   : lints + ARRAY_LENGTH(lints) - 1;
	     *lint; lint++)
		step_box_arguments(&box, (const char *const[]){"--force-warn", *lint, NULL});
	for (const char *const *lint = source->extra_lints; lint && *lint; lint++)
		if (program == engine->toolchain->clippy_driver)
			step_box_arguments(&box, (const char *const[]){"--force-warn", *lint, NULL});
	/* both compile the same text, or what is linted would not be what is tested */
	if (program != engine->toolchain->clippy_driver)
		step_box_arguments(&box, (const char *const[]){"--cfg", "clippy", NULL});
	if (!source->allow_unsafe)
		step_box_arguments(&box, (const char *const[]){"-Funsafe_code", NULL});
	else if (program == engine->toolchain->clippy_driver)
		step_box_arguments(&box, (const char *const[]){"--force-warn", LINT_UNSAFE, "--force-warn",
							       LINT_UNDOCUMENTED, NULL});
	if (source->sanitizer) {
		add_sanitizer(&box, source->sanitizer_kind);
		step_box_argument(&box, "--cap-lints=allow");
	}
	step_box_arguments(&box,
			   (const char *const[]){
				   "-L", step_box_own(&box, text_format("dependency=%s", engine->toolchain->libraries)),
				   "--crate-name", source->crate, "--edition", source->edition, source->file, NULL});
	/* relative paths in diagnostics and panics: nobody learns where a submission lay */
	if (run_compiler(&box, engine, "/submission", source->program ? &program_file : &rlib,
			 listener && !source->program ? &early : NULL, result, err) < 0)
		return -1;
	withheld_look_at_globs(source->folder, &result->diagnostics);
	return 0;
}

/* True where there are errors, and clippy's lints are all of them: `#![deny(clippy::pedantic)]` does that. */
static bool only_clippy_objects(const struct diagnostics *diagnostics)
{
	size_t errors = 0;

	for (size_t i = 0; i < diagnostics->count; i++) {
		const struct diagnostic *error = &diagnostics->items[i];

		if (!error->is_error)
			continue;
		if (!error->code || strncmp(error->code, "clippy::", 8) != 0)
			return false;
		errors++;
	}
	return errors > 0;
}

int step_compile(const struct engine *engine, const struct compile_source *source, const char *into,
		 const struct compile_listener *listener, struct step_result *result, struct error **err)
{
	struct step_result plain = {0};

	if (compile_by(engine->toolchain->clippy_driver, engine, source, into, listener, result, err) < 0)
		return -1;
	if (result->succeeded || !only_clippy_objects(&result->diagnostics))
		return 0;
	/* who denies clippy's lints holds himself to more than others: `cargo build` compiles it, and so do we */
	if (compile_by(engine->toolchain->rustc, engine, source, into, listener, &plain, err) < 0)
		return -1;
	for (size_t i = 0; i < result->diagnostics.count && plain.succeeded; i++)
		result->diagnostics.items[i].is_error = false;
	if (plain.succeeded) {
		free(result->trouble);
		result->trouble = NULL;
		result->succeeded = true;
		result->outcome = plain.outcome;
	}
	step_result_release(&plain);
	return 0;
}

int step_compile_sanitized(const struct engine *engine, const struct compile_source *source, const char *into,
			   struct step_result *result, struct error **err)
{
	return compile_by(engine->toolchain->rustc, engine, source, into, NULL, result, err);
}

static const struct product nothing;

/*
 * A stranger's tests: they cannot name the harness, and no lint is capped, or forbidding unsafe code would be no more
 * than a warning. What is compiled against is the reference, of which nobody is to read more than its API.
 */
static void add_own_tests(struct step_box *box, const struct link_source *source)
{
	step_box_arguments(box, (const char *const[]){"--test", "--extern", "test=/facade/libtest.rlib",
						      "-Cdebug-assertions=on", NULL});
	if (!source->allow_unsafe)
		step_box_argument(box, "-Funsafe_code");
	step_box_argument(box, source->file);
}

/* rustc on a hidden file, with what was built of the submission at hand. */
static void begin_hidden(struct step_box *box, const struct engine *engine, const struct link_source *source)
{
	begin_compile(box, engine, engine->toolchain->rustc, &source->limits);
	step_box_argument(box, step_box_own(box, toolchain_remapping(engine->toolchain)));
	step_box_mount(box, source->own_tests ? source->own_tests : step_box_own(box, file_join(source->views, source->file)),
		       "/hidden", false);
	step_box_arguments(box,
			   (const char *const[]){
				   "--crate-name", "hidden", "--crate-type", "bin", "--error-format=json",
				   FEW_UNITS, "-Coverflow-checks=on", "-L", "dependency=/facade", "--edition", source->edition, NULL});
	if (source->crate) {
		step_box_mount(box, source->built, "/built", false);
		step_box_arguments(box, (const char *const[]){
			"--extern", step_box_own(box, text_format("%s=/built/lib%s.rlib", source->crate, source->crate)), NULL});
	}
	if (source->own_tests) {
		add_own_tests(box, source);
		return;
	}
	step_box_arguments(
		box, (const char *const[]){"--cap-lints=allow", "--extern",
					   source->sanitizer ? "assay=/sanitizer/libassay.rlib" : "assay=/facade/libassay.rlib",
					   NULL});
	if (source->plain)
		/* by its whole path: a panic of the test's own is known by that (harness/plain.rs) */
		step_box_arguments(
			box, (const char *const[]){"--test", "--extern",
						   source->sanitizer ? "test=/sanitizer/libtest.rlib"
								     : "test=/facade/libtest.rlib",
						   "-Cdebug-assertions=on",
						   step_box_own(box, text_format("/hidden/%s", source->file)), NULL});
	else
		step_box_arguments(box, (const char *const[]){"-Cdebug-assertions=off", source->file, NULL});
	if (source->placeless && !source->plain) {
		allow_unstable_flags(box);
		step_box_argument(box, "-Zlocation-detail=none");
	}
}

static void begin_link(struct step_box *box, const struct engine *engine, const struct link_source *source)
{
	begin_hidden(box, engine, source);
	/* a program that is run beside a submission knows no name of a test: neither as text nor as a symbol */
	if (source->own_tests)
		step_box_arguments(box, (const char *const[]){"--emit=link=/tmp/program,dep-info=-", "--out-dir", "/tmp", NULL});
	else
		step_box_arguments(box, (const char *const[]){"--emit=link", "-o", "/tmp/program", NULL});
	if (!source->sanitizer)
		step_box_argument(box, "-Cstrip=symbols");
	if (source->lists)
		step_box_arguments(box, (const char *const[]){"--cfg", "assay_list", NULL});
	if (source->gate) {
		step_box_mount(box, source->gate, "/gate", false);
		step_box_environment(box, step_box_own(box, text_format("ASSAY_LINKER=%s", engine->toolchain->linker)));
		step_box_argument(box, "-Clinker=/facade/gated-linker");
	} else {
		step_box_argument(box, step_box_own(box, text_format("-Clinker=%s", engine->toolchain->linker)));
	}
	if (source->sanitizer) {
		add_sanitizer(box, source->sanitizer_kind);
		step_box_mount(box, source->sanitizer, "/sanitizer", false);
		/* at the addresses of the file, which is all that a report can be read by: the box has no /proc */
		step_box_arguments(box, (const char *const[]){"-Clink-arg=/sanitizer/" SANITIZER_OBJECT,
							      "-Crelocation-model=static", NULL});
		if (source->sanitizer_kind == SANITIZER_THREAD)
			step_box_arguments(box, (const char *const[]){"-Clink-arg=@/sanitizer/" SANITIZER_OPTIONS, "--sysroot",
								      "/sanitizer/" SANITIZER_SYSROOT, NULL});
	} else if (engine->toolchain->shared_std) {
		step_box_argument(box, "-Cprefer-dynamic");
	}
}

int step_prepare_link(const struct engine *engine, const struct link_source *source, struct sandbox_prepared **prepared,
		      struct error **err)
{
	cleanup_step_box struct step_box box = {0};

	begin_link(&box, engine, source);
	return sandbox_prepare(engine->sandbox, step_box_policy(&box), prepared, err);
}

int step_link(const struct engine *engine, const struct link_source *source, const char *program,
	      struct step_result *result, struct error **err)
{
	cleanup_step_box struct step_box box = {.prepared = source->prepared};
	const struct product linked = {"program", PROGRAM_LIMIT, program, 0755};

	begin_link(&box, engine, source);
	return run_compiler(&box, engine, "/hidden", &linked, NULL, result, err);
}

int step_check(const struct engine *engine, const struct link_source *source, struct step_result *result,
	       struct error **err)
{
	cleanup_step_box struct step_box box = {0};

	begin_hidden(&box, engine, source);
	step_box_arguments(&box, (const char *const[]){"--emit=metadata", "-o", "/tmp/hidden.rmeta", NULL});
	return run_compiler(&box, engine, "/hidden", &nothing, NULL, result, err);
}

int step_snippet(const struct engine *engine, const char *folder, const char *file, const char *edition,
		 struct step_result *result, struct error **err)
{
	static const struct exercise_limits defaults;
	cleanup_step_box struct step_box box = {0};

	begin_compile(&box, engine, engine->toolchain->rustc, &defaults);
	step_box_mount(&box, folder, "/submission", false);
	step_box_arguments(&box, (const char *const[]){"--crate-name", "snippet", "--crate-type", "lib",
						       "--emit=metadata", "-o", "/tmp/snippet.rmeta",
						       "--error-format=json", "--edition", edition, file, NULL});
	return run_compiler(&box, engine, "/submission", &nothing, NULL, result, err);
}

/* One path a line, absolute inside the box; a file that two roots reach is named twice. */
static void list_changed(const char *printed, struct string_list *changed)
{
	static const char inside[] = "/submission/";

	while (*printed) {
		size_t length = strcspn(printed, "\n");
		bool below = strncmp(printed, inside, sizeof inside - 1) == 0;
		size_t skip = below ? sizeof inside - 1 : 0;
		cleanup_free char *path = text_copy_n(printed + skip, length - skip);

		if (*path && string_list_find(changed, path) < 0)
			*ARRAY_ADD(changed->items, changed->count) = STEAL(path);
		printed += length + (printed[length] == '\n');
	}
}

int step_format(const struct engine *engine, const char *folder, const char *const *roots, const char *edition,
		struct string_list *changed, struct sandbox_outcome *outcome, struct error **err)
{
	static const struct exercise_limits defaults;
	cleanup_step_box struct step_box box = {0};
	struct sandbox_stream streams[] = {{.fd = 1, .limit_bytes = PRINTED_LIMIT}};
	struct sandbox_command command = {
		.folder = "/submission", .streams = streams, .stream_count = ARRAY_LENGTH(streams)};
	int failed;

	begin_compile(&box, engine, engine->toolchain->rustfmt, &defaults);
	step_box_mount(&box, folder, "/submission", false);
	step_box_arguments(&box, (const char *const[]){"--check", "--files-with-diff", "--edition", edition, NULL});
	step_box_arguments(&box, roots);
	failed = step_box_run(&box, engine, &command, outcome, err);
	if (!failed && !(outcome->exited && outcome->exit_code == 0)) {
		list_changed(buffer_text(&streams[0].data), changed);
		/* it failed otherwise: on source that it cannot read, for example */
		if (changed->count == 0)
			*ARRAY_ADD(changed->items, changed->count) = text_copy(roots[0]);
	}
	buffer_release(&streams[0].data);
	return failed;
}
