#include "suite.h"

#include "base/memory.h"
#include "base/text.h"
#include "grading/kill_matrix.h"

#include <string.h>

/*
 * Three tests, the last of which reports a number that a criterion bounds, and
 * two mutants. Each row says what either mutant shows, a letter a test: as in the
 * matrix, and "?" where it was not run.
 */
static char core[] = "core", adds[] = "adds", removes[] = "removes", costs[] = "costs", allocations[] = "allocations",
	    memory[] = "memory", lost[] = "lost", slow[] = "slow";
static char *test_names[] = {adds, removes, costs}, *essential_names[] = {removes}, *metric_names[] = {allocations},
	    *memory_names[] = {memory};
static struct exercise_group groups[] = {{.id = core, .tests = {test_names, 3}}};
static struct exercise_metric metrics[] = {{.id = allocations, .test = costs}};
static struct exercise_criterion criteria[] = {
	{.id = allocations, .level = 1, .require = REQUIRE_METRIC, .names = {metric_names, 1}},
	{.id = memory, .level = 1, .require = REQUIRE_SANITIZER},
};
static struct exercise_mutant mutants[] = {
	{.name = lost, .by = CAUGHT_BY_TESTS},
	{.name = slow, .by = CAUGHT_BY_CRITERIA, .names = {memory_names, 1}},
};
static const struct exercise exercise = {
	.kind = EXERCISE_BUILD,
	.groups = groups,
	.group_count = 1,
	.metrics = metrics,
	.metric_count = 1,
	.criteria = criteria,
	.criterion_count = ARRAY_LENGTH(criteria),
	.mutants = mutants,
	.mutant_count = ARRAY_LENGTH(mutants),
};

/* With one seed. */
static void record(struct kill_matrix *matrix, size_t mutant, const char *shows, bool sees_memory)
{
	struct test_evidence tests[3] = {{.name = adds}, {.name = removes}, {.name = costs}};
	struct sanitized_test sanitized[3] = {0};
	struct criterion_verdict verdicts[2] = {{.status = STATUS_HOLDS},
						{.status = STATUS_UNOBSERVED, .unavailable = !sees_memory}};
	const struct evidence evidence = {.tests = tests, .test_count = 3, .unsafe_code = {.sanitized = {{.tests = sanitized}}}};
	const struct verdict verdict = {.criteria = verdicts};

	for (size_t i = 0; i < 3; i++) {
		tests[i].status = shows[i] == 'x' ? STATUS_FAILS : shows[i] == '?' ? STATUS_UNOBSERVED : STATUS_HOLDS;
		sanitized[i].state = shows[i] == 's' ? SANITIZED_ERROR : SANITIZED_NOT;
		if (shows[i] == 'm')
			verdicts[0].status = STATUS_FAILS;
	}
	kill_matrix_record(matrix, &mutants[mutant], &evidence, &verdict);
}

static const struct {
	const char *what, *first, *second; /* of the mutants */
	bool excuses;			   /* the second test is essential */
	const char *idle;		   /* in the trouble, or NULL where there is none */
} rows[] = {
	{"all kill", "xx.", "..x", false, NULL},
	{"each kills by a way of its own", "x.m", ".s.", false, NULL},
	{"one kills none", "x..", "..x", false, "kills no mutant: removes. "},
	{"it is essential", "x..", "..x", true, NULL},
	{"another is not", "x..", "...", true, "kills no mutant: costs. "},
	{"what does not compile kills nothing", "???", "???", false, "kills no mutant: adds, removes, costs. "},
	{"what was not run beside one that fails", "x??", "..x", false, "kills no mutant: removes. "},
};

START_TEST(a_test_must_kill)
{
	struct kill_matrix *matrix;
	cleanup_free char *trouble = NULL;

	groups[0].essential = rows[_i].excuses ? (struct string_list){essential_names, 1} : (struct string_list){0};
	matrix = kill_matrix_new(&exercise);
	record(matrix, 0, rows[_i].first, true);
	record(matrix, 1, rows[_i].second, true);
	trouble = kill_matrix_trouble(matrix);
	if (rows[_i].idle)
		ck_assert_msg(trouble && strncmp(trouble, rows[_i].idle, strlen(rows[_i].idle)) == 0, "%s: %s",
			      rows[_i].what, trouble ? trouble : "no trouble");
	else
		ck_assert_msg(!trouble, "%s: %s", rows[_i].what, trouble);
	kill_matrix_free(matrix);
}
END_TEST

/* What one seed showed, another does not take back, nor count again. */
START_TEST(any_seed_counts)
{
	struct kill_matrix *matrix = kill_matrix_new(&exercise);
	cleanup_buffer struct buffer shown = {0};

	record(matrix, 0, "x.m", true);
	record(matrix, 0, ".x.", true);
	record(matrix, 0, "x..", true);
	record(matrix, 1, "???", true);
	kill_matrix_write(matrix, &shown);
	ck_assert_ptr_nonnull(strstr(buffer_text(&shown), "       1 2 3\n  lost x x m\n  slow\n"));
	ck_assert_ptr_nonnull(strstr(buffer_text(&shown), "   1 adds 1"));
	kill_matrix_free(matrix);
}
END_TEST

START_TEST(what_cannot_be_seen_is_said)
{
	struct kill_matrix *matrix = kill_matrix_new(&exercise);

	record(matrix, 0, "x..", false);
	ck_assert_ptr_null(kill_matrix_unseen(matrix));
	record(matrix, 1, "...", false);
	ck_assert_str_eq(kill_matrix_unseen(matrix), slow);
	kill_matrix_free(matrix);
}
END_TEST

/* However many tests there are, and however long their names. */
START_TEST(lines_fit)
{
	enum { TESTS = 130 };
	char *names[TESTS];
	struct exercise_group many = {.id = core};
	struct exercise large = exercise;
	struct kill_matrix *matrix;
	cleanup_buffer struct buffer shown = {0};
	size_t lines = 0;

	for (size_t i = 0; i < TESTS; i++)
		names[i] = text_format("%.*s%zu", (int)(i % 45), "a_test_whose_name_says_all_there_is_to_say_of_it", i);
	many.tests = (struct string_list){names, TESTS};
	large.groups = &many;
	matrix = kill_matrix_new(&large);
	kill_matrix_write(matrix, &shown);
	for (char *line = strtok(shown.data, "\n"); line; line = strtok(NULL, "\n"), lines++)
		ck_assert_msg(strlen(line) <= 80, "%zu columns: %s", strlen(line), line);
	ck_assert_uint_gt(lines, TESTS / 2);
	kill_matrix_free(matrix);
	for (size_t i = 0; i < TESTS; i++)
		free(names[i]);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(a_test_must_kill, .rows = ARRAY_LENGTH(rows)),
	UNIT(any_seed_counts),
	UNIT(what_cannot_be_seen_is_said),
	UNIT(lines_fit),
};
UNIT_MAIN("kill_matrix", tests)
