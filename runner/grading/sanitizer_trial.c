#include "grading/sanitizer_trial.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/memory.h"
#include "grading/cache.h"
#include "rust/sanitizer.h"

#include <fcntl.h>
#include <string.h>

static const char planted[] = "pub fn sound() -> u64 {\n"
			      "    *Box::new(7)\n"
			      "}\n"
			      "pub fn stale() -> u64 {\n"
			      "    let kept = Box::into_raw(Box::new(7));\n"
			      "    unsafe {\n"
			      "        drop(Box::from_raw(kept));\n"
			      "        std::ptr::read_volatile(kept)\n"
			      "    }\n"
			      "}\n";
static const char tests[] = "assay::tests! {\n"
			    "    /// Nothing is wrong.\n"
			    "    fn sound(t: &mut assay::Test) { t.observe(\"value\", &planted::sound()); }\n"
			    "    /// A use after free.\n"
			    "    fn stale(t: &mut assay::Test) { t.observe(\"value\", &planted::stale()); }\n"
			    "}\n";

enum { TEST_SOUND, TEST_STALE };

struct trial {
	const struct engine *engine;
	char *why; /* what speaks against it */
};

static char *describe(const char *what, const struct step_result *result)
{
	for (size_t i = 0; i < result->diagnostics.count; i++)
		if (result->diagnostics.items[i].is_error)
			return text_format("%s: %s", what, result->diagnostics.items[i].message);
	return text_format("%s: %s", what, result->trouble ? result->trouble : "no reason was given");
}

static int build(struct trial *trial, const char *folder, const char *program, struct error **err)
{
	cleanup_free char *source = file_join(folder, "planted.rs");
	/* its view, as grading/views.h lays them */
	cleanup_free char *views = file_join(folder, "views"), *view = file_join(views, "tests.rs");
	cleanup_free char *hidden = file_join(view, "tests.rs");
	const struct compile_source compile = {.folder = folder,
					       .file = "planted.rs",
					       .crate = "planted",
					       .edition = "2021",
					       .allow_unsafe = true,
					       .clippy_configuration = folder,
					       .sanitizer = folder};
	const struct link_source link = {.views = views,
					 .file = "tests.rs",
					 .crate = "planted",
					 .built = folder,
					 .edition = "2021",
					 .sanitizer = folder};
	struct step_result result = {0};
	int failed = file_make_folders(view, err) < 0 ||
		     file_write(AT_FDCWD, source, planted, strlen(planted), 0644, err) < 0 ||
		     file_write(AT_FDCWD, hidden, tests, strlen(tests), 0644, err) < 0 ||
		     step_compile_sanitized(trial->engine, &compile, folder, &result, err) < 0;

	if (!failed && !result.succeeded)
		trial->why = describe("AddressSanitizer does not compile with this toolchain", &result);
	step_result_release(&result);
	failed = failed || (!trial->why && step_link(trial->engine, &link, program, &result, err) < 0);
	if (!failed && !trial->why && !result.succeeded)
		trial->why = describe("AddressSanitizer does not link on this machine", &result);
	step_result_release(&result);
	return failed ? -1 : 0;
}

static int observe(struct trial *trial, const char *program, uint32_t test, struct error **err)
{
	static const struct exercise_limits defaults;
	struct transcript transcript = {0};
	cleanup_buffer struct buffer written = {0};
	struct sanitizer_report report;
	struct sandbox_outcome outcome;
	bool found;
	int failed = step_observe_sanitized(trial->engine, program, test, 0, &defaults, &transcript, &written, &outcome,
					    err);

	if (failed)
		return -1;
	found = sanitizer_report_parse(buffer_text(&written), &report) && report.is_memory_error &&
		outcome.exit_code == SANITIZER_EXIT;
	if (outcome.violation.happened)
		trial->why = text_format("AddressSanitizer does not run in a box here: it called %s",
					 outcome.violation.name);
	else if (test == TEST_SOUND && (found || !transcript.ended || outcome.exit_code != 0))
		trial->why = text_format("AddressSanitizer does not run in a box here: exit code %d, signal %d",
					 outcome.exit_code, outcome.signal);
	else if (test == TEST_STALE && !found)
		trial->why = text_copy("AddressSanitizer did not find the error that was planted to try it");
	sanitizer_report_release(&report);
	transcript_release(&transcript);
	return 0;
}

/* A trial that fails leaves no entry. */
static int try_it(const char *folder, void *context, struct error **err)
{
	struct trial *trial = context;
	cleanup_free char *program = file_join(folder, "program");

	if (sanitizer_build(trial->engine->toolchain, trial->engine->facade, folder, err) < 0 ||
	    build(trial, folder, program, err) < 0)
		return -1;
	for (uint32_t test = TEST_SOUND; test <= TEST_STALE && !trial->why; test++)
		if (observe(trial, program, test, err) < 0)
			return -1;
	return trial->why ? error_set(err, ERROR_OTHER, "%s", trial->why) : 0;
}

int sanitizer_prepare(const struct session *session, const struct engine *engine, struct sanitizer *sanitizer,
		      struct error **err)
{
	struct trial trial = {.engine = engine};
	char sources[DIGEST_TEXT_SIZE], name[DIGEST_TEXT_SIZE];
	cleanup_free char *entry = NULL;
	struct error *error = NULL;
	struct digest digest;

	if (!sanitizer_runtime(&session->toolchain)) {
		sanitizer->why = text_copy("this toolchain has no AddressSanitizer runtime");
		return 0;
	}
	sanitizer_digest_sources(sources);
	digest_init(&digest);
	digest_add_text(&digest, "trial/1 " ASSAY_VERSION);
	digest_add_text(&digest, sources);
	digest_add_text(&digest, planted);
	digest_add_text(&digest, tests);
	digest_add_text(&digest, engine->facade);
	digest_add_text(&digest, session->toolchain.id);
	digest_add_text(&digest, session->toolchain.linker);
	digest_finish(&digest, name);
	entry = text_format("sanitizer-%.24s", name);
	sanitizer->folder = cache_entry(session->cache, entry, try_it, &trial, &error);
	if (sanitizer->folder || !trial.why) {
		*err = error;
		return sanitizer->folder ? 0 : -1;
	}
	sanitizer->why = STEAL(trial.why);
	error_free(error);
	return 0;
}

void sanitizer_release(struct sanitizer *sanitizer)
{
	free(sanitizer->folder);
	free(sanitizer->why);
	*sanitizer = (struct sanitizer){0};
}
