/* The report's section on the submission's own tests. */
#include "grading/report_parts.h"

static void add_tests(cJSON *object, const struct own_evidence *own)
{
	cJSON *files = cJSON_AddArrayToObject(object, "files"), *tests = cJSON_AddArrayToObject(object, "tests");
	cJSON *reference = cJSON_AddObjectToObject(object, "reference");
	size_t passed = 0, failed = 0;

	for (size_t i = 0; i < own->files.count; i++)
		cJSON_AddItemToArray(files, cJSON_CreateString(own->files.items[i]));
	for (size_t i = 0; i < own->test_count; i++) {
		cJSON *test = part_add(tests);

		part_text(test, "file", own->tests[i].file);
		part_text(test, "name", own->tests[i].name);
		cJSON_AddStringToObject(test, "status",
					!own->tests[i].ran     ? "unobserved"
					: own->tests[i].passed ? "passed"
							       : "failed");
		passed += own->tests[i].passed;
		failed += own->tests[i].ran && !own->tests[i].passed;
	}
	cJSON_AddNumberToObject(reference, "passed", (double)passed);
	cJSON_AddNumberToObject(reference, "failed", (double)failed);
}

/* Counts alone: what the wrong solutions are is the exercise's secret. */
static void add_mutants(cJSON *object, const struct own_evidence *own, size_t mutant_count)
{
	size_t tried = 0, killed = 0;

	for (size_t i = 0; own->kills && i < mutant_count; i++) {
		tried += own->kills[i] != KILL_NOT_TRIED;
		killed += own->kills[i] == KILL_KILLED;
	}
	cJSON_AddNumberToObject(object, "mutants", (double)tried);
	cJSON_AddNumberToObject(object, "killed", (double)killed);
}

void report_add_own_tests(cJSON *report, const struct report_sources *sources)
{
	const struct own_evidence *own = &sources->evidence->own;
	cJSON *object;

	if (!exercise_requires(sources->exercise, REQUIRE_OWN_TESTS) &&
	    !exercise_requires(sources->exercise, REQUIRE_KILLS))
		return;
	object = cJSON_AddObjectToObject(report, "own_tests");
	cJSON_AddBoolToObject(object, "observed", own->observed);
	add_tests(object, own);
	add_mutants(object, own, sources->exercise->mutant_count);
	part_text(object, "trouble", own->trouble);
}
