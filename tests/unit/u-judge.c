#include "suite.h"

#include "base/memory.h"
#include "grading/judge.h"

#include <string.h>

/*
 * An exercise with two test groups at levels 1 and 2, a counted use and a lint
 * bound at level 2, and a probe at level 3; evidence is set by each row.
 */
static char core[] = "core", edge[] = "edge", clone[] = "clone", lints[] = "clippy::all", probe[] = "outlives",
	    t1[] = "t1", t2[] = "t2", says[] = "says";
static char *core_names[] = {core}, *edge_names[] = {edge}, *use_names[] = {clone}, *lint_names[] = {lints},
	    *probe_names[] = {probe}, *t1_names[] = {t1}, *t2_names[] = {t2};
static struct exercise_group groups[] = {{.id = core, .tests = {t1_names, 1}}, {.id = edge, .tests = {t2_names, 1}}};
static struct exercise_use uses[] = {{.id = clone, .says = says}};
static struct exercise_probe probes[] = {{.id = probe, .says = says}};
static struct exercise_criterion criteria[] = {
	{.id = core, .level = 1, .points = 3, .require = REQUIRE_TESTS, .names = {core_names, 1}, .at_least = 1},
	{.id = edge, .level = 2, .points = 2, .require = REQUIRE_TESTS, .names = {edge_names, 1}, .at_least = 1},
	{.id = clone, .level = 2, .points = 1, .require = REQUIRE_USES, .names = {use_names, 1}, .at_most = 1},
	{.id = lints, .axis = AXIS_IDIOM, .level = 2, .points = 1, .require = REQUIRE_LINTS, .names = {lint_names, 1}, .at_most = 0},
	{.id = probe, .level = 3, .points = 3, .require = REQUIRE_PROBES, .names = {probe_names, 1}, .at_least = 1},
};
static const struct exercise exercise = {
	.kind = EXERCISE_BUILD,
	.groups = groups,
	.group_count = ARRAY_LENGTH(groups),
	.uses = uses,
	.use_count = 1,
	.probes = probes,
	.probe_count = 1,
	.criteria = criteria,
	.criterion_count = ARRAY_LENGTH(criteria),
};
static char lint_groups[] = "\nclippy::all:clippy::needless_return, clippy::len_zero\n";
static const struct toolchain toolchain = {.lint_groups = lint_groups};

static const struct {
	const char *what;
	bool compiles;
	enum status core, edge, probe;
	size_t clones;
	const char *lint;
	int level, points, design, idiom;
} rows[] = {
	{"everything holds", true, STATUS_HOLDS, STATUS_HOLDS, STATUS_HOLDS, 1, NULL, 3, 10, 3, 2},
	{"the probe does not hold", true, STATUS_HOLDS, STATUS_HOLDS, STATUS_FAILS, 0, NULL, 2, 7, 2, 2},
	{"an unmet level below holds back the one above", true, STATUS_HOLDS, STATUS_FAILS, STATUS_HOLDS, 0, NULL, 1,
	 8, 1, 2},
	{"one clone too many", true, STATUS_HOLDS, STATUS_HOLDS, STATUS_HOLDS, 2, NULL, 1, 9, 1, 2},
	{"a lint of the group", true, STATUS_HOLDS, STATUS_HOLDS, STATUS_HOLDS, 0, "clippy::len_zero", 1, 9, 3, 0},
	{"a lint of another group", true, STATUS_HOLDS, STATUS_HOLDS, STATUS_HOLDS, 0, "clippy::cast_lossless", 3, 10, 3, 2},
	{"a lint whose name begins like one", true, STATUS_HOLDS, STATUS_HOLDS, STATUS_HOLDS, 0, "clippy::len", 3, 10, 3, 2},
	{"core fails: nothing buys a level", true, STATUS_FAILS, STATUS_HOLDS, STATUS_HOLDS, 0, NULL, 0, 7, 0, 0},
	{"it does not compile", false, STATUS_UNOBSERVED, STATUS_UNOBSERVED, STATUS_UNOBSERVED, 0, NULL, 0, 0, 0, 0},
};

START_TEST(levels)
{
	struct diagnostic lint = {.code = text_copy(rows[_i].lint)};
	struct unit_evidence unit = {.build = {.succeeded = rows[_i].compiles}};
	struct program_evidence program = {0};
	struct test_evidence tests[] = {{.group = 0, .status = rows[_i].core}, {.group = 1, .status = rows[_i].edge}};
	struct probe_evidence probed = {.status = rows[_i].probe};
	struct counted_place places[2] = {{.says = says}, {.says = says}};
	struct use_evidence used = {.observed = rows[_i].compiles, .places = places, .count = rows[_i].clones};
	const struct evidence evidence = {.units = &unit,
					  .unit_count = 1,
					  .programs = &program,
					  .program_count = 1,
					  .tests = tests,
					  .test_count = 2,
					  .probes = &probed,
					  .uses = &used};
	struct verdict verdict;

	if (lint.code)
		unit.build.diagnostics = (struct diagnostics){&lint, 1};
	judge(&exercise, &toolchain, &evidence, &verdict);
	ck_assert_msg(verdict.whole.level == rows[_i].level, "%s: level %d", rows[_i].what, verdict.whole.level);
	ck_assert_msg(verdict.whole.points == rows[_i].points, "%s: %d points", rows[_i].what, verdict.whole.points);
	ck_assert_int_eq(verdict.whole.highest_level, 3);
	ck_assert_int_eq(verdict.whole.points_possible, 10);
	ck_assert_msg(verdict.axes[AXIS_DESIGN].level == rows[_i].design, "%s: design %d", rows[_i].what,
		      verdict.axes[AXIS_DESIGN].level);
	ck_assert_msg(verdict.axes[AXIS_IDIOM].level == rows[_i].idiom, "%s: idiom %d", rows[_i].what,
		      verdict.axes[AXIS_IDIOM].level);
	ck_assert_int_eq(verdict.axes[AXIS_DESIGN].points_possible + verdict.axes[AXIS_IDIOM].points_possible, 10);
	verdict_release(&verdict, &exercise);
	free(lint.code);
}
END_TEST

/* No criterion stands at level 2: nobody can be given it. */
START_TEST(a_level_without_criteria_is_never_given)
{
	struct exercise_criterion two[] = {criteria[0], criteria[4]};
	struct exercise gap = exercise;
	struct unit_evidence unit = {.build = {.succeeded = true}};
	struct program_evidence program = {0};
	struct test_evidence tests[] = {{.group = 0, .status = STATUS_HOLDS}, {.group = 1, .status = STATUS_HOLDS}};
	struct probe_evidence probed = {.status = STATUS_FAILS};
	struct use_evidence used = {.observed = true};
	const struct evidence evidence = {.units = &unit,
					  .unit_count = 1,
					  .programs = &program,
					  .program_count = 1,
					  .tests = tests,
					  .test_count = 2,
					  .probes = &probed,
					  .uses = &used};
	struct verdict verdict;

	gap.criteria = two;
	gap.criterion_count = 2;
	judge(&gap, &toolchain, &evidence, &verdict);
	ck_assert_int_eq(verdict.whole.level, 1);
	verdict_release(&verdict, &gap);
}
END_TEST

/* One of two units compiled: what is over its bound there is over it, and what is not may be yet. */
static const struct {
	size_t units_seen, count;
	enum status status;
} part_rows[] = {
	{0, 0, STATUS_UNOBSERVED},
	{0, 5, STATUS_UNOBSERVED}, /* nothing was read to its end */
	{1, 1, STATUS_UNOBSERVED},
	{1, 2, STATUS_FAILS},
};

START_TEST(uses_of_a_part)
{
	struct exercise_criterion one = criteria[2];
	struct exercise of_uses = exercise;
	struct unit_evidence units[] = {{.build = {.succeeded = true}}, {0}};
	struct counted_place places[] = {{.says = says}, {.says = says}, {.says = says}, {.says = says}, {.says = says}};
	struct use_evidence used = {
		.units_seen = part_rows[_i].units_seen, .places = places, .count = part_rows[_i].count};
	const struct evidence evidence = {.units = units, .unit_count = ARRAY_LENGTH(units), .uses = &used};
	struct verdict verdict;

	of_uses.criteria = &one;
	of_uses.criterion_count = 1;
	judge(&of_uses, &toolchain, &evidence, &verdict);
	ck_assert_int_eq(verdict.criteria[0].status, part_rows[_i].status);
	verdict_release(&verdict, &of_uses);
}
END_TEST

/* ---- sanitizers -------------------------------------------------------------- */

static char address[] = "address", too_slow[] = "it reached a limit: wall";
static char *address_names[] = {address};
static struct exercise_criterion of_memory[] = {
	{.id = core, .level = 1, .points = 1, .require = REQUIRE_BUILD},
	{.id = address, .level = 2, .points = 1, .require = REQUIRE_SANITIZER, .names = {address_names, 1}, .at_most = 0},
};
static const struct exercise with_unsafe = {
	.kind = EXERCISE_BUILD, .allow_unsafe = true, .criteria = of_memory, .criterion_count = 2};

static const struct {
	const char *what, *unavailable;
	bool compiles;
	enum sanitized_state tests[2];
	enum status status;
	int level, level_open;
} memory_rows[] = {
	{"clean", NULL, true, {SANITIZED_CLEAN, SANITIZED_CLEAN}, STATUS_HOLDS, 2, 2},
	{"an error", NULL, true, {SANITIZED_CLEAN, SANITIZED_ERROR}, STATUS_FAILS, 1, 1},
	{"one did not end", NULL, true, {SANITIZED_CLEAN, SANITIZED_NOT}, STATUS_UNOBSERVED, 1, 1},
	{"an error is enough", NULL, true, {SANITIZED_NOT, SANITIZED_ERROR}, STATUS_FAILS, 1, 1},
	{"there is none here", "no runtime", true, {SANITIZED_NOT, SANITIZED_NOT}, STATUS_UNOBSERVED, 1, 2},
	{"nor would it help", "no runtime", false, {SANITIZED_NOT, SANITIZED_NOT}, STATUS_UNOBSERVED, 0, 0},
};

START_TEST(memory_errors)
{
	struct unit_evidence unit = {.build = {.succeeded = memory_rows[_i].compiles}};
	struct program_evidence program = {0};
	struct test_evidence both[] = {{.status = STATUS_HOLDS}, {.status = STATUS_HOLDS}};
	struct sanitized_test seen[] = {{.state = memory_rows[_i].tests[0], .says = says, .why = too_slow},
					{.state = memory_rows[_i].tests[1], .says = says, .why = too_slow}};
	const struct evidence evidence = {.units = &unit,
					  .unit_count = 1,
					  .programs = &program,
					  .program_count = 1,
					  .tests = both,
					  .test_count = 2,
					  .unsafe_code = {.sanitized = {{.unavailable = memory_rows[_i].unavailable,
									 .tests = seen}}}};
	struct verdict verdict;

	judge(&with_unsafe, &toolchain, &evidence, &verdict);
	ck_assert_msg(verdict.criteria[1].status == memory_rows[_i].status, "%s", memory_rows[_i].what);
	ck_assert_int_eq(verdict.whole.level, memory_rows[_i].level);
	ck_assert_int_eq(verdict.whole.level_open, memory_rows[_i].level_open);
	verdict_release(&verdict, &with_unsafe);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(levels, .rows = ARRAY_LENGTH(rows)),
	UNIT(a_level_without_criteria_is_never_given),
	UNIT(uses_of_a_part, .rows = ARRAY_LENGTH(part_rows)),
	UNIT(memory_errors, .rows = ARRAY_LENGTH(memory_rows)),
};

UNIT_MAIN("judge", tests)
