#include "grading/sanitizer_trial.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/memory.h"
#include "grading/cache.h"
#include "rust/sanitizer.h"
#include "rust/sanitizer_thread.h"

#include <fcntl.h>
#include <string.h>

/*
 * For threads, what is sound makes threads meet in each way that std has, often enough that they get into each other's
 * way: a sanitizer that accuses std is none.
 */
static const char *const planted[] = {
	[SANITIZER_ADDRESS] = "pub fn sound() -> u64 {\n"
			       "    *Box::new(7)\n"
			       "}\n"
			       "pub fn stale() -> u64 {\n"
			       "    let kept = Box::into_raw(Box::new(7));\n"
			       "    unsafe {\n"
			       "        drop(Box::from_raw(kept));\n"
			       "        std::ptr::read_volatile(kept)\n"
			       "    }\n"
			       "}\n",
	[SANITIZER_THREAD] = "use std::sync::{mpsc, Arc, Condvar, Mutex, RwLock};\n"
			      "use std::thread;\n"
			      "pub fn sound() -> u64 {\n"
			      "    let counted = Arc::new((Mutex::new(vec![0u64; 4]), RwLock::new(0u64), Condvar::new()));\n"
			      "    let (sender, receiver) = mpsc::channel::<Vec<u64>>();\n"
			      "    let mut sum = 0;\n"
			      "    thread::scope(|scope| {\n"
			      "        for number in 0..3u64 {\n"
			      "            let (counted, sender) = (Arc::clone(&counted), sender.clone());\n"
			      "            scope.spawn(move || {\n"
			      "                for turn in 0..300 {\n"
			      "                    let mut all = counted.0.lock().unwrap();\n"
			      "                    if turn % 8 == 0 {\n"
			      "                        thread::yield_now();\n"
			      "                    }\n"
			      "                    all[turn % 4] += number;\n"
			      "                    drop(all);\n"
			      "                    *counted.1.write().unwrap() += number;\n"
			      "                    counted.2.notify_all();\n"
			      "                    sender.send(vec![number; 3]).unwrap();\n"
			      "                }\n"
			      "            });\n"
			      "        }\n"
			      "        drop(sender);\n"
			      "        let all = counted.2.wait_while(counted.0.lock().unwrap(), |all| all[3] < 3);\n"
			      "        drop(all);\n"
			      "        for mut sent in receiver {\n"
			      "            sent[0] += 1;\n"
			      "            sum += sent[0];\n"
			      "        }\n"
			      "    });\n"
			      "    let counted = Arc::into_inner(counted).unwrap();\n"
			      "    sum + counted.0.into_inner().unwrap()[0] + counted.1.into_inner().unwrap()\n"
			      "}\n"
			      "pub fn stale() -> u64 {\n"
			      "    static mut COUNT: u64 = 0;\n"
			      "    let meet = std::sync::Barrier::new(2);\n"
			      "    let count = || {\n"
			      "        meet.wait();\n"
			      "        unsafe { (&raw mut COUNT).write_volatile((&raw mut COUNT).read_volatile() + 1) };\n"
			      "    };\n"
			      "    thread::scope(|scope| {\n"
			      "        scope.spawn(&count);\n"
			      "        scope.spawn(&count);\n"
			      "    });\n"
			      "    7\n"
			      "}\n",
};
static const char tests[] = "assay::tests! {\n"
			    "    /// Nothing is wrong.\n"
			    "    fn sound(t: &mut assay::Test) { t.observe(\"value\", &planted::sound()); }\n"
			    "    /// What is wrong.\n"
			    "    fn stale(t: &mut assay::Test) { t.observe(\"value\", &planted::stale()); }\n"
			    "}\n";

enum { TEST_SOUND, TEST_STALE };

struct trial {
	const struct engine *engine;
	enum sanitizer_kind kind;
	char *why; /* what speaks against it */
};

static char *describe(const struct trial *trial, const char *what, const struct step_result *result)
{
	for (size_t i = 0; i < result->diagnostics.count; i++)
		if (result->diagnostics.items[i].is_error)
			return text_format("%s %s: %s", sanitizer_title(trial->kind), what,
					   result->diagnostics.items[i].message);
	return text_format("%s %s: %s", sanitizer_title(trial->kind), what, result->trouble ? result->trouble : "no reason was given");
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
					       .sanitizer = folder,
					       .sanitizer_kind = trial->kind};
	const struct link_source link = {.views = views,
					 .file = "tests.rs",
					 .crate = "planted",
					 .built = folder,
					 .edition = "2021",
					 .sanitizer = folder,
					 .sanitizer_kind = trial->kind};
	struct step_result result = {0};
	int failed = file_make_folders(view, err) < 0 ||
		     file_write(AT_FDCWD, source, planted[trial->kind], strlen(planted[trial->kind]), 0644, err) < 0 ||
		     file_write(AT_FDCWD, hidden, tests, strlen(tests), 0644, err) < 0 ||
		     step_compile_sanitized(trial->engine, &compile, folder, &result, err) < 0;

	if (!failed && !result.succeeded)
		trial->why = describe(trial, "does not compile with this toolchain", &result);
	step_result_release(&result);
	failed = failed || (!trial->why && step_link(trial->engine, &link, program, &result, err) < 0);
	if (!failed && !trial->why && !result.succeeded)
		trial->why = describe(trial, "does not link on this machine", &result);
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
	int failed = step_observe_sanitized(trial->engine, trial->kind, program, test, 0, &defaults, &transcript, &written, &outcome,
					    err);

	if (failed)
		return -1;
	found = sanitizer_report_parse(buffer_text(&written), &report) && report.is_memory_error &&
		outcome.exit_code == SANITIZER_EXIT;
	if (outcome.violation.happened)
		trial->why = text_format("%s does not run in a box here: it called %s", sanitizer_title(trial->kind),
					 outcome.violation.name);
	else if (test == TEST_SOUND && found)
		trial->why = text_format("%s finds an error here where there is none", sanitizer_title(trial->kind));
	else if (test == TEST_SOUND && ( !transcript.ended || outcome.exit_code != 0))
		trial->why = text_format("%s does not run in a box here: exit code %d, signal %d",
					 sanitizer_title(trial->kind), outcome.exit_code, outcome.signal);
	else if (test == TEST_STALE && !found)
		trial->why = text_format("%s did not find the error that was planted to try it",
					 sanitizer_title(trial->kind));
	sanitizer_report_release(&report);
	transcript_release(&transcript);
	return 0;
}

/* What ThreadSanitizer needs besides; that it cannot be had is a result. */
static int build_for_threads(struct trial *trial, const char *folder, struct error **err)
{
	struct error *error = NULL;

	if (trial->kind != SANITIZER_THREAD)
		return 0;
	if (sanitizer_thread_options(folder, err) < 0)
		return -1;
	if (sanitizer_thread_std(trial->engine->toolchain, folder, &error) < 0)
		trial->why = text_format("ThreadSanitizer needs std's atomics instrumented: %s", error->message);
	error_free(error);
	return 0;
}

/* A trial that fails leaves no entry. */
static int try_it(const char *folder, void *context, struct error **err)
{
	struct trial *trial = context;
	cleanup_free char *program = file_join(folder, "program");

	if (sanitizer_build(trial->engine->toolchain, trial->kind, trial->engine->facade, folder, err) < 0 ||
	    build_for_threads(trial, folder, err) < 0 || (!trial->why && build(trial, folder, program, err) < 0))
		return -1;
	for (uint32_t test = TEST_SOUND; test <= TEST_STALE && !trial->why; test++)
		if (observe(trial, program, test, err) < 0)
			return -1;
	return trial->why ? error_set(err, ERROR_OTHER, "%s", trial->why) : 0;
}

bool sanitizer_is_asked_for(const struct exercise *exercise, enum sanitizer_kind kind)
{
	bool asked = exercise->allow_unsafe && kind == SANITIZER_ADDRESS;

	for (size_t i = 0; i < exercise->criterion_count; i++)
		asked |= exercise->criteria[i].require == REQUIRE_SANITIZER &&
			 string_list_find(&exercise->criteria[i].names, sanitizer_id(kind)) >= 0;
	return asked;
}

int sanitizer_prepare(const struct session *session, const struct engine *engine, enum sanitizer_kind kind,
		      struct sanitizer *sanitizer, struct error **err)
{
	struct trial trial = {.engine = engine, .kind = kind};
	char sources[DIGEST_TEXT_SIZE], name[DIGEST_TEXT_SIZE];
	cleanup_free char *entry = NULL;
	struct error *error = NULL;
	struct digest digest;

	if (!sanitizer_runtime(&session->toolchain, kind)) {
		sanitizer->why = text_format("this toolchain has no %s runtime", sanitizer_title(kind));
		return 0;
	}
	sanitizer_digest_sources(kind, sources);
	digest_init(&digest);
	digest_add_text(&digest, "trial/3 " ASSAY_VERSION);
	digest_add_text(&digest, sources);
	digest_add_text(&digest, planted[kind]);
	digest_add_text(&digest, tests);
	digest_add_text(&digest, engine->facade);
	digest_add_text(&digest, session->toolchain.id);
	digest_add_text(&digest, session->toolchain.linker);
	digest_finish(&digest, name);
	entry = text_format("sanitizer-%.*s", CACHE_DIGEST_DIGITS, name);
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
