#include "suite.h"

#include "base/memory.h"
#include "grading/manifest_checks.h"

#include <string.h>

static char cited[] = "L1.compiles", core[] = "core", item[] = "load", other[] = "store", lib[] = "src/lib.rs",
	    code[] = "pub fn load() {}\n";
static char *items[] = {item}, *others[] = {other};
static struct submission_file files[] = {{.path = lib, .data = code, .length = sizeof code - 1}};
static const struct submission reference = {.files = files, .file_count = 1};

static const struct {
	struct exercise_criterion criteria[2];
	const char *fails, *says; /* the check, and a part of what it says; NULL: all hold */
} rows[] = {
	{{{.id = core, .skill = cited, .level = 1, .require = REQUIRE_TESTS, .shows_in = {items, 1}},
	  {.id = core, .skill = cited, .level = 2, .require = REQUIRE_LINTS}},
	 NULL,
	 NULL},
	{{{.id = core, .skill = cited, .level = 1, .require = REQUIRE_TESTS},
	  {.id = core, .level = 2, .require = REQUIRE_LINTS}},
	 "citations",
	 "\"core\" cites no statement"},
	{{{.id = core, .skill = cited, .level = 1, .require = REQUIRE_BUILD},
	  {.id = core, .skill = cited, .level = 2, .require = REQUIRE_TESTS}},
	 "levels",
	 "no criterion of level 1"},
	{{{.id = core, .skill = cited, .level = 2, .require = REQUIRE_QUESTIONS, .shows_in = {others, 1}},
	  {.id = core, .skill = cited, .level = 3, .require = REQUIRE_LINTS}},
	 "places",
	 "names \"store\""},
};

START_TEST(each_says_what_to_change)
{
	struct exercise_criterion criteria[2];
	const struct exercise exercise = {.criteria = criteria, .criterion_count = ARRAY_LENGTH(criteria)};

	memcpy(criteria, rows[_i].criteria, sizeof criteria);
	for (size_t i = 0; i < MANIFEST_CHECK_COUNT; i++) {
		cleanup_free char *wrong = manifest_checks[i].wrong(&exercise, &reference);
		bool fails = rows[_i].fails && strcmp(rows[_i].fails, manifest_checks[i].name) == 0;

		ck_assert_msg(!wrong == !fails, "%s: %s", manifest_checks[i].name, wrong ? wrong : "holds");
		ck_assert_msg(!wrong || strstr(wrong, rows[_i].says), "%s", wrong);
	}
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(each_says_what_to_change, .rows = ARRAY_LENGTH(rows)),
};

UNIT_MAIN("manifest_checks", tests)
