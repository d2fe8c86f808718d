#include "suite.h"

#include "base/memory.h"
#include "exercise/answers.h"

#include <string.h>

#define HEAD "format: assay-answers/1\nanswers:\n"

static int parse(const char *text, struct answers *answers, struct error **err)
{
	return answers_parse(text, strlen(text), "answers.yaml", ERROR_SUBMISSION, answers, err);
}

START_TEST(answers_arrive)
{
	__attribute__((cleanup(answers_release))) struct answers answers = {0};
	cleanup_error struct error *err = NULL;

	ck_assert_int_eq(parse(HEAD "  - question: q1\n"
				    "    fails: [{line: 7, code: E0382}, {line: 9, code: E0502}, {line: 7, code: E0382}]\n"
				    "    choice: b\n"
				    "    because: >-\n"
				    "      it was\n"
				    "      moved\n"
				    "  - {question: q2, fails: []}\n",
			       &answers, &err), 0);
	ck_assert_uint_eq(answers.count, 2);
	/* a set: the repeated one is there once */
	ck_assert_uint_eq(answers.items[0].fail_count, 2);
	ck_assert_uint_eq(answers.items[0].fails[1].line, 9);
	ck_assert_str_eq(answers.items[0].fails[0].code, "E0382");
	ck_assert_str_eq(answers.items[0].choice, "b");
	ck_assert_str_eq(answers.items[0].because, "it was moved");
	ck_assert_ptr_eq(answers_find(&answers, "q2"), &answers.items[1]);
	ck_assert_ptr_null(answers_find(&answers, "q3"));
}
END_TEST

START_TEST(what_is_left_empty_is_absent)
{
	__attribute__((cleanup(answers_release))) struct answers answers = {0};
	cleanup_error struct error *err = NULL;

	ck_assert_int_eq(parse(HEAD "  - question: q1\n    fails:\n    choice:\n    because: ~\n", &answers, &err), 0);
	ck_assert_uint_eq(answers.items[0].fail_count, 0);
	ck_assert_ptr_null(answers.items[0].choice);
	ck_assert_ptr_null(answers.items[0].because);
}
END_TEST

static const struct {
	const char *text, *message;
} refused[] = {
	{"", "answers.yaml: the file is empty"},
	{"hello\n", "answers.yaml:1:1: expected a mapping, found \"hello\""},
	{"answers: []\n", "answers.yaml:1:1: missing key \"format\""},
	{"format: assay-answers/2\nanswers: []\n",
	 "answers.yaml:1:9: \"assay-answers/2\" is not a format known here; this assay reads assay-answers/1"},
	{"format: assay-answers/1\n", "answers.yaml:1:1: missing key \"answers\""},
	{HEAD "  - {question: q1}\n  - {question: q1}\n", "answers.yaml:4:16: duplicate question \"q1\"; first at line 3"},
	{HEAD "  - {fails: []}\n", "answers.yaml:3:5: missing key \"question\""},
	{HEAD "  - {question: q1, fails: 7}\n", "answers.yaml:3:27: expected a list of mappings, found \"7\""},
	{HEAD "  - {question: q1, fails: [7]}\n", "answers.yaml:3:28: expected a mapping, found \"7\""},
	{HEAD "  - {question: q1, fails: [{line: 0, code: E0382}]}\n",
	 "answers.yaml:3:35: 0 is out of range; the least is 1, the most 100000"},
	{HEAD "  - {question: q1, fails: [{line: 1}]}\n", "answers.yaml:3:28: missing key \"code\""},
	{HEAD "  - {question: q1, fails: [{line: 1, code: e382}]}\n",
	 "answers.yaml:3:44: \"e382\" is not an error code such as E0382"},
	{HEAD "  - {question: q1, chioce: a}\n", "answers.yaml:3:20: unknown key \"chioce\"; did you mean \"choice\"?"},
	{HEAD "  - {question: q1, choice: [a, b]}\n", "answers.yaml:3:28: expected text, found a list"},
	{HEAD "  - {question: \"q1\\e[2J\"}\n",
	 "answers.yaml:3:16: \"q1\\x1b[2J\" is not an id: lower-case letters, digits, \"-\" and \"_\", and not \"all\""},
	{HEAD "  - &a {question: q1}\n  - *a\n",
	 "answers.yaml:3:5: anchors (&name) are not accepted; write the value out where it is needed"},
};

START_TEST(refuses)
{
	struct answers answers = {0};
	cleanup_error struct error *err = NULL;

	ck_assert_int_eq(parse(refused[_i].text, &answers, &err), -1);
	ck_assert_str_eq(err->message, refused[_i].message);
	ck_assert_int_eq(err->kind, ERROR_SUBMISSION);
	/* nothing to release after an error */
	ck_assert_ptr_null(answers.items);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(answers_arrive),
	UNIT(what_is_left_empty_is_absent),
	UNIT(refuses, .rows = ARRAY_LENGTH(refused)),
};

UNIT_MAIN("answers", tests)
