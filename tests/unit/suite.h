/*
 * One table of tests a program, each a ctest entry of its own.
 *
 *     static const struct unit_test tests[] = {
 *             UNIT(nearest_name),
 *             UNIT(escapes_forks, .labels = "attack", .seconds = 60),
 *     };
 *     UNIT_MAIN("text", tests)
 *
 * Test functions are Check's (START_TEST/END_TEST). `program --list` prints the
 * names, `program NAME…` runs those only, `program` all; a name that does not
 * exist is an error, and so is a run of no test.
 */
#ifndef ASSAY_TESTS_SUITE_H
#define ASSAY_TESTS_SUITE_H

#include <check.h>
#include <stddef.h>

struct unit_test {
	const char *name;
	const TTest *function;
	const char *labels;     /* for ctest -L, separated by ';'; NULL is "unit" */
	int seconds;            /* deadline, 0 for 20 */
	int rows;               /* of a table that the test loops over by _i; 0 for no loop */
};

/* Check's START_TEST(name) makes name_ttest; `name` itself is a variable, not a constant. */
#define UNIT(test, ...) {.name = #test, .function = &test##_ttest, __VA_ARGS__}

int unit_main(const char *module, const struct unit_test *tests, size_t count, int argc, char **argv);

#define UNIT_MAIN(module, tests)                                                                  \
	int main(int argc, char **argv)                                                           \
	{                                                                                         \
		return unit_main(module, tests, sizeof(tests) / sizeof(tests)[0], argc, argv);    \
	}

#endif
