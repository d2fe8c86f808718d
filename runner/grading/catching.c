#include "grading/catching.h"

#include "base/memory.h"

#include <string.h>

static bool test_catches(const struct evidence *evidence, const char *name)
{
	for (size_t i = 0; i < evidence->test_count; i++)
		if (strcmp(evidence->tests[i].name, name) == 0 && evidence->tests[i].status == STATUS_FAILS)
			return true;
	return false;
}

static const char *first_build_error(const struct evidence *evidence)
{
	for (size_t i = 0; i < evidence->unit_count; i++)
		if (!evidence->units[i].build.succeeded)
			return evidence->units[i].build.diagnostics.count
				       ? evidence->units[i].build.diagnostics.items[0].message
				       : evidence->units[i].build.trouble;
	return NULL;
}

static bool catches(const struct exercise *exercise, const struct grading *grading, enum caught_by by, const char *name)
{
	const struct evidence *evidence = &grading->evidence;

	switch (by) {
	case CAUGHT_BY_TESTS:
		return test_catches(evidence, name);
	case CAUGHT_BY_PROBES:
		for (size_t i = 0; i < exercise->probe_count; i++)
			if (strcmp(exercise->probes[i].id, name) == 0)
				return evidence->probes[i].status == STATUS_FAILS;
		return false;
	case CAUGHT_BY_CRITERIA:
		for (size_t i = 0; i < exercise->criterion_count; i++)
			if (strcmp(exercise->criteria[i].id, name) == 0)
				/* unmet, or out of reach: but not by not compiling, which would "catch" anything. What
				 * is out of reach of this machine is told as unseen. */
				return grading->verdict.criteria[i].status != STATUS_HOLDS &&
				       !first_build_error(evidence);
		return false;
	case CAUGHT_BY_QUESTIONS:
		for (size_t i = 0; i < exercise->question_count; i++)
			if (strcmp(exercise->questions[i].id, name) == 0)
				return !evidence->questions[i].fails_right || !evidence->questions[i].choice_right;
		return false;
	}
	return false;
}

char *catching_trouble(const struct exercise *exercise, const struct exercise_mutant *mutant,
		       const struct grading *grading)
{
	static const char *const kinds[] = {[CAUGHT_BY_TESTS] = "test",
					    [CAUGHT_BY_PROBES] = "probe",
					    [CAUGHT_BY_CRITERIA] = "criterion",
					    [CAUGHT_BY_QUESTIONS] = "question"};
	const char *broken = first_build_error(&grading->evidence);

	for (size_t i = 0; i < mutant->names.count; i++)
		if (!catches(exercise, grading, mutant->by, mutant->names.items[i]))
			return text_format("is not caught by the %s \"%s\"%s%s", kinds[mutant->by],
					   mutant->names.items[i], broken ? ": it does not compile: " : "",
					   broken ? broken : "");
	return NULL;
}

/* ---- what it takes --------------------------------------------------------------- */

bool *catching_units(const struct exercise *exercise, const struct exercise_mutant *mutant,
		     const struct submission *over)
{
	bool *units;

	if (exercise->kind != EXERCISE_FIX || mutant->by != CAUGHT_BY_TESTS)
		return NULL;
	units = memory_new(exercise->unit_count, sizeof *units);
	for (size_t i = 0; i < exercise->unit_count; i++)
		units[i] = submission_find(over, exercise->units[i].file) != NULL;
	return units;
}

/*
 * Most mutants are caught by tests: a compile with the sanitizer is half of a grading, and probes are a compile each.
 * What no criterion that must catch it asks for is left out.
 */
static bool caught_by_requiring(const struct exercise *exercise, const struct exercise_mutant *mutant,
				enum require_kind require)
{
	for (size_t i = 0; mutant->by == CAUGHT_BY_CRITERIA && i < exercise->criterion_count; i++)
		if (exercise->criteria[i].require == require &&
		    string_list_find(&mutant->names, exercise->criteria[i].id) >= 0)
			return true;
	return false;
}

static bool needs_probes(const struct exercise *exercise, const struct exercise_mutant *mutant)
{
	return mutant->by == CAUGHT_BY_PROBES || caught_by_requiring(exercise, mutant, REQUIRE_PROBES);
}

void catching_leave_out(const struct exercise *exercise, const struct exercise_mutant *mutant,
			struct pipeline_options *options)
{
	options->without_sanitizer = !caught_by_requiring(exercise, mutant, REQUIRE_SANITIZER);
	options->without_probes = !needs_probes(exercise, mutant);
	options->without_format = !caught_by_requiring(exercise, mutant, REQUIRE_FORMAT);
	options->without_own_tests = !caught_by_requiring(exercise, mutant, REQUIRE_OWN_TESTS) &&
				     !caught_by_requiring(exercise, mutant, REQUIRE_KILLS);
}
