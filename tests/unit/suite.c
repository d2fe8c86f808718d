#include "suite.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *labels_of(const struct unit_test *test)
{
	return test->labels ? test->labels : "unit";
}

static int seconds_of(const struct unit_test *test)
{
	return test->seconds ? test->seconds : 20;
}

/* A CMake script that ctest includes: one add_test an entry. */
static int write_ctest(const char *module, const struct unit_test *tests, size_t count, const char *program,
		       const char *path)
{
	FILE *out = fopen(path, "w");

	if (!out) {
		perror(path);
		return 1;
	}
	for (size_t i = 0; i < count; i++) {
		fprintf(out, "add_test([=[%s.%s]=] [=[%s]=] [=[%s]=])\n", module, tests[i].name, program, tests[i].name);
		fprintf(out, "set_tests_properties([=[%s.%s]=] PROPERTIES LABELS [=[%s]=] TIMEOUT %d SKIP_RETURN_CODE 77)\n", module,
			tests[i].name, labels_of(&tests[i]), seconds_of(&tests[i]) * 2 + 10);
	}
	return fclose(out) == 0 ? 0 : 1;
}

static bool is_wanted(const char *name, int argc, char **argv)
{
	if (argc < 2)
		return true;
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], name) == 0)
			return true;
	return false;
}

int unit_main(const char *module, const struct unit_test *tests, size_t count, int argc, char **argv)
{
	Suite *suite = suite_create(module);
	SRunner *runner;
	size_t chosen = 0;
	int failed, ran;

	if (argc == 4 && strcmp(argv[1], "--ctest") == 0)
		return write_ctest(module, tests, count, argv[2], argv[3]);
	if (argc == 2 && strcmp(argv[1], "--list") == 0) {
		for (size_t i = 0; i < count; i++)
			printf("%s %s %d\n", tests[i].name, labels_of(&tests[i]), seconds_of(&tests[i]));
		return 0;
	}
	for (size_t i = 0; i < count; i++) {
		TCase *cases;

		if (!is_wanted(tests[i].name, argc, argv))
			continue;
		cases = tcase_create(tests[i].name);
		tcase_set_timeout(cases, seconds_of(&tests[i]));
		if (tests[i].rows)
			tcase_add_loop_test(cases, tests[i].function, 0, tests[i].rows);
		else
			tcase_add_test(cases, tests[i].function);
		suite_add_tcase(suite, cases);
		chosen++;
	}
	if (argc >= 2 && chosen != (size_t)argc - 1) {
		fprintf(stderr, "%s: no such test; --list names them\n", argv[0]);
		return 2;
	}
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	ran = srunner_ntests_run(runner);
	srunner_free(runner);
	return failed == 0 && ran > 0 ? 0 : 1;
}
