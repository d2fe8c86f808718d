/*
 * What a candidate is told of a report. Examples stand beside what their
 * candidate's edition must be; REPORT_TEXT_WRITE=1 writes those files anew, to be
 * read before they are kept.
 */
#include "suite.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "edition.h"
#include "report.h"
#include "tree.h"

#include <fcntl.h>
#include <string.h>

static const char *const examples[] = {
	"failing-tests", "not-compiling", "fix-units", "design-probes", "explain", "refused", "hostile",
};

static cJSON *example(const char *name)
{
	cleanup_free char *path = text_format(TEST_DATA "/data/reports/%s.json", name);
	cleanup_error struct error *err = NULL;
	cJSON *report = NULL;

	ck_assert_msg(report_read(path, &report, &err) == 0, "%s", err ? err->message : "");
	return report;
}

static cJSON *candidate(const cJSON *report)
{
	cleanup_error struct error *err = NULL;
	cJSON *made = NULL;

	ck_assert_msg(report_edition_make(report, EDITION_CANDIDATE, &made, &err) == 0, "%s", err ? err->message : "");
	return made;
}

static char *written(const cJSON *report, const char *format)
{
	const struct report_text_style style = {.width = 80};
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	report_format_find(format)->write(report, &style, out);
	fclose(out);
	return text;
}

/* The candidate's edition of a document, as JSON. */
static char *told(const cJSON *report)
{
	cleanup_report cJSON *made = candidate(report);

	return written(made, "json");
}

static void expect_file(const char *name, const char *ending, const char *found)
{
	cleanup_free char *path = text_format(TEST_DATA "/data/reports/%s.candidate.%s", name, ending);
	cleanup_buffer struct buffer expected = {0};
	cleanup_error struct error *err = NULL;

	if (getenv("REPORT_TEXT_WRITE"))
		ck_assert_int_eq(file_write(AT_FDCWD, path, found, strlen(found), 0644, &err), 0);
	ck_assert_int_eq(file_read(AT_FDCWD, path, 1 << 20, &expected, &err), 0);
	ck_assert_str_eq(found, buffer_text(&expected));
}

START_TEST(examples_are_as_they_should)
{
	cleanup_report cJSON *report = example(examples[_i]), *made = candidate(report);
	cleanup_free char *json = written(made, "json"), *text = written(made, "text");

	expect_file(examples[_i], "json", json);
	expect_file(examples[_i], "txt", text);
}
END_TEST

START_TEST(twice_is_the_same_as_once)
{
	cleanup_report cJSON *report = example(examples[_i]), *made = candidate(report);
	cleanup_free char *once = written(made, "json"), *twice = told(made);

	ck_assert_str_eq(twice, once);
}
END_TEST

/* ---- an allow-list --------------------------------------------------------- */

#define SECRET "a-part-that-came-later"

static const char *const surplus_values[] = {
	"\"" SECRET "\"",
	"{\"id\": \"" SECRET "\", \"says\": \"" SECRET "\"}",
	"[\"" SECRET "\", {\"file\": \"" SECRET "\"}]",
};

/* Puts `with` into each object in turn, as a key that nobody knows. */
static void add_to_each(const cJSON *root, cJSON *part, const cJSON *with)
{
	cleanup_free char *text = NULL;

	if (cJSON_IsObject(part)) {
		cJSON_AddItemToObject(part, "later", cJSON_Duplicate(with, true));
		text = told(root);
		ck_assert_msg(!strstr(text, SECRET) && !strstr(text, "later\""), "%s is told: %s",
			      part->string ? part->string : "a member", text);
		cJSON_DeleteItemFromObjectCaseSensitive(part, "later");
	}
	for (cJSON *member = part->child; member; member = member->next)
		add_to_each(root, member, with);
}

START_TEST(a_new_part_is_hidden)
{
	static const char *const names[] = {"failing-tests", "explain", "design-probes"};
	cleanup_report cJSON *with = cJSON_Parse(surplus_values[_i]);

	for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
		cleanup_report cJSON *report = example(names[i]);

		add_to_each(report, report, with);
	}
}
END_TEST

/* A part that is told as a text must not carry a tree, nor the other way round. */
static void replace_each(const cJSON *root, cJSON *container, const cJSON *with)
{
	for (cJSON *member = container->child; member; member = member->next) {
		cJSON kept = *member, *copy = cJSON_Duplicate(with, true);
		cleanup_free char *text = NULL;

		member->type = copy->type;
		member->valuestring = copy->valuestring;
		member->child = copy->child;
		text = told(root);
		ck_assert_msg(!strstr(text, SECRET), "%s: %s", member->string ? member->string : "a member", text);
		*member = kept;
		cJSON_Delete(copy);
		replace_each(root, member, with);
	}
}

static const char *const other_shapes[] = {
	"{\"later\": \"" SECRET "\"}",
	"[[\"" SECRET "\"], {\"later\": \"" SECRET "\"}]",
	"null",
	"7",
};

START_TEST(another_shape_is_hidden)
{
	cleanup_report cJSON *report = example("failing-tests"), *with = cJSON_Parse(other_shapes[_i]);

	cJSON_DeleteItemFromObjectCaseSensitive(report, "edition"); /* there_is_no_way_back */
	replace_each(report, report, with);
}
END_TEST

static const struct {
	const char *document, *told; /* without schema and edition */
} odd_rows[] = {
	{"{\"verdict.reason\": \"" SECRET "\", \"tests[].name\": \"" SECRET "\"}", "{\"edition\":\"candidate\"}"},
	{"{\"verdict\": {\"level\": 1, \"level\": 2}}", "{\"verdict\":{\"level\":1},\"edition\":\"candidate\"}"},
	{"{\"VERDICT\": {\"level\": 1}}", "{\"edition\":\"candidate\"}"},
	{"{\"toolchain\": null, \"sandbox\": null, \"verdict\": {\"next\": null}}",
	 "{\"toolchain\":null,\"verdict\":{\"next\":null},\"edition\":\"candidate\"}"},
	{"{\"tests\": [{\"name\": \"a\", \"feedback\": \"none\"}, {\"name\": \"b\"}, {\"name\": \"c\", \"feedback\": \"all\"},"
	 " {\"name\": \"d\", \"feedback\": [\"full\"]}, {\"name\": \"e\", \"feedback\": \"none\", \"feedback\": \"full\"}, \"f\"]}",
	 "{\"tests\":[],\"edition\":\"candidate\"}"},
	{"[\"" SECRET "\"]", "{\"edition\":\"candidate\"}"},
};

START_TEST(odd_documents)
{
	cleanup_report cJSON *report = cJSON_Parse(odd_rows[_i].document), *made = candidate(report);
	char *text = cJSON_PrintUnformatted(made);

	ck_assert_str_eq(text, odd_rows[_i].told);
	cJSON_free(text);
}
END_TEST

/* ---- a test by its feedback -------------------------------------------------- */

#define FAILED_TEST                                                                                                                 \
	"{\"submission\": {\"files\": [{\"path\": \"src/lib.rs\"}, {\"path\": \"src/a.rs\"}]}, \"tests\": [{\"group\": \"g\", "     \
	"\"unit\": null, \"name\": \"n\", \"says\": \"s\", \"feedback\": \"%s\", \"status\": \"%s\", \"why\": %s, \"detail\": %s, " \
	"\"inputs\": [{\"label\": \"il\", \"value\": \"iv\"}], "                                                                    \
	"\"difference\": {\"label\": \"dl\", \"expected\": \"de\", \"observed\": \"do\"}}], "                                       \
	"\"metrics\": [{\"id\": \"m\", \"says\": \"ms\", \"test\": \"n\", \"value\": 7345, \"reference\": 1}]}"

static const struct {
	const char *feedback, *status, *why, *detail;
	const char *test, *metrics; /* what is told; NULL: no test at all */
} feedback_rows[] = {
	{"none", "failed", "\"panicked\"", "\"it panicked at src/lib.rs:3:5: no user 7345\"", NULL, "[]"},
	{"names", "failed", "\"panicked\"", "\"it panicked at src/lib.rs:3:5: no user 7345\"",
	 "\"names\",\"status\":\"failed\",\"why\":\"panicked\",\"detail\":null}", "[]"},
	{"inputs", "failed", "\"panicked\"", "\"it panicked at src/lib.rs:3:5: no user 7345\"",
	 "\"inputs\",\"status\":\"failed\",\"why\":\"panicked\",\"detail\":\"it panicked at src/lib.rs:3:5\","
	 "\"inputs\":[{\"label\":\"il\",\"value\":\"iv\"}]}",
	 "[]"},
	{"full", "failed", "\"panicked\"", "\"it panicked at src/lib.rs:3:5: no user 7345\"",
	 "\"full\",\"status\":\"failed\",\"why\":\"panicked\",\"detail\":\"it panicked at src/lib.rs:3:5: no user 7345\","
	 "\"inputs\":[{\"label\":\"il\",\"value\":\"iv\"}],"
	 "\"difference\":{\"label\":\"dl\",\"expected\":\"de\",\"observed\":\"do\"}}",
	 "[{\"id\":\"m\",\"says\":\"ms\",\"test\":\"n\",\"value\":7345,\"reference\":1}]"},
/* places in hidden files, in std, in what only looks like one of theirs */
#define WITH_INPUTS(why, detail)                                                                                       \
	"\"inputs\",\"status\":\"failed\",\"why\":" why ",\"detail\":" detail                                          \
	",\"inputs\":[{\"label\":\"il\",\"value\":\"iv\"}]}"
	{"inputs", "failed", "\"panicked\"", "\"it panicked at tests.rs:30:5: 7345\"",
	 WITH_INPUTS("\"panicked\"", "null"), "[]"},
	{"inputs", "failed", "\"panicked\"", "\"it panicked at /rustc/src/lib.rs:30:5: 7345\"",
	 WITH_INPUTS("\"panicked\"", "null"), "[]"},
	{"inputs", "failed", "\"panicked\"", "\"it panicked at src/lib.rs:3: 7345\"",
	 WITH_INPUTS("\"panicked\"", "null"), "[]"},
	{"inputs", "failed", "\"panicked\"", "\"it panicked at src/lib.rs:30:5x: 7345\"",
	 WITH_INPUTS("\"panicked\"", "null"), "[]"},
	{"inputs", "failed", "\"panicked\"", "\"it panicked at src/lib.rs:3111111111111:5: 7345\"",
	 WITH_INPUTS("\"panicked\"", "null"), "[]"},
	{"inputs", "failed", "\"panicked\"", "\"it panicked at src/a.rs:1:2: src/lib.rs:3:4: x\"",
	 WITH_INPUTS("\"panicked\"", "\"it panicked at src/a.rs:1:2\""), "[]"},
	{"inputs", "failed", "\"signal\"", "\"it was ended by signal 6 (Aborted)\"", WITH_INPUTS("\"signal\"", "null"),
	 "[]"},
/* four words are left of seventeen */
#define WITH_NAMES(why) "\"names\",\"status\":\"failed\",\"why\":" why ",\"detail\":null}"
	{"names", "failed", "\"differs\"", "null", WITH_NAMES("\"differs\""), "[]"},
	{"names", "failed", "\"cpu\"", "null", WITH_NAMES("\"limit\""), "[]"},
	{"names", "failed", "\"descriptors\"", "null", WITH_NAMES("\"limit\""), "[]"},
	{"names", "failed", "\"syscall\"", "\"it called socket, which a test may not\"", WITH_NAMES("\"other\""), "[]"},
	{"names", "failed", "\"forged\"", "\"the records of the test are not its own: x\"", WITH_NAMES("\"other\""),
	 "[]"},
	{"names", "failed", "\"7345\"", "null", WITH_NAMES("\"other\""), "[]"},
	/* what the compiler said of hidden text is told at no level */
	{"full", "unobserved", "null", "\"the tests do not compile against it: secret\"",
	 "\"full\",\"status\":\"unobserved\",\"why\":null,\"detail\":\"the tests do not compile against it\","
	 "\"inputs\":[{\"label\":\"il\",\"value\":\"iv\"}],"
	 "\"difference\":{\"label\":\"dl\",\"expected\":\"de\",\"observed\":\"do\"}}",
	 "[{\"id\":\"m\",\"says\":\"ms\",\"test\":\"n\",\"value\":7345,\"reference\":1}]"},
	{"names", "unobserved", "null", "\"the submission does not compile\"",
	 "\"names\",\"status\":\"unobserved\",\"why\":null,\"detail\":\"the submission does not compile\"}", "[]"},
	{"names", "unobserved", "null", "\"the tests could not be linked with it: secret\"",
	 "\"names\",\"status\":\"unobserved\",\"why\":null,\"detail\":\"the tests could not be linked with it\"}",
	 "[]"},
	{"names", "unobserved", "null", "\"another sentence: secret\"",
	 "\"names\",\"status\":\"unobserved\",\"why\":null,\"detail\":null}", "[]"},
};

START_TEST(tests_are_told_by_their_feedback)
{
	cleanup_free char *document = text_format(FAILED_TEST, feedback_rows[_i].feedback, feedback_rows[_i].status,
						  feedback_rows[_i].why, feedback_rows[_i].detail);
	cleanup_free char *expected = text_format(
		"{\"submission\":{\"files\":[{\"path\":\"src/lib.rs\"},{\"path\":\"src/a.rs\"}]},"
		"\"tests\":[%s%s],\"metrics\":%s,\"edition\":\"candidate\"}",
		feedback_rows[_i].test ? "{\"group\":\"g\",\"unit\":null,\"name\":\"n\",\"says\":\"s\",\"feedback\":"
				       : "",
		feedback_rows[_i].test ? feedback_rows[_i].test : "", feedback_rows[_i].metrics);
	cleanup_report cJSON *report = cJSON_Parse(document), *made = candidate(report);
	char *text = cJSON_PrintUnformatted(made);

	ck_assert_str_eq(text, expected);
	cJSON_free(text);
}
END_TEST

/* Of two tests with one name the one that tells less decides. */
START_TEST(a_metric_needs_every_test_of_its_name)
{
	cleanup_report cJSON *report =
		cJSON_Parse("{\"tests\": [{\"name\": \"n\", \"feedback\": \"full\"}, {\"name\": \"n\", "
			    "\"feedback\": \"names\"}], \"metrics\": [{\"id\": \"m\", \"test\": \"n\"}, "
			    "{\"id\": \"o\", \"test\": \"unknown\"}, {\"id\": \"p\"}]}");
	cleanup_report cJSON *made = candidate(report);

	ck_assert_uint_eq(tree_count(made, "metrics"), 0);
	ck_assert_ptr_nonnull(tree_at(made, "metrics"));
}
END_TEST

/* Those about tests name them and quote what they said. */
static const struct {
	const char *id;
	bool told;
} finding_rows[] = {
	{"file-left-out", true},	{"turned-text", true},	      {"foreign-code", true},
	{"compile-refused-call", true}, {"test-refused-call", false}, {"ended-itself", false},
	{"records-not-its-own", false}, {"some-new-id", false},
};

START_TEST(findings_about_tests_are_the_graders)
{
	cleanup_free char *document =
		text_format("{\"findings\": [{\"id\": \"%s\", \"says\": \"In the test x: y.\"}, {\"says\": "
			    "\"without an id\"}, 3]}",
			    finding_rows[_i].id);
	cleanup_report cJSON *report = cJSON_Parse(document), *made = candidate(report);

	ck_assert_uint_eq(tree_count(made, "findings"), finding_rows[_i].told);
}
END_TEST

/* ---- the two editions ----------------------------------------------------------- */

static const struct {
	const char *document;
	enum report_edition asked;
	const char *message; /* a part of it; NULL: it is made */
} edition_rows[] = {
	{"{\"edition\": \"grader\"}", EDITION_GRADER, NULL},
	{"{\"edition\": \"grader\"}", EDITION_CANDIDATE, NULL},
	{"{\"edition\": \"candidate\"}", EDITION_CANDIDATE, NULL},
	{"{}", EDITION_GRADER, NULL},
	{"{\"edition\": null}", EDITION_GRADER, NULL},
	{"{\"edition\": \"candidate\"}", EDITION_GRADER, "take the grader's report, or grade again"},
	{"{\"edition\": \"\\u001b[2J\"}", EDITION_CANDIDATE,
	 "its edition is \"\\x1b[2J\"; this version knows grader and candidate"},
	{"{\"edition\": 3}", EDITION_GRADER, "its edition is \"\""},
};

START_TEST(there_is_no_way_back)
{
	cleanup_report cJSON *report = cJSON_Parse(edition_rows[_i].document), *made = NULL;
	cleanup_error struct error *err = NULL;
	int failed = report_edition_make(report, edition_rows[_i].asked, &made, &err);

	ck_assert_int_eq(failed, edition_rows[_i].message ? -1 : 0);
	if (failed) {
		ck_assert_int_eq(err->kind, ERROR_OTHER);
		ck_assert_msg(strstr(err->message, edition_rows[_i].message) != NULL, "%s", err->message);
	} else if (edition_rows[_i].asked == EDITION_CANDIDATE) {
		ck_assert_str_eq(tree_text(made, "edition"), "candidate");
	} else {
		ck_assert(cJSON_Compare(made, report, true));
	}
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(examples_are_as_they_should, .rows = ARRAY_LENGTH(examples)),
	UNIT(twice_is_the_same_as_once, .rows = ARRAY_LENGTH(examples)),
	UNIT(a_new_part_is_hidden, .rows = ARRAY_LENGTH(surplus_values), .seconds = 60),
	UNIT(another_shape_is_hidden, .rows = ARRAY_LENGTH(other_shapes), .seconds = 60),
	UNIT(odd_documents, .rows = ARRAY_LENGTH(odd_rows)),
	UNIT(tests_are_told_by_their_feedback, .rows = ARRAY_LENGTH(feedback_rows)),
	UNIT(a_metric_needs_every_test_of_its_name),
	UNIT(findings_about_tests_are_the_graders, .rows = ARRAY_LENGTH(finding_rows)),
	UNIT(there_is_no_way_back, .rows = ARRAY_LENGTH(edition_rows)),
};
UNIT_MAIN("edition", tests)
