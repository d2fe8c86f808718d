#include "grading/manifest_checks.h"

#include "base/memory.h"
#include "grading/shown_in.h"

/* A criterion that is evidence for nothing could not say what its level means. */
static char *wrong_citations(const struct exercise *exercise, const struct submission *reference)
{
	(void)reference;
	for (size_t i = 0; i < exercise->criterion_count; i++)
		if (!exercise->criteria[i].skill)
			return text_format("the criterion \"%s\" cites no statement: give it `skill:` with an id of "
					   "skills.yaml, such as L2.borrow",
					   exercise->criteria[i].id);
	return NULL;
}

static bool is_behaviour(enum require_kind kind)
{
	return kind == REQUIRE_TESTS || kind == REQUIRE_UNITS || kind == REQUIRE_QUESTIONS;
}

/* Nothing below code that compiles and behaves may buy a level. */
static char *wrong_levels(const struct exercise *exercise, const struct submission *reference)
{
	int lowest = LEVEL_HIGHEST;

	(void)reference;
	for (size_t i = 0; i < exercise->criterion_count; i++)
		if (exercise->criteria[i].level < lowest)
			lowest = exercise->criteria[i].level;
	for (size_t i = 0; i < exercise->criterion_count; i++)
		if (exercise->criteria[i].level == lowest && is_behaviour(exercise->criteria[i].require))
			return NULL;
	return text_format(
		"no criterion of level %d, the lowest, asks what the code does: give one `require:` with tests, "
		"units or questions",
		lowest);
}

static char *wrong_places(const struct exercise *exercise, const struct submission *reference)
{
	const char *missing = shown_in_missing(exercise, reference);

	return missing ? text_format("`shows_in` names \"%s\", and no function or type of the reference is called so",
				     missing)
		       : NULL;
}

const struct manifest_check manifest_checks[MANIFEST_CHECK_COUNT] = {
	{"citations", wrong_citations},
	{"levels", wrong_levels},
	{"places", wrong_places},
};
