/*
 * What is hidden stays hidden: what boxes can see while they compile and run, and what of it a candidate's edition
 * tells. The exercise tests/data/vault is made of words secret_KIND_LEVEL, each of which stands in one hidden file.
 */
#include "harmless-fixture.h"
#include "suite.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "edition.h"
#include "exercise/exercise.h"
#include "grading/grade.h"
#include "grading/report_build.h"
#include "report.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static const char vault[] = TEST_DATA "/data/vault";

/* ---- a grading in parts ------------------------------------------------------ */

struct bench {
	struct session session;
	struct exercise *exercise;
	struct preparation preparation;
	char *folder; /* scratch: submission/ and built/ */
	char *source, *built;
};

#define MUST(call)                                                                                                     \
	do {                                                                                                           \
		struct error *err = NULL;                                                                              \
		ck_assert_msg((call) == 0, "%s", err ? err->message : #call);                                          \
	} while (0)

/* What was prepared serves all tests of a build, and the scripts of tests/e2e with them. */
static void choose_cache(void)
{
	char program[4096];
	ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
	char *tests;

	ck_assert_int_gt(length, 0);
	program[length] = '\0';
	tests = strstr(program, "/tests/unit/");
	ck_assert_ptr_nonnull(tests);
	*tests = '\0';
	strcat(program, "/runner/test-cache");
	setenv("XDG_CACHE_HOME", program, 1);
}

static void bench_open(struct bench *bench)
{
	struct error *ignored = NULL;

	*bench = (struct bench){0};
	choose_cache();
	MUST(session_open(NULL, 2, &bench->session, &err));
	MUST(exercise_load(vault, &bench->exercise, &err));
	MUST(prepare(&bench->session, bench->exercise, &bench->preparation, &err));
	bench->folder = file_make_scratch("u-secrecy-", &ignored);
	ck_assert_int_eq(chmod(bench->folder, 0755), 0); /* boxes are strangers */
	bench->source = file_join(bench->folder, "source");
	bench->built = file_join(bench->folder, "built");
	MUST(file_make_folders(bench->built, &err));
}

static void bench_close(struct bench *bench)
{
	preparation_release(&bench->preparation, bench->exercise);
	exercise_free(bench->exercise);
	session_close(&bench->session);
	file_remove_tree(AT_FDCWD, bench->folder);
	free(bench->folder);
	free(bench->source);
	free(bench->built);
}

static void write_submission(const struct bench *bench, const char *text)
{
	cleanup_free char *folder = file_join(bench->source, "src");
	cleanup_free char *path = file_join(folder, "lib.rs");

	MUST(file_make_folders(folder, &err));
	MUST(file_write(AT_FDCWD, path, text, strlen(text), 0644, &err));
}

/* The rest of a submission whose macro or constant tries something. */
#define HONEST_REST                                                                                                    \
	"pub fn keep(_: &str) {}\n"                                                                                    \
	"pub fn open(word: &str) -> String { word.to_string() }\n"                                                     \
	"pub fn borrow(word: &str) -> &str { word }\n"

/* ---- what boxes see --------------------------------------------------------------- */

static const char *const guessed[] = {
	"/hidden/none.rs",
	"/hidden/names.rs",
	"/hidden/inputs.rs",
	"/hidden/full.rs",
	"/hidden/helper/words.rs",
	"/hidden/probes/outlives.rs",
	"/hidden/probes/outlives.twin.rs",
	"/hidden/exercise.yaml",
	"/hidden/../exercise.yaml",
	"/hidden/../reference/src/lib.rs",
	"/exercise.yaml",
	"/exercise/exercise.yaml",
	"/reference/src/lib.rs",
	"/submission/exercise.yaml",
	"/submission/../hidden/none.rs",
	"/submission/hidden/none.rs",
	"/facade/hidden/none.rs",
	"/built/hidden/none.rs",
	"/configuration/exercise.yaml",
	"/test",
	"/tmp/program",
};

static const char *const of_the_exercise[] = {
	"exercise.yaml",	"hidden/none.rs",     "hidden/names.rs",	  "hidden/probes/outlives.rs",
	"reference/src/lib.rs", "starter/src/lib.rs", "mutants/empty/src/lib.rs", "README.md",
};

/* Below the folder of the cache that holds what was prepared. */
static const char *const of_the_cache[] = {
	"reference.json",    "views/none.rs/none.rs", "views/names.rs/names.rs",
	"source/src/lib.rs", "built/libvault.rlib",   "program-0",
};

static void add_try(struct buffer *out, struct string_list *tried, char *path)
{
	buffer_add_format(out, "include_bytes!(\"%s\"), ", path);
	*ARRAY_ADD(tried->items, tried->count) = path;
}

/* A list of Rust expressions, each of which fails to compile where its file is not there. */
static void add_tries(const struct bench *bench, struct buffer *out, struct string_list *tried)
{
	for (size_t i = 0; i < ARRAY_LENGTH(guessed); i++)
		add_try(out, tried, text_copy(guessed[i]));
	for (size_t i = 0; i < ARRAY_LENGTH(of_the_exercise); i++)
		add_try(out, tried, file_join(vault, of_the_exercise[i]));
	for (size_t i = 0; i < ARRAY_LENGTH(of_the_cache); i++)
		add_try(out, tried, file_join(bench->preparation.reference, of_the_cache[i]));
}

static bool was_unreadable(const struct diagnostics *diagnostics, const char *path)
{
	cleanup_free char *says = text_format("couldn't read `%s`", path);

	for (size_t i = 0; i < diagnostics->count; i++)
		if (diagnostics->items[i].is_error && strstr(diagnostics->items[i].message, says))
			return true;
	return false;
}

/* Of all that was tried just these could be read. */
static void expect_readable(const struct diagnostics *diagnostics, const struct string_list *tried, const char *what,
			    const char *const *readable)
{
	size_t found = 0, wanted = 0;

	for (size_t i = 0; i < tried->count; i++) {
		bool allowed = false;

		for (const char *const *path = readable; *path; path++)
			allowed |= strcmp(*path, tried->items[i]) == 0;
		ck_assert_msg(was_unreadable(diagnostics, tried->items[i]) != allowed, "%s: %s is%s readable", what,
			      tried->items[i], allowed ? " not" : "");
		found += allowed;
	}
	for (const char *const *path = readable; *path; path++)
		wanted++;
	ck_assert_uint_eq(found, wanted);
}

static void release_list(struct string_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i]);
	free(list->items);
}

static struct unit_evidence compile(const struct bench *bench)
{
	struct unit_evidence unit = {.file = "src/lib.rs", .crate = "vault", .edition = "2021"};

	MUST(prepare_build(&bench->preparation, bench->exercise, bench->source, bench->built, NULL, &unit, &err));
	return unit;
}

START_TEST(the_own_compile_sees_nothing)
{
	static const char *const readable[] = {"/submission/src/lib.rs", NULL};
	struct bench bench;
	struct unit_evidence unit;
	cleanup_buffer struct buffer text = {0};
	struct string_list tried = {0};

	bench_open(&bench);
	buffer_add_text(&text, "pub static ALL: &[&[u8]] = &[");
	add_tries(&bench, &text, &tried);
	add_try(&text, &tried, text_copy("/submission/src/lib.rs")); /* the control */
	buffer_add_text(&text, "];\n#[macro_export] macro_rules! sealed { () => { \"\" } }\n" HONEST_REST);
	write_submission(&bench, buffer_text(&text));
	unit = compile(&bench);
	expect_readable(&unit.build.diagnostics, &tried, "the compile", readable);
	step_result_release(&unit.build);
	release_list(&tried);
	bench_close(&bench);
}
END_TEST

/* What compilers of submissions see of the machine is the toolchain's folder, /usr and what belongs to it. */
static const struct {
	const char *shown; /* as the toolchain's folder; NULL: the cache's */
	const char *message;
} place_rows[] = {
	{TEST_DATA, "/data/vault lies in " TEST_DATA ", which a submission's compiler sees"},
	{TEST_DATA "/data/vault", "/data/vault lies in "},
	{TEST_DATA "/data/vau", NULL},
	{NULL, "the cache (XDG_CACHE_HOME can move it): "},
};

START_TEST(nothing_hidden_lies_where_compilers_look)
{
	struct bench bench;
	struct preparation preparation = {0};
	struct error *err = NULL;
	struct session session;
	int failed;

	bench_open(&bench);
	session = bench.session;
	session.toolchain.root = text_copy(place_rows[_i].shown ? place_rows[_i].shown : session.cache);
	failed = prepare(&session, bench.exercise, &preparation, &err);
	ck_assert_int_eq(failed, place_rows[_i].message ? -1 : 0);
	if (failed)
		ck_assert_msg(strstr(err->message, place_rows[_i].message) != NULL, "%s", err->message);
	error_free(err);
	preparation_release(&preparation, bench.exercise);
	free(session.toolchain.root);
	bench_close(&bench);
}
END_TEST

/* Each box in which a macro of the submission is expanded, and what can be read there. */
static const struct {
	const char *file;
	bool is_program;
	const char *readable[3];
} hidden_boxes[] = {
	{"hidden/none.rs", true, {"/hidden/none.rs", "/hidden/helper/words.rs", NULL}},
	{"hidden/full.rs", true, {"/hidden/full.rs", "/hidden/helper/words.rs", NULL}},
	{"hidden/probes/outlives.rs", false, {"/hidden/probes/outlives.rs", "/hidden/helper/words.rs", NULL}},
	{"hidden/probes/outlives.twin.rs", false, {"/hidden/probes/outlives.twin.rs", "/hidden/helper/words.rs", NULL}},
};

START_TEST(a_hidden_files_box_sees_that_file_and_helpers)
{
	struct bench bench;
	struct unit_evidence unit;
	cleanup_buffer struct buffer text = {0};
	struct string_list tried = {0};

	bench_open(&bench);
	buffer_add_text(&text, "#[macro_export] macro_rules! sealed { () => { {let all: &[&[u8]] = &[");
	add_tries(&bench, &text, &tried);
	buffer_add_text(&text, "]; all} } }\n" HONEST_REST);
	write_submission(&bench, buffer_text(&text));
	unit = compile(&bench);
	ck_assert(unit.build.succeeded);
	for (size_t i = 0; i < ARRAY_LENGTH(hidden_boxes); i++) {
		const struct link_source source =
			prepare_link(&bench.preparation, bench.exercise, bench.built, &unit, hidden_boxes[i].file);
		cleanup_free char *program = file_join(bench.folder, "program");
		struct step_result result = {0};

		if (hidden_boxes[i].is_program)
			MUST(step_link(&bench.preparation.engine, &source, program, &result, &err));
		else
			MUST(step_check(&bench.preparation.engine, &source, &result, &err));
		expect_readable(&result.diagnostics, &tried, hidden_boxes[i].file, hidden_boxes[i].readable);
		step_result_release(&result);
	}
	step_result_release(&unit.build);
	release_list(&tried);
	bench_close(&bench);
}
END_TEST

/* ---- arguments and environment ----------------------------------------------------- */

/* Stands in for each program of the toolchain: says what it was given, as a compiler would an error. */
static const char spy[] =
	"#!/bin/sh\n"
	"all=$( (printf '%s\\n' \"$@\"; env; find /hidden /built /submission /facade /configuration /gate -type f) 2>&1 |\n"
	"	tr '\\n\"\\\\' '   ')\n"
	"printf '{\"level\": \"error\", \"message\": \"SPY %s\"}\\n' \"$all\" >&2\n"
	"printf 'SPY %s\\n' \"$all\"\n"
	"exit 1\n";

static void expect_discreet(const struct bench *bench, const char *what, const char *seen)
{
	const char *const secrets[] = {"secret_",	vault,	      bench->folder,	bench->session.cache,
				       "exercise.yaml", "reference/", "assay/reference"};

	ck_assert_msg(strstr(seen, "SPY ") != NULL && strstr(seen, "PATH=/usr/bin:/bin") != NULL, "%s: %s", what, seen);
	for (size_t i = 0; i < ARRAY_LENGTH(secrets); i++)
		ck_assert_msg(!strstr(seen, secrets[i]), "%s: \"%s\" is in %s", what, secrets[i], seen);
}

static void expect_discreet_result(const struct bench *bench, const char *what, struct step_result *result)
{
	ck_assert_msg(result->diagnostics.count == 1, "%s: %s", what, result->trouble ? result->trouble : "no words");
	expect_discreet(bench, what, result->diagnostics.items[0].message);
	step_result_release(result);
}

/* The toolchain's folder must not be below the scratch, whose path must not be seen: it is mounted where it is. */
static char *make_spy(struct toolchain *toolchain, const struct toolchain *real)
{
	struct error *ignored = NULL;
	char *root = file_make_scratch("u-spy-", &ignored);
	cleanup_free char *path = file_join(root, "spy");

	ck_assert_int_eq(chmod(root, 0755), 0);
	MUST(file_write(AT_FDCWD, path, spy, sizeof spy - 1, 0755, &err));
	ck_assert_int_eq(chmod(path, 0755), 0);
	*toolchain = *real;
	toolchain->root = root;
	toolchain->rustc = toolchain->clippy_driver = toolchain->rustfmt = STEAL(path);
	toolchain->libraries = text_copy("/libraries");
	return root;
}

START_TEST(arguments_and_environment_tell_nothing)
{
	static const char *const roots[] = {"src/lib.rs", NULL};
	struct bench bench;
	struct toolchain toolchain;
	struct engine engine;
	struct unit_evidence unit = {.file = "src/lib.rs", .crate = "vault", .edition = "2021"};
	cleanup_free char *root = NULL, *program = NULL, *gate = NULL;
	struct string_list changed = {0};
	struct sandbox_outcome outcome;
	struct step_result result = {0};
	struct link_source source;

	bench_open(&bench);
	root = make_spy(&toolchain, &bench.session.toolchain);
	engine = bench.preparation.engine;
	engine.toolchain = &toolchain;
	bench.preparation.engine = engine;
	write_submission(&bench, HONEST_REST);
	program = file_join(bench.folder, "program");
	gate = file_join(bench.folder, "gate");
	ck_assert_int_eq(mkfifo(gate, 0644), 0);

	unit = compile(&bench);
	expect_discreet_result(&bench, "compile", &unit.build);
	source = prepare_link(&bench.preparation, bench.exercise, bench.built, &unit, "hidden/names.rs");
	source.gate = gate;
	MUST(step_link(&engine, &source, program, &result, &err));
	expect_discreet_result(&bench, "link", &result);
	source = prepare_link(&bench.preparation, bench.exercise, bench.built, &unit, "hidden/probes/outlives.rs");
	MUST(step_check(&engine, &source, &result, &err));
	expect_discreet_result(&bench, "probe", &result);
	MUST(step_format(&engine, bench.source, roots, "2021", &changed, &outcome, &err));
	ck_assert_uint_eq(changed.count, 1);
	expect_discreet(&bench, "format", changed.items[0]);

	release_list(&changed);
	file_remove_tree(AT_FDCWD, root);
	free(toolchain.rustc);
	free(toolchain.libraries);
	bench_close(&bench);
}
END_TEST

static const char *observed(const struct transcript *transcript, const char *label)
{
	for (size_t i = 0; i < transcript->count; i++)
		if (transcript->items[i].kind == RECORD_OBSERVE && strcmp(transcript->items[i].label, label) == 0)
			return transcript->items[i].value;
	return "(not observed)";
}

/* The test hidden/full.rs observes what the process was given. */
START_TEST(a_running_test_is_given_no_words)
{
	struct bench bench;
	struct transcript transcript = {0};
	struct sandbox_outcome outcome;
	const struct prepared_program *full;
	const char *environment;

	bench_open(&bench);
	full = &bench.preparation.programs[3];
	ck_assert_str_eq(full->file, "hidden/full.rs");
	MUST(step_observe(&bench.preparation.engine, full->path, 0, 7, &bench.exercise->test_limits, &transcript,
			  &outcome, &err));
	ck_assert_str_eq(observed(&transcript, "arguments"), "[\"/test\"]");
	environment = observed(&transcript, "environment");
	ck_assert_msg(strcmp(environment, "[]") == 0 || strcmp(environment, "[\"LD_LIBRARY_PATH=/std\"]") == 0, "%s",
		      environment);
	transcript_release(&transcript);
	bench_close(&bench);
}
END_TEST

/* ---- what a candidate's edition tells ------------------------------------------------ */

enum { NEVER = FEEDBACK_FULL + 1 };

/* Words of each of the four hidden files, secret_KIND_LEVEL, and the feedback from which on they may be told. */
static const struct {
	const char *kind;
	int least;
} kinds[] = {
	{"name", FEEDBACK_NAMES},	  {"doc", FEEDBACK_NAMES},	    {"group", FEEDBACK_NAMES},
	{"input_label", FEEDBACK_INPUTS}, {"input_value", FEEDBACK_INPUTS}, {"label", FEEDBACK_FULL},
	{"expected", FEEDBACK_FULL},	  {"argument", FEEDBACK_FULL},	    {"unsaid", FEEDBACK_FULL},
	{"constant", FEEDBACK_FULL},	  {"metric", FEEDBACK_FULL},	    {"comment", NEVER},
};

/* Words of other hidden places. (That of the helper is fed to a test with the feedback full.) */
static const char *const never_told[] = {
	"secret_comment_helper", "secret_comment_probe",     "secret_comment_twin",	"secret_constant_probe",
	"secret_constant_twin",	 "secret_comment_reference", "secret_comment_manifest", "secret_comment_mutant",
};

#define KEEPS                                                                                                          \
	"static WORDS: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());\n"                           \
	"pub fn keep(word: &str) { WORDS.lock().unwrap().push(word.to_string()); }\n"                                  \
	"pub fn borrow(word: &str) -> &str { word }\n"
/* As a text of Rust's: terminals, turned text, build servers, a NUL. */
#define OBEYED "\\x1b[2J\\u{9b}31m \\u{202e}owned\\n::error::owned\\r\\0\\n  ::set-env name=PATH::x ##vso[x]"
#define PLAIN_MACRO "#[macro_export] macro_rules! sealed { () => { \"\" } }\n"

static const struct {
	const char *text;
	const char *reached; /* what it got hold of: it is in the grader's edition */
	const char *told;    /* a word that the candidate's edition has, so that it is not empty for another reason */
} thieves[] = {
	/* says what it was fed in a panic's words */
	{PLAIN_MACRO KEEPS "pub fn open(word: &str) -> String { panic!(\"{word} {:?}\", WORDS.lock().unwrap()) }\n",
	 "secret_unsaid_none", "secret_unsaid_full"},
	/* hands it back */
	{PLAIN_MACRO KEEPS "pub fn open(word: &str) -> String { format!(\"{word} {:?}\", WORDS.lock().unwrap()) }\n",
	 "secret_unsaid_names", "secret_expected_full"},
	/* fails as a compile of the hidden file that quotes it */
	{"#[macro_export] macro_rules! sealed { () => { compile_error!(include_str!(concat!(\"/hidden/\", file!()))) } }\n" HONEST_REST,
	 "secret_comment_none", "secret_doc_names"},
	{"#[macro_export] macro_rules! sealed { () => { { const _: () = panic!(\"{}\", include_str!(concat!(\"/hidden/\", "
	 "file!()))); } } }\n" HONEST_REST,
	 "secret_constant_names", "secret_doc_inputs"},
	/* chooses the place of the panic by what it is fed */
	{PLAIN_MACRO KEEPS "pub fn open(word: &str) -> String {\n"
			   "    if word.ends_with(\"_names\") { panic!() }\n"
			   "    if word.ends_with(\"_none\") { panic!() }\n"
			   "    word.to_string()\n"
			   "}\n",
	 "src/lib.rs:6:", "secret_doc_names"},
	/* an honest failure whose words quote inputs */
	{PLAIN_MACRO "pub fn keep(word: &str) { if word.starts_with(\"secret_unsaid\") { panic!(\"no {word}\") } }\n"
		     "pub fn open(word: &str) -> String { word.to_string() }\n"
		     "pub fn borrow(word: &str) -> &str { word }\n",
	 "secret_unsaid_none", "secret_input_value_inputs"},
	/* and these are not after words: whoever reads the report is to be led astray, or his terminal and his log are
	 */
	{PLAIN_MACRO "pub fn keep(_: &str) {}\n"
		     "pub fn open(_: &str) -> String { panic!(\"" OBEYED "\") }\n"
		     "pub fn borrow(word: &str) -> &str { word }\n"
		     "#[deprecated(note = \"" OBEYED "\")] pub fn old() {}\n"
		     "/// ::error::docs \xe2\x80\x8b\n"
		     "pub fn user() { old() }\n",
	 "owned", "owned"},
	{PLAIN_MACRO
	 "pub fn keep(_: &str) {}\n"
	 "pub fn open(_: &str) -> String { String::from(\"" OBEYED "\") }\n"
	 "pub fn borrow(word: &str) -> &str { word }\n"
	 "/* ::error:: \x1b[2J \xe2\x80\xae */ pub fn bad() { let unused = \"\x1b]0;owned\x07 ##[error]\"; }\n",
	 "owned", "owned"},
	{"compile_error!(\"" OBEYED "\");\n" PLAIN_MACRO HONEST_REST, "owned", "owned"},
};

static char *written(const cJSON *report, const struct report_format *format)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	format->write(report, NULL, out);
	fclose(out);
	expect_nothing_to_obey(text, length);
	return text;
}

static void expect_told_as_allowed(const char *text, const char *thief)
{
	for (int level = FEEDBACK_NONE; level <= FEEDBACK_FULL; level++) {
		for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++) {
			cleanup_free char *word = text_format("secret_%s_%s", kinds[i].kind,
							      exercise_feedback_name((enum exercise_feedback)level));

			if (level == FEEDBACK_NONE || level < kinds[i].least)
				ck_assert_msg(!strstr(text, word), "%s is told, of:\n%s", word, thief);
		}
	}
	for (size_t i = 0; i < ARRAY_LENGTH(never_told); i++)
		ck_assert_msg(!strstr(text, never_told[i]), "%s is told, of:\n%s", never_told[i], thief);
	ck_assert(!strstr(text, "src/lib.rs:6:")); /* in a test with the feedback names */
}

static cJSON *grade(const struct bench *bench)
{
	const struct pipeline_options options = {.seed = 7, .seed_is_given = true};
	const struct report_measures measures = {0};
	cleanup_submission struct submission *submission = NULL;
	struct grading grading = {0};
	cJSON *report;

	MUST(submission_open(bench->source, &submission_default_caps, &submission, &err));
	MUST(grading_run(&bench->session, bench->exercise, &bench->preparation, submission, &options, &grading, &err));
	report = report_build(bench->exercise, submission, &bench->session.toolchain, &grading.evidence,
			      &grading.verdict, &measures);
	grading_release(&grading, bench->exercise);
	return report;
}

START_TEST(thieves_are_told_what_is_allowed)
{
	struct bench bench;
	cleanup_report cJSON *report = NULL, *candidates = NULL;
	cleanup_free char *whole = NULL;

	bench_open(&bench);
	write_submission(&bench, thieves[_i].text);
	report = grade(&bench);
	whole = written(report, report_format_find("json"));
	ck_assert_msg(strstr(whole, thieves[_i].reached) != NULL, "it did not get hold of %s", thieves[_i].reached);
	MUST(report_edition_make(report, EDITION_CANDIDATE, &candidates, &err));
	for (size_t i = 0; i < report_format_count; i++) {
		cleanup_free char *text = written(candidates, &report_formats[i]);
		cleanup_free char *also = written(report, &report_formats[i]); /* harmless too */

		expect_told_as_allowed(text, thieves[_i].text);
		if (strcmp(report_formats[i].name, "json") == 0)
			ck_assert_msg(strstr(text, thieves[_i].told) != NULL, "%s is not told: %s", thieves[_i].told,
				      text);
	}
	bench_close(&bench);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(the_own_compile_sees_nothing, .labels = "verdict", .seconds = 120),
	UNIT(nothing_hidden_lies_where_compilers_look, .rows = ARRAY_LENGTH(place_rows), .seconds = 120),
	UNIT(a_hidden_files_box_sees_that_file_and_helpers, .labels = "verdict", .seconds = 120),
	UNIT(arguments_and_environment_tell_nothing, .labels = "verdict", .seconds = 120),
	UNIT(a_running_test_is_given_no_words, .labels = "verdict", .seconds = 120),
	UNIT(thieves_are_told_what_is_allowed, .labels = "verdict", .rows = ARRAY_LENGTH(thieves), .seconds = 240),
};
UNIT_MAIN("secrecy", tests)
