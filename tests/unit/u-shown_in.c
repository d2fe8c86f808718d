#include "suite.h"

#include "base/memory.h"
#include "grading/shown_in.h"

#include <string.h>

static char mark[] = "mark", states[] = "ReadStates", gone[] = "gone";
static char *names[] = {mark, states}, *missing[] = {gone};
static char lib[] = "src/lib.rs", public_tests[] = "tests/public.rs",
	    code[] = "// fn mark\n"
		     "pub struct ReadStates;\n"
		     "impl ReadStates {\n"
		     "    pub fn mark(&self) { \"fn mark\"; mark(); }\n"
		     "}\n",
	    tests[] = "fn mark() {}\n";
static struct submission_file files[] = {{.path = lib, .data = code, .length = sizeof code - 1},
					 {.path = public_tests, .data = tests, .length = sizeof tests - 1}};
static const struct submission submission = {.files = files, .file_count = ARRAY_LENGTH(files)};

static const struct {
	enum status status;
	bool has_place;
	const char *places; /* in order of the names, then of the source */
} rows[] = {
	{STATUS_FAILS, false, "src/lib.rs:4:12 fn mark, src/lib.rs:2:12 struct ReadStates, "},
	{STATUS_FAILS, true, NULL}, /* it says itself where */
	{STATUS_HOLDS, false, NULL},
	{STATUS_UNOBSERVED, false, NULL},
};

START_TEST(an_unmet_criterion_gets_places)
{
	struct exercise_criterion criterion = {.shows_in = {names, ARRAY_LENGTH(names)}};
	const struct exercise exercise = {.criteria = &criterion, .criterion_count = 1};
	struct verdict verdict = {.criteria = memory_new(1, sizeof *verdict.criteria)};
	cleanup_buffer struct buffer found = {0};

	verdict.criteria[0].status = rows[_i].status;
	if (rows[_i].has_place)
		*ARRAY_ADD(verdict.criteria[0].places, verdict.criteria[0].place_count) =
			(struct counted_place){.says = text_copy("a lint")};
	shown_in_add(&exercise, &submission, &verdict);
	for (size_t i = 0; i < verdict.criteria[0].place_count && !rows[_i].has_place; i++) {
		const struct counted_place *it = &verdict.criteria[0].places[i];

		buffer_add_format(&found, "%s:%u:%u %.*s, ", it->place.file, it->place.line, it->place.column,
				  (int)strcspn(strchr(it->says, '`') + 1, "`"), strchr(it->says, '`') + 1);
	}
	ck_assert_str_eq(buffer_text(&found), rows[_i].places ? rows[_i].places : "");
	verdict_release(&verdict, &exercise);
}
END_TEST

START_TEST(a_name_that_no_item_has_is_found)
{
	struct exercise_criterion criteria[] = {{.shows_in = {names, ARRAY_LENGTH(names)}},
						{.shows_in = {missing, ARRAY_LENGTH(missing)}}};
	const struct exercise exercise = {.criteria = criteria, .criterion_count = ARRAY_LENGTH(criteria)};

	ck_assert_str_eq(shown_in_missing(&exercise, &submission), gone);
}
END_TEST

static const struct unit_test unit_rows[] = {
	UNIT(an_unmet_criterion_gets_places, .rows = ARRAY_LENGTH(rows)),
	UNIT(a_name_that_no_item_has_is_found),
};

UNIT_MAIN("shown_in", unit_rows)
