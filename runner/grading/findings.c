#include "grading/findings.h"

#include "base/memory.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

enum finding {
	FILE_LEFT_OUT,
	BUILD_SETTINGS,
	TURNED_TEXT,
	FOREIGN_CODE,
	ASSEMBLY,
	LINKER_SYMBOL,
	OWN_ALLOCATOR,
	LANGUAGE_FEATURE,
	OUTSIDE_FILE,
	ENVIRONMENT_READ,
	LINT_SHIELD,
	CLIPPY_ONLY,
	TEST_ONLY,
	BUILD_ONLY,
	STD_NAME_TAKEN,
	CODE_IN_MACROS,
	COMPILER_HOLE,
	HIDDEN_USES,
	WITHHELD_STD,
	ANSWERS_UNREAD,
	DIAGNOSTICS_INCOMPLETE,
	COMPILE_REFUSED_CALL,
	RECORDS_NOT_ITS_OWN,
	TEST_REFUSED_CALL,
	ENDED_ITSELF,
	MEMORY_ERROR,
	CRITERION_UNAVAILABLE,
	FINDING_COUNT
};

#define NOT_COMPILED "It was not run: it counts as not compiled."

/* In the order in which a reader meets them. `says` is NULL where the evidence has the words. */
static const struct {
	const char *id, *severity, *says, *done;
} kinds[] = {
	[FILE_LEFT_OUT] = {"file-left-out", "note", NULL, "The file was left out of the grading."},
	[BUILD_SETTINGS] = {"build-settings", "note", NULL,
			    "Nothing: a grading does not use cargo, so that the setting has no effect."},
	[TURNED_TEXT] = {"turned-text", "warning",
			 "Characters that turn the direction of text make this line look other than it is compiled.",
			 "The compiler read the file as it is; read it so too."},
	[FOREIGN_CODE] = {"foreign-code", "serious",
			  "This declares functions that are not written in Rust, which no check of Rust reaches.",
			  NOT_COMPILED},
	[ASSEMBLY] = {"assembly", "serious", "This holds machine instructions, which no check of Rust reaches.",
		      NOT_COMPILED},
	[LINKER_SYMBOL] =
		{"linker-symbol", "serious",
		 "This gives a part of the program a name or place by which it could replace parts of the harness.",
		 NOT_COMPILED},
	[OWN_ALLOCATOR] = {"own-allocator", "serious",
			   "This would replace the memory allocator, by which the harness counts.", NOT_COMPILED},
	[LANGUAGE_FEATURE] = {"language-feature", "note",
			      "This asks for another language or kind of program than the exercise is written for.",
			      "The compiler was not let: what needs it does not compile, the rest is as usual."},
	[OUTSIDE_FILE] = {"outside-file", "serious", "This takes in a file that is not part of what was handed in.",
			  "No file of the exercise can be seen there. " NOT_COMPILED},
	[ENVIRONMENT_READ] = {"environment-read", "note",
			      "This asks for the environment in which the program is compiled.",
			      "The environment is the sandbox's own and holds nothing of the exercise."},
	[LINT_SHIELD] = {"lint-shield", "warning", "This attribute makes lints look away from the code behind it.",
			 "It was taken out before the compile, so that lints saw all of the code."},
	[CLIPPY_ONLY] = {"clippy-only", "warning", "This code is another for clippy than it is for the compiler.",
			 "What clippy saw is what was tested."},
	[TEST_ONLY] = {"test-only", "note",
		       "This code is another when it is tested or documented than when it is used.",
		       "What was graded is what others would use."},
	[BUILD_ONLY] = {"build-only", "note", "This code is another in a release build.",
			"What cargo build and cargo test make is what was graded."},
	[STD_NAME_TAKEN] = {"std-name-taken", "note", "This macro has the name of one of the standard library's.",
			    "Hidden tests use the standard library's."},
	[CODE_IN_MACROS] =
		{"code-in-macros", "warning",
		 "Much of the code stands in the bodies of macros, of which this is the largest; clippy does not look there.",
		 "Counted uses were counted; that clippy says nothing was not taken for clean."},
	[COMPILER_HOLE] =
		{"compiler-hole", "serious",
		 "This has the form of a known hole of the compiler's, by which a program can write to the harness's memory.",
		 "What the test's own process counted was not believed; observations are compared outside it."},
	[HIDDEN_USES] = {"hidden-uses", "note", NULL,
			 "Each expansion was counted, and once, however often it repeats the line."},
	[WITHHELD_STD] = {"withheld-std", "note", NULL, "It was not there to be used: what needs it does not compile."},
	[ANSWERS_UNREAD] = {"answers-unread", "warning", NULL, "No question counts as answered."},
	[DIAGNOSTICS_INCOMPLETE] =
		{"diagnostics-incomplete", "warning",
		 "The compiler said more about this file than can be read: too much, or nested too deeply.",
		 "Nothing that is counted by the compiler's words was judged."},
	[COMPILE_REFUSED_CALL] = {"compile-refused-call", "serious", NULL,
				  "The compiler was stopped; the unit counts as not compiled."},
	[RECORDS_NOT_ITS_OWN] = {"records-not-its-own", "serious", NULL,
				 "The process was stopped; the test counts as failed."},
	[TEST_REFUSED_CALL] = {"test-refused-call", "serious", NULL,
			       "The process was stopped; the test counts as failed."},
	[MEMORY_ERROR] = {"memory-error", "warning", NULL,
			  "The test counts as passed; criteria that ask for no such errors do not hold."},
	[CRITERION_UNAVAILABLE] = {"criterion-unavailable", "warning", NULL,
				   "It counts as not met. Grade again with a toolchain that can look at it."},
	[ENDED_ITSELF] = {"ended-itself", "warning", NULL, "The test counts as failed, whatever the exit code says."},
};
static_assert(ARRAY_LENGTH(kinds) == FINDING_COUNT, "a row for each finding");

/* ---- writing one --------------------------------------------------------------- */

/* `file` NULL: of no file. `line` 0: of the file as a whole. */
static void add(cJSON *findings, enum finding finding, const char *file, unsigned int line, const char *says)
{
	cJSON *object = part_add(findings);

	cJSON_AddStringToObject(object, "id", kinds[finding].id);
	cJSON_AddStringToObject(object, "severity", kinds[finding].severity);
	part_text(object, "file", file);
	cJSON_AddNumberToObject(object, "line", line);
	part_text(object, "says", says ? says : kinds[finding].says);
	cJSON_AddStringToObject(object, "done", kinds[finding].done);
}

/* ---- what was handed in ---------------------------------------------------------- */

/* What cargo, git and editors leave in every project: it stands in the report's list of what was left out, no more. */
static bool is_habit(const char *path)
{
	static const char *const names[] = {"target/",	".git/",  ".gitignore",	   ".gitattributes", ".github/",
					    ".vscode/", ".idea/", ".editorconfig", ".DS_Store",	     "__MACOSX/"};
	const char *slash = strrchr(path, '/');
	const char *name = slash && slash[1] ? slash + 1 : path;

	for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
		if (strcmp(name, names[i]) == 0 || strcmp(path, names[i]) == 0)
			return true;
	return false;
}

static void add_files(cJSON *findings, const struct report_sources *sources)
{
	const struct submission *submission = sources->submission;

	for (size_t i = 0; i < submission->refused_count; i++)
		if (!is_habit(submission->refused[i].path))
			add(findings, FILE_LEFT_OUT, submission->refused[i].path, 0,
			    refusal_says(submission->refused[i].why));
	for (size_t i = 0; i < sources->evidence->setting_count; i++) {
		const struct setting *setting = &sources->evidence->settings[i];
		cleanup_free char *says = text_format("This would set for cargo: %.80s", setting->text);

		add(findings, BUILD_SETTINGS, "Cargo.toml", setting->line, says);
	}
	for (size_t i = 0; i < submission->file_count; i++)
		if (submission->files[i].turned_line)
			add(findings, TURNED_TEXT, submission->files[i].path, submission->files[i].turned_line, NULL);
	if (sources->evidence->answers_trouble)
		add(findings, ANSWERS_UNREAD, "answers.yaml", 0, sources->evidence->answers_trouble);
}

/* ---- what was compiled -------------------------------------------------------------- */

static const enum finding of_rule[] = {
	[SOURCE_FOREIGN_CODE] = FOREIGN_CODE,
	[SOURCE_ASSEMBLY] = ASSEMBLY,
	[SOURCE_LINKER_SYMBOL] = LINKER_SYMBOL,
	[SOURCE_OWN_ALLOCATOR] = OWN_ALLOCATOR,
	[SOURCE_LANGUAGE_FEATURE] = LANGUAGE_FEATURE,
	[SOURCE_OUTSIDE_FILE] = OUTSIDE_FILE,
	[SOURCE_ENVIRONMENT_READ] = ENVIRONMENT_READ,
	[SOURCE_LINT_SHIELD] = LINT_SHIELD,
	[SOURCE_CLIPPY_ONLY] = CLIPPY_ONLY,
	[SOURCE_TEST_ONLY] = TEST_ONLY,
	[SOURCE_BUILD_ONLY] = BUILD_ONLY,
	[SOURCE_CALLER] = FINDING_COUNT, /* seen to in the link, and nothing to tell */
	[SOURCE_STD_NAME_TAKEN] = STD_NAME_TAKEN,
	[SOURCE_CODE_IN_MACROS] = CODE_IN_MACROS,
	[SOURCE_COMPILER_HOLE] = COMPILER_HOLE,
};
static_assert(ARRAY_LENGTH(of_rule) == SOURCE_RULE_COUNT, "a finding for each rule");

/* The same rule twice in a line is one finding. */
static bool is_first_of_line(const struct source_hits *hits, size_t index)
{
	const struct source_hit *hit = &hits->items[index];

	for (size_t i = 0; i < index; i++)
		if (hits->items[i].rule == hit->rule && hits->items[i].place.line == hit->place.line &&
		    strcmp(hits->items[i].place.file, hit->place.file) == 0)
			return false;
	return true;
}

static void add_hits(cJSON *findings, const struct unit_evidence *unit)
{
	for (size_t i = 0; i < unit->hits.count; i++)
		if (of_rule[unit->hits.items[i].rule] != FINDING_COUNT && is_first_of_line(&unit->hits, i))
			add(findings, of_rule[unit->hits.items[i].rule], unit->hits.items[i].place.file,
			    unit->hits.items[i].place.line, NULL);
}

static bool is_same_place(const struct diagnostic *left, const struct diagnostic *right)
{
	return left->place.line == right->place.line && left->place.file && right->place.file &&
	       strcmp(left->place.file, right->place.file) == 0;
}

static bool is_hidden_use(const struct diagnostic *diagnostic)
{
	return diagnostic->reason && diagnostic->in_macro && !diagnostic->is_foreign;
}

/* One for each line of a macro: a use in its body appears once an expansion, always at that line. */
static void add_hidden_uses(cJSON *findings, const struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < diagnostics->count; i++) {
		const struct diagnostic *use = &diagnostics->items[i];
		cleanup_free char *says = NULL;
		size_t before = 0, all = 0;

		if (!is_hidden_use(use))
			continue;
		for (size_t j = 0; j < diagnostics->count; j++) {
			if (!is_hidden_use(&diagnostics->items[j]) || !is_same_place(use, &diagnostics->items[j]))
				continue;
			all++;
			before += j < i;
		}
		if (before)
			continue;
		says = text_format("This line of a macro brought %zu counted use%s into the code.", all,
				   all == 1 ? "" : "s");
		add(findings, HIDDEN_USES, use->place.file, use->place.line, says);
	}
}

/* What the compiler itself refuses, and says where. */
static const struct {
	const char *code, *message; /* how it begins; NULL: any */
	enum finding finding;
} of_error[] = {
	{"E0554", NULL, LANGUAGE_FEATURE}, /* #![feature] outside nightly */
	{NULL, "couldn't read `/", OUTSIDE_FILE},
	{NULL, "couldn't read `..", OUTSIDE_FILE},
};

static bool is_told(const struct unit_evidence *unit, const struct diagnostic *error, enum finding finding)
{
	for (size_t i = 0; i < unit->hits.count; i++)
		if (of_rule[unit->hits.items[i].rule] == finding && unit->hits.items[i].place.line == error->place.line)
			return true;
	return false;
}

static void add_errors(cJSON *findings, const struct unit_evidence *unit)
{
	for (size_t i = 0; i < unit->build.diagnostics.count; i++) {
		const struct diagnostic *error = &unit->build.diagnostics.items[i];

		for (size_t j = 0; j < ARRAY_LENGTH(of_error); j++)
			if (error->is_error &&
			    (!of_error[j].code || (error->code && strcmp(error->code, of_error[j].code) == 0)) &&
			    (!of_error[j].message ||
			     strncmp(error->message, of_error[j].message, strlen(of_error[j].message)) == 0) &&
			    !is_told(unit, error, of_error[j].finding))
				add(findings, of_error[j].finding, error->place.file, error->place.line, NULL);
	}
}

/* Each thing once a line: rustc may say of one path that it lacks, and of each name that came by it. */
static bool is_withheld_anew(const struct diagnostics *diagnostics, size_t index)
{
	const struct diagnostic *error = &diagnostics->items[index];

	for (size_t i = 0; i < index; i++)
		if (diagnostics->items[i].withheld && is_same_place(error, &diagnostics->items[i]) &&
		    strcmp(diagnostics->items[i].withheld, error->withheld) == 0)
			return false;
	return true;
}

static void add_withheld(cJSON *findings, const struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < diagnostics->count; i++) {
		const struct diagnostic *error = &diagnostics->items[i];
		cleanup_free char *says = NULL;

		if (!error->withheld || !is_withheld_anew(diagnostics, i))
			continue;
		says = text_format("This asks for `%s`, which is not part of the exercise.", error->withheld);
		add(findings, WITHHELD_STD, error->place.file, error->place.line, says);
	}
}

static void add_unit(cJSON *findings, const struct unit_evidence *unit)
{
	const struct step_result *build = &unit->build;

	add_hits(findings, unit);
	add_errors(findings, unit);
	add_withheld(findings, &build->diagnostics);
	add_hidden_uses(findings, &build->diagnostics);
	if (build->diagnostics.incomplete)
		add(findings, DIAGNOSTICS_INCOMPLETE, unit->file, 0, NULL);
	if (build->outcome.violation.happened)
		add(findings, COMPILE_REFUSED_CALL, unit->file, 0, build->trouble);
}

/* ---- what was run ---------------------------------------------------------------------- */

static const struct {
	const char *why;
	enum finding finding;
} of_why[] = {
	{"forged", RECORDS_NOT_ITS_OWN},
	{"syscall", TEST_REFUSED_CALL},
	{"stopped-early", ENDED_ITSELF},
	{"exit", ENDED_ITSELF},
};

static void add_test(cJSON *findings, const struct test_evidence *test)
{
	for (size_t i = 0; test->why && i < ARRAY_LENGTH(of_why); i++) {
		cleanup_free char *says = NULL;

		if (strcmp(test->why, of_why[i].why) != 0)
			continue;
		says = text_format("In the test %s: %s.", test->name, test->detail);
		add(findings, of_why[i].finding, NULL, 0, says);
	}
}

/* What a sanitizer saw of tests that passed. */
static void add_errors_of(cJSON *findings, const struct evidence *evidence, const struct sanitized *sanitized)
{
	for (size_t i = 0; sanitized->tests && i < evidence->test_count; i++) {
		const struct sanitized_test *seen = &sanitized->tests[i];
		cleanup_free char *says = NULL;

		if (seen->state != SANITIZED_ERROR || evidence->tests[i].status != STATUS_HOLDS)
			continue;
		says = text_format("In the test %s, which passes, the code %s.", evidence->tests[i].name, seen->says);
		add(findings, MEMORY_ERROR, seen->place.file, seen->place.line, says);
	}
}

static void add_memory_errors(cJSON *findings, const struct evidence *evidence)
{
	for (size_t i = 0; i < SANITIZER_KINDS; i++)
		add_errors_of(findings, evidence, &evidence->unsafe_code.sanitized[i]);
}

static void add_unavailable(cJSON *findings, const struct report_sources *sources)
{
	const struct verdict *verdict = sources->verdict;

	for (size_t i = 0; i < sources->exercise->criterion_count; i++) {
		cleanup_free char *says = NULL;

		if (!verdict->criteria[i].unavailable)
			continue;
		says = text_format(
			"The criterion \"%s\" could not be looked at: %s. The level is %d; with it, it could be %d.",
			sources->exercise->criteria[i].id, verdict->criteria[i].evidence, verdict->whole.level,
			verdict->whole.level_open);
		add(findings, CRITERION_UNAVAILABLE, NULL, 0, says);
	}
}

/* ---- the whole --------------------------------------------------------------------------- */

void findings_add(cJSON *report, const struct report_sources *sources)
{
	cJSON *findings = cJSON_AddArrayToObject(report, "findings");

	add_files(findings, sources);
	for (size_t i = 0; i < sources->evidence->unit_count; i++)
		add_unit(findings, &sources->evidence->units[i]);
	for (size_t i = 0; i < sources->evidence->test_count; i++)
		add_test(findings, &sources->evidence->tests[i]);
	add_memory_errors(findings, sources->evidence);
	add_unavailable(findings, sources);
}
