#include "edition.h"

#include "base/memory.h"
#include "base/text.h"
#include "tree.h"

#include <string.h>

const char *const report_edition_names[] = {[EDITION_GRADER] = "grader", [EDITION_CANDIDATE] = "candidate", NULL};

/* ---- what is told ----------------------------------------------------------- */

/* Values of a test's `feedback`, each telling more than the one before. A word that is not here tells nothing. */
enum feedback { NONE, NAMES, INPUTS, FULL };
static const char *const feedback_words[] = {[NONE] = "none", [NAMES] = "names", [INPUTS] = "inputs", [FULL] = "full"};

/* A member of an array that is being copied; `feedback` is NONE where it belongs to no test. */
struct member {
	const cJSON *report, *item;
	enum feedback feedback;
};

static cJSON *candidate(const struct member *whole, const cJSON *edition);
static cJSON *coarse_why(const struct member *test, const cJSON *why);
static cJSON *told_detail(const struct member *test, const cJSON *detail);

/*
 * Everything that a candidate may see, by the path of its last part; "[]" stands for
 * the members of an array. What contains it is copied because it does.
 */
static const struct row {
	const char *path;
	enum feedback needs;						/* at least, of the test that it tells of */
	cJSON *(*reword)(const struct member *test, const cJSON *part); /* NULL: as it is */
} rows[] = {
	{"schema", NONE, NULL},
	{"edition", NONE, candidate},
	{"assay.version", NONE, NULL},
	/* no digest: it is over hidden files, and whoever guessed them could check the guess */
	{"exercise.id", NONE, NULL},
	{"exercise.title", NONE, NULL},
	{"exercise.system", NONE, NULL},
	{"exercise.kind", NONE, NULL},
	{"exercise.level", NONE, NULL},
	{"submission.name", NONE, NULL},
	{"submission.digest", NONE, NULL},
	{"submission.files[].path", NONE, NULL},
	{"submission.files[].bytes", NONE, NULL},
	{"submission.files[].lines", NONE, NULL},
	{"submission.refused[].path", NONE, NULL},
	{"submission.refused[].reason", NONE, NULL},
	{"submission.refused[].says", NONE, NULL},
	{"submission.refused_total", NONE, NULL},
	{"toolchain.rustc", NONE, NULL},
	{"toolchain.host", NONE, NULL},
	{"toolchain.clippy", NONE, NULL},
	{"verdict.status", NONE, NULL},
	{"verdict.reason", NONE, NULL},
	{"verdict.level", NONE, NULL},
	{"verdict.level_name", NONE, NULL},
	{"verdict.highest_level", NONE, NULL},
	{"verdict.score", NONE, NULL},
	{"verdict.points", NONE, NULL},
	{"verdict.points_possible", NONE, NULL},
	{"verdict.axes[].id", NONE, NULL},
	{"verdict.axes[].says", NONE, NULL},
	{"verdict.axes[].level", NONE, NULL},
	{"verdict.axes[].level_name", NONE, NULL},
	{"verdict.axes[].highest_level", NONE, NULL},
	{"verdict.axes[].score", NONE, NULL},
	{"verdict.axes[].points", NONE, NULL},
	{"verdict.axes[].points_possible", NONE, NULL},
	{"verdict.next.level", NONE, NULL},
	{"verdict.next.level_name", NONE, NULL},
	{"verdict.next.blocked_by[]", NONE, NULL},
	{"verdict.rule[]", NONE, NULL},
	/* no evidence: it names tests, says how many there are and what they measured */
	{"criteria[].id", NONE, NULL},
	{"criteria[].level", NONE, NULL},
	{"criteria[].concept", NONE, NULL},
	{"criteria[].axis", NONE, NULL},
	{"criteria[].skill", NONE, NULL},
	{"criteria[].statement", NONE, NULL},
	{"criteria[].says", NONE, NULL},
	{"criteria[].status", NONE, NULL},
	{"criteria[].points", NONE, NULL},
	{"criteria[].points_possible", NONE, NULL},
	{"criteria[].places[].file", NONE, NULL},
	{"criteria[].places[].line", NONE, NULL},
	{"criteria[].places[].column", NONE, NULL},
	{"criteria[].places[].says", NONE, NULL},
	{"criteria[].learn", NONE, NULL},
	/* of the candidate's own code alone: nothing of the exercise is in that compile */
	{"builds[].unit", NONE, NULL},
	{"builds[].file", NONE, NULL},
	{"builds[].crate", NONE, NULL},
	{"builds[].compiled", NONE, NULL},
	{"builds[].ended", NONE, NULL},
	{"builds[].diagnostics[].level", NONE, NULL},
	{"builds[].diagnostics[].code", NONE, NULL},
	{"builds[].diagnostics[].concept", NONE, NULL},
	{"builds[].diagnostics[].message", NONE, NULL},
	{"builds[].diagnostics[].file", NONE, NULL},
	{"builds[].diagnostics[].line", NONE, NULL},
	{"builds[].diagnostics[].column", NONE, NULL},
	{"builds[].diagnostics[].end_line", NONE, NULL},
	{"builds[].diagnostics[].end_column", NONE, NULL},
	{"builds[].diagnostics[].rendered", NONE, NULL},
	{"tests[].group", NAMES, NULL},
	{"tests[].unit", NAMES, NULL},
	{"tests[].name", NAMES, NULL},
	{"tests[].says", NAMES, NULL},
	{"tests[].feedback", NAMES, NULL},
	{"tests[].status", NAMES, NULL},
	{"tests[].why", NAMES, coarse_why},
	{"tests[].detail", NAMES, told_detail},
	{"tests[].inputs[].label", INPUTS, NULL},
	{"tests[].inputs[].value", INPUTS, NULL},
	{"tests[].difference.label", FULL, NULL},
	{"tests[].difference.expected", FULL, NULL},
	{"tests[].difference.observed", FULL, NULL},
	/* as a test with `names`: codes and lines are those of a hidden file */
	{"probes[].id", NONE, NULL},
	{"probes[].says", NONE, NULL},
	{"probes[].status", NONE, NULL},
	{"uses[].id", NONE, NULL},
	{"uses[].says", NONE, NULL},
	{"uses[].count", NONE, NULL},
	{"uses[].complete", NONE, NULL},
	{"uses[].places[].file", NONE, NULL},
	{"uses[].places[].line", NONE, NULL},
	{"uses[].places[].column", NONE, NULL},
	{"uses[].places[].says", NONE, NULL},
	{"lints[].lint", NONE, NULL},
	{"lints[].count", NONE, NULL},
	{"lints[].places[].file", NONE, NULL},
	{"lints[].places[].line", NONE, NULL},
	{"lints[].places[].column", NONE, NULL},
	{"lints[].places[].says", NONE, NULL},
	/* a submission that allocates as often as a hidden input says gives the input away */
	{"metrics[].id", FULL, NULL},
	{"metrics[].says", FULL, NULL},
	{"metrics[].test", FULL, NULL},
	{"metrics[].value", FULL, NULL},
	{"metrics[].reference", FULL, NULL},
	{"format.clean", NONE, NULL},
	{"format.files[]", NONE, NULL},
	/* which half of an answer is right gives the key away */
	{"questions[].id", NONE, NULL},
	{"questions[].title", NONE, NULL},
	{"questions[].concept", NONE, NULL},
	{"questions[].level", NONE, NULL},
	{"questions[].status", NONE, NULL},
	{"questions[].given.fails[].line", NONE, NULL},
	{"questions[].given.fails[].code", NONE, NULL},
	{"questions[].given.choice", NONE, NULL},
	{"questions[].because", NONE, NULL},
	/* of the candidate's own text, and of wrong solutions no more than how many there are */
	{"own_tests.observed", NONE, NULL},
	{"own_tests.files[]", NONE, NULL},
	{"own_tests.tests[].file", NONE, NULL},
	{"own_tests.tests[].name", NONE, NULL},
	{"own_tests.tests[].status", NONE, NULL},
	{"own_tests.reference.passed", NONE, NULL},
	{"own_tests.reference.failed", NONE, NULL},
	{"own_tests.mutants", NONE, NULL},
	{"own_tests.killed", NONE, NULL},
	{"own_tests.trouble", NONE, NULL},
	{"findings[].id", NONE, NULL},
	{"findings[].severity", NONE, NULL},
	{"findings[].file", NONE, NULL},
	{"findings[].line", NONE, NULL},
	{"findings[].column", NONE, NULL},
	{"findings[].says", NONE, NULL},
	{"findings[].done", NONE, NULL},
	/* no seed, times or memory: they tell how many tests there are, and a submission can steer them by what it is
	   fed */
	{"measured.started", NONE, NULL},
};

/* Findings about a submission's own files and its own compile. Those about tests name them: graders see these. */
static const char *const told_findings[] = {
	"foreign-code",		"assembly",
	"linker-symbol",	"own-allocator",
	"language-feature",	"outside-file",
	"environment-read",	"lint-shield",
	"clippy-only",		"test-only",
	"hidden-uses",		"std-name-taken",
	"withheld-std",		"build-settings",
	"file-left-out",	"turned-text",
	"answers-unread",	"diagnostics-incomplete",
	"compile-refused-call",	"code-in-macros",
	"compiler-hole",	"build-only",
};

/* ---- members that are told or not as a whole ----------------------------------- */

static enum feedback feedback_of(const cJSON *test)
{
	for (enum feedback word = FULL; word > NONE; word--)
		if (tree_is(test, "feedback", feedback_words[word]))
			return word;
	return NONE;
}

static bool tells_test(struct member *member)
{
	member->feedback = feedback_of(member->item);
	return member->feedback >= NAMES;
}

/* Names of tests are unique; where a document has one twice, the one that tells less decides. */
static bool tells_metric(struct member *member)
{
	bool found = false;

	member->feedback = FULL;
	TREE_EACH (test, member->report, "tests") {
		if (!tree_at(test, "name") || !tree_is(test, "name", tree_text(member->item, "test")))
			continue;
		found = true;
		if (feedback_of(test) < member->feedback)
			member->feedback = feedback_of(test);
	}
	return found && member->feedback == FULL;
}

static bool tells_finding(struct member *member)
{
	for (size_t i = 0; i < ARRAY_LENGTH(told_findings); i++)
		if (tree_is(member->item, "id", told_findings[i]))
			return true;
	return false;
}

/* Arrays of which not every member is told, and whose members say for themselves how much. */
static const struct gate {
	const char *path;
	bool (*tells)(struct member *member); /* sets its feedback */
} gates[] = {
	{"tests", tells_test},
	{"metrics", tells_metric},
	{"findings", tells_finding},
};

static const struct gate *find_gate(const char *path)
{
	for (size_t i = 0; i < ARRAY_LENGTH(gates); i++)
		if (strcmp(gates[i].path, path) == 0)
			return &gates[i];
	return NULL;
}

/* ---- parts that are told in other words ------------------------------------------ */

static cJSON *candidate(const struct member *whole, const cJSON *edition)
{
	(void)whole;
	(void)edition;
	return cJSON_CreateString(report_edition_names[EDITION_CANDIDATE]);
}

/* Four words of seventeen, so that a submission has less to say by the way in which it fails. */
static const struct {
	const char *why, *coarse;
} coarse_words[] = {
	{"differs", "differs"}, {"panicked", "panicked"}, {"wall", "limit"},	    {"cpu", "limit"},
	{"memory", "limit"},	{"output", "limit"},	  {"processes", "limit"},   {"file-size", "limit"},
	{"disk", "limit"},	{"inodes", "limit"},	  {"descriptors", "limit"}, {"limit", "limit"},
};

static cJSON *coarse_why(const struct member *test, const cJSON *why)
{
	if (!cJSON_IsString(why))
		return cJSON_CreateNull();
	if (test->feedback > NAMES)
		return cJSON_Duplicate(why, false);
	for (size_t i = 0; i < ARRAY_LENGTH(coarse_words); i++)
		if (strcmp(coarse_words[i].why, why->valuestring) == 0)
			return cJSON_CreateString(coarse_words[i].coarse);
	return cJSON_CreateString("other");
}

/* Why a test could not be looked at. What the compiler said of it may follow, and quotes the hidden file. */
static const char *const unobserved_sentences[] = {
	"the submission does not compile",
	"the tests do not compile against it",
	"the tests could not be linked with it",
};

static size_t number_length(const char *text)
{
	size_t length = strspn(text, "0123456789");

	return length > 0 && length < 10 && text[length - 1] ? length : 0;
}

/* The length of "src/lib.rs:3:5", a place in that file, with which the text begins; 0 where it does not. */
static size_t place_length(const char *text, const char *file)
{
	size_t length = strlen(file);

	if (length == 0 || strncmp(text, file, length) != 0)
		return 0;
	for (int i = 0; i < 2; i++) {
		size_t digits = text[length] == ':' ? number_length(text + length + 1) : 0;

		if (digits == 0)
			return 0;
		length += 1 + digits;
	}
	return text[length] == ':' || text[length] == '\0' ? length : 0;
}

/* Where in a file of the submission it panicked. Not the words: they are made of what the code was fed. */
static cJSON *own_panic(const cJSON *report, const char *detail)
{
	static const char before[] = "it panicked at ";
	const char *place = detail + sizeof before - 1;

	if (strncmp(detail, before, sizeof before - 1) != 0)
		return cJSON_CreateNull();
	TREE_EACH (file, tree_at(report, "submission"), "files") {
		size_t length = place_length(place, tree_text(file, "path"));
		cleanup_free char *told = length ? text_copy_n(detail, sizeof before - 1 + length) : NULL;

		if (told)
			return cJSON_CreateString(told);
	}
	return cJSON_CreateNull();
}

static cJSON *told_detail(const struct member *test, const cJSON *detail)
{
	if (!cJSON_IsString(detail))
		return cJSON_CreateNull();
	if (tree_is(test->item, "status", "failed")) {
		if (test->feedback == FULL)
			return cJSON_Duplicate(detail, false);
		return test->feedback == INPUTS ? own_panic(test->report, detail->valuestring) : cJSON_CreateNull();
	}
	for (size_t i = 0; i < ARRAY_LENGTH(unobserved_sentences); i++)
		if (strncmp(detail->valuestring, unobserved_sentences[i], strlen(unobserved_sentences[i])) == 0)
			return cJSON_CreateString(unobserved_sentences[i]);
	return cJSON_CreateNull();
}

/* ---- copying ------------------------------------------------------------------------ */

static const struct row *find_row(const char *path, enum feedback feedback)
{
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		if (strcmp(rows[i].path, path) == 0)
			return rows[i].needs <= feedback ? &rows[i] : NULL;
	return NULL;
}

/* Whether something inside of it is told. `mark` is what follows its path in a row's: '.' for an object, '[' for an
 * array.
 */
static bool has_rows_within(const char *path, char mark, enum feedback feedback)
{
	size_t length = strlen(path);

	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		if (strncmp(rows[i].path, path, length) == 0 && rows[i].path[length] == mark &&
		    rows[i].needs <= feedback)
			return true;
	return false;
}

static cJSON *copy_part(const char *path, const struct member *within, const cJSON *part);

static cJSON *copy_object(const char *path, const struct member *within, const cJSON *object)
{
	cJSON *copy = cJSON_CreateObject();
	const cJSON *member;

	cJSON_ArrayForEach (member, object) {
		cleanup_free char *below = text_format("%s%s%s", path, *path ? "." : "", member->string);
		/* a key that reads like a path is none of ours, and of one that is given twice the first counts */
		bool is_plain =
			!strpbrk(member->string, ".[]") && !cJSON_GetObjectItemCaseSensitive(copy, member->string);
		cJSON *copied = is_plain ? copy_part(below, within, member) : NULL;

		if (copied)
			cJSON_AddItemToObject(copy, member->string, copied);
	}
	return copy;
}

static cJSON *copy_array(const char *path, const struct member *within, const cJSON *array)
{
	const struct gate *gate = find_gate(path);
	cleanup_free char *below = text_format("%s[]", path);
	cJSON *copy = cJSON_CreateArray();
	const cJSON *item;

	cJSON_ArrayForEach (item, array) {
		struct member member = {within->report, item, within->feedback};
		cJSON *copied = !gate || gate->tells(&member) ? copy_part(below, &member, item) : NULL;

		if (copied)
			cJSON_AddItemToArray(copy, copied);
	}
	return copy;
}

/* NULL where nothing of it is told. What is of another type than the rows expect is not told either. */
static cJSON *copy_part(const char *path, const struct member *within, const cJSON *part)
{
	const struct row *row = find_row(path, within->feedback);
	bool is_object = has_rows_within(path, '.', within->feedback);
	bool is_array = find_gate(path) || has_rows_within(path, '[', within->feedback);

	if (cJSON_IsObject(part))
		return is_object ? copy_object(path, within, part) : NULL;
	if (cJSON_IsArray(part))
		return is_array ? copy_array(path, within, part) : NULL;
	if (row)
		return row->reword ? row->reword(within, part) : cJSON_Duplicate(part, false);
	return cJSON_IsNull(part) && (is_object || is_array) ? cJSON_CreateNull() : NULL;
}

static cJSON *make_candidate(const cJSON *report)
{
	const struct member whole = {.report = report, .item = report, .feedback = NONE};
	cJSON *copy = cJSON_IsObject(report) ? copy_object("", &whole, report) : cJSON_CreateObject();

	if (!cJSON_GetObjectItemCaseSensitive(copy, "edition"))
		cJSON_AddItemToObject(copy, "edition", candidate(&whole, NULL));
	return copy;
}

/* ---- the two ------------------------------------------------------------------------- */

int report_edition_of(const cJSON *report, enum report_edition *edition, struct error **err)
{
	const cJSON *word = tree_at(report, "edition");
	cleanup_free char *shown = NULL;

	*edition = EDITION_GRADER;
	if (!word)
		return 0;
	for (; *edition < EDITION_COUNT; ++*edition)
		if (tree_is(report, "edition", report_edition_names[*edition]))
			return 0;
	shown = text_printable_copy(tree_text(report, "edition"));
	return error_set(err, ERROR_OTHER, "its edition is \"%.64s\"; this version knows grader and candidate", shown);
}

int report_edition_make(const cJSON *report, enum report_edition edition, cJSON **made, struct error **err)
{
	enum report_edition is;

	if (report_edition_of(report, &is, err) < 0)
		return -1;
	if (edition == EDITION_GRADER && is == EDITION_CANDIDATE)
		return error_set(err, ERROR_OTHER,
				 "it is a candidate's edition, and what that leaves out is not in it; "
				 "take the grader's report, or grade again");
	*made = edition == EDITION_GRADER ? cJSON_Duplicate(report, true) : make_candidate(report);
	return 0;
}
