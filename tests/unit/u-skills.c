#include "suite.h"

#include "base/memory.h"
#include "exercise/skills.h"

#include <string.h>

/* What a file must hold, in parts, so that a row can change one. */
#define HEAD "format: assay-skills/1\n"
#define AXES                                                                                                           \
	"axes:\n"                                                                                                      \
	"  - {id: design, says: Design, means: what it does}\n"                                                        \
	"  - {id: idiom, says: Idiom, means: how it is written}\n"
#define CONCEPTS "concepts: [{id: ownership, axis: design, says: Who owns}]\n"
#define STATEMENTS "statements: [{id: L2.borrow, level: 2, says: Borrows, shown: measured}]\n"
#define QUESTION(statement, about)                                                                                     \
	"questions: [{id: q, about: " about ", statement: " statement ", asks: Why, junior: Because, senior: Unless}]\n"

START_TEST(the_list_inside_is_sound)
{
	cleanup_skills struct skills *skills = NULL;
	struct error *err = NULL;

	ck_assert_int_eq(skills_load(NULL, &skills, &err), 0);
	ck_assert_str_eq(skills_statement(skills, "L2.borrow")->says, "Knows when to take a reference and when to own");
	ck_assert_int_eq(skills_statement(skills, "L1.compiler")->shown, SHOWN_ASKED);
	ck_assert_int_eq(skills_concept(skills, "idiom")->axis, AXIS_IDIOM);
	ck_assert_int_eq(skills_concept(skills, "ownership")->axis, AXIS_DESIGN);
	ck_assert_ptr_null(skills_statement(skills, "L2.nothing"));
	for (size_t i = 0; i < skills->statement_count; i++)
		ck_assert_int_eq(skills->statements[i].level, skills->statements[i].id[1] - '0');
}
END_TEST

/* Three at least can be asked of anything: a report has three to seven. */
START_TEST(three_questions_need_nothing)
{
	cleanup_skills struct skills *skills = NULL;
	struct error *err = NULL;
	size_t always = 0;

	ck_assert_int_eq(skills_load(NULL, &skills, &err), 0);
	for (size_t i = 0; i < skills->question_count; i++) {
		const struct skill_question *question = &skills->questions[i];

		always += question->about == ABOUT_ALWAYS;
		ck_assert_msg((strstr(question->asks, "{place}") || strstr(question->asks, "{code}")) ==
				      (question->about != ABOUT_ALWAYS),
			      "%s asks of a place only where it is about one", question->id);
	}
	ck_assert_uint_ge(always, 3);
}
END_TEST

static const struct unsound {
	const char *text, *message;
} unsound[] = {
	{"format: assay-skills/2\n" AXES CONCEPTS STATEMENTS,
	 "skills:1:9: \"assay-skills/2\" is not a format known here"},
	{HEAD CONCEPTS STATEMENTS, "missing key \"axes\""},
	{HEAD "axes: [{id: design, says: a, means: b}, {id: style, says: a, means: b}]\n" CONCEPTS STATEMENTS,
	 "this axis must be \"idiom\""},
	{HEAD AXES "concepts: [{id: ownership, axis: taste, says: Who}]\n" STATEMENTS, "unknown axis \"taste\""},
	{HEAD AXES CONCEPTS "statements: [{id: L4.more, level: 2, says: More, shown: measured}]\n",
	 "\"L4.more\" is not a statement's id"},
	{HEAD AXES CONCEPTS STATEMENTS QUESTION("L2.other", "clone"), "there is no statement \"L2.other\" above"},
	{HEAD AXES CONCEPTS STATEMENTS QUESTION("L2.borrow", "weather"), "unknown about \"weather\""},
	{HEAD AXES CONCEPTS STATEMENTS "quotes: []\n", "unknown key \"quotes\""},
};

START_TEST(what_is_unsound_is_told)
{
	const struct unsound *row = &unsound[_i];
	cleanup_skills struct skills *skills = NULL;
	cleanup_error struct error *err = NULL;

	ck_assert_int_eq(skills_parse(row->text, strlen(row->text), "skills", &skills, &err), -1);
	ck_assert_msg(strstr(err->message, row->message), "%s", err->message);
	ck_assert_int_eq(err->kind, ERROR_EXERCISE);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(the_list_inside_is_sound),
	UNIT(three_questions_need_nothing),
	UNIT(what_is_unsound_is_told, .rows = ARRAY_LENGTH(unsound)),
};

UNIT_MAIN("skills", tests)
