#include "grading/judge.h"

#include "base/memory.h"
#include "grading/own_judge.h"
#include "grading/standing.h"
#include "rust/sanitizer.h"

#include <string.h>

struct judging {
	const struct exercise *exercise;
	const struct toolchain *toolchain;
	const struct evidence *evidence;
	const struct exercise_criterion *criterion;
	struct criterion_verdict *verdict;
};

static bool all_built(const struct evidence *evidence)
{
	for (size_t i = 0; i < evidence->unit_count; i++)
		if (!evidence->units[i].build.succeeded)
			return false;
	return evidence->unit_count > 0;
}

/* Counts are true: everything compiled, and all that the compiler said could be read. */
static bool all_counted(const struct evidence *evidence)
{
	for (size_t i = 0; i < evidence->unit_count; i++)
		if (evidence->units[i].build.diagnostics.incomplete)
			return false;
	return all_built(evidence);
}

static bool any_built(const struct evidence *evidence)
{
	for (size_t i = 0; i < evidence->unit_count; i++)
		if (evidence->units[i].build.succeeded)
			return true;
	return false;
}

static void add_place(struct judging *judging, const struct place *place, const char *says)
{
	struct counted_place *added = ARRAY_ADD(judging->verdict->places, judging->verdict->place_count);

	place_copy(&added->place, place);
	added->says = text_copy(says);
}

static void set_bound(struct judging *judging, long count, const char *what)
{
	long most = judging->criterion->at_most;

	judging->verdict->status = count <= most ? STATUS_HOLDS : STATUS_FAILS;
	if (most == 0)
		judging->verdict->evidence = text_format("%ld %s", count, what);
	else
		judging->verdict->evidence = text_format("%ld %s; at most %ld allowed", count, what, most);
}

/* A share of things that hold, against at_least. `seen` false: nothing could be looked at. */
static void set_share(struct judging *judging, long holding, long all, bool seen, const char *what)
{
	long least = judging->criterion->at_least;

	judging->verdict->status = holding >= least ? STATUS_HOLDS : seen ? STATUS_FAILS : STATUS_UNOBSERVED;
	if (least < all)
		judging->verdict->evidence =
			text_format("%ld of %ld %s; at least %ld needed", holding, all, what, least);
	else
		judging->verdict->evidence = text_format("%ld of %ld %s", holding, all, what);
}

static void unobserved(struct judging *judging, const char *why)
{
	judging->verdict->status = STATUS_UNOBSERVED;
	judging->verdict->evidence = text_copy(why);
}

/* ---- a judge for each kind of requirement ------------------------------------ */

static void judge_build(struct judging *judging)
{
	const struct evidence *evidence = judging->evidence;
	const char *withheld = NULL; /* the first of them */
	size_t errors = 0;

	for (size_t i = 0; i < evidence->unit_count; i++) {
		const struct step_result *build = &evidence->units[i].build;

		errors += diagnostics_count_errors(&build->diagnostics);
		for (size_t j = 0; j < build->diagnostics.count; j++) {
			const struct diagnostic *it = &build->diagnostics.items[j];

			if (it->is_error && it->place.file)
				add_place(judging, &it->place, it->message);
			if (it->is_error && it->withheld && !withheld)
				withheld = it->withheld;
		}
	}
	judging->verdict->status = all_built(evidence) ? STATUS_HOLDS : STATUS_FAILS;
	if (judging->verdict->status == STATUS_HOLDS)
		judging->verdict->evidence = text_copy("it compiles");
	else if (withheld)
		/* else the advice would be to ask one's own compiler, which has no objection */
		judging->verdict->evidence = text_format(
			"`%s` is left out of this exercise; a compiler elsewhere does not know that, so do without it", withheld);
	else
		judging->verdict->evidence = errors ? text_format("%zu compile error%s", errors, errors == 1 ? "" : "s")
						    : text_copy("it could not be compiled");
}

static bool has_hit(const struct evidence *evidence, enum source_rule rule)
{
	for (size_t i = 0; i < evidence->unit_count; i++)
		if (source_hits_have(&evidence->units[i].hits, rule))
			return true;
	return false;
}

static void judge_format(struct judging *judging)
{
	if (!judging->evidence->format_observed) {
		unobserved(judging, "rustfmt is not part of the toolchain, or there is nothing to format");
		return;
	}
	/* formatting is no merit of code that does not compile: an untouched starter is formatted too */
	if (!any_built(judging->evidence)) {
		unobserved(judging, "looked at only where something compiles");
		return;
	}
	judging->verdict->status = judging->evidence->format_changed.count == 0 ? STATUS_HOLDS : STATUS_FAILS;
	judging->verdict->evidence =
		judging->verdict->status == STATUS_HOLDS
			? text_copy("rustfmt changes nothing")
			: text_format("rustfmt would change %zu file%s", judging->evidence->format_changed.count,
				      judging->evidence->format_changed.count == 1 ? "" : "s");
}

static void judge_tests(struct judging *judging)
{
	const struct evidence *evidence = judging->evidence;
	long passed = 0, all = 0, seen = 0, unlinked = 0;

	for (size_t i = 0; i < evidence->test_count; i++) {
		const struct test_evidence *test = &evidence->tests[i];

		if (string_list_find(&judging->criterion->names, judging->exercise->groups[test->group].id) < 0)
			continue;
		all++;
		passed += test->status == STATUS_HOLDS;
		seen += test->status != STATUS_UNOBSERVED;
		/* it compiles, but not as the tests use it: what the brief pins is not there, and that is an
		 * observation */
		unlinked += test->status == STATUS_UNOBSERVED &&
			    evidence->units[evidence->programs[test->program].unit].build.succeeded;
	}
	set_share(judging, passed, all, seen + unlinked == all,
		  unlinked ? "tests passed; the others do not compile against it" : "tests passed");
}

static void judge_uses(struct judging *judging)
{
	const struct exercise *exercise = judging->exercise;
	size_t index = 0;
	const struct use_evidence *use;

	while (index < exercise->use_count && strcmp(exercise->uses[index].id, judging->criterion->names.items[0]) != 0)
		index++;
	use = &judging->evidence->uses[index];
	/* more can only make it worse: what is over its bound already is unmet, whatever the rest holds */
	if (!use->observed && (!use->units_seen || (long)use->count <= judging->criterion->at_most)) {
		unobserved(judging, "counted only where everything compiles and is read");
		return;
	}
	set_bound(judging, (long)use->count, use->count == 1 ? "use" : "uses");
	if (judging->verdict->status == STATUS_FAILS)
		for (size_t i = 0; i < use->count; i++)
			add_place(judging, &use->places[i].place, use->places[i].says);
}

/* disallowed_* is how uses are counted, and unsafe_code how unsafe code is: they say nothing of style. */
static bool is_own_lint(const struct diagnostic *diagnostic)
{
	return diagnostic->reason || strcmp(diagnostic->code, LINT_UNSAFE) == 0;
}

static void judge_lints(struct judging *judging)
{
	const struct evidence *evidence = judging->evidence;
	const char *group = judging->criterion->names.items[0];
	long count = 0;

	if (!all_counted(evidence)) {
		unobserved(judging, "lints are complete only where everything compiles and is read");
		return;
	}
	for (size_t i = 0; i < evidence->unit_count; i++) {
		const struct diagnostics *diagnostics = &evidence->units[i].build.diagnostics;

		for (size_t j = 0; j < diagnostics->count; j++) {
			const struct diagnostic *lint = &diagnostics->items[j];

			if (lint->is_error || lint->is_foreign || !lint->code || is_own_lint(lint) ||
			    !toolchain_lint_in(judging->toolchain, lint->code, group))
				continue;
			count++;
			add_place(judging, &lint->place, lint->code);
		}
	}
	/* that clippy is silent about code that it does not look at is no evidence */
	if (count <= judging->criterion->at_most && strncmp(group, "clippy::", 8) == 0 &&
	    has_hit(evidence, SOURCE_CODE_IN_MACROS)) {
		unobserved(judging, "most of a file stands in the bodies of macros, where clippy does not look");
		return;
	}
	set_bound(judging, count, count == 1 ? "warning" : "warnings");
}

static void judge_metric(struct judging *judging)
{
	const struct exercise *exercise = judging->exercise;
	const struct metric_evidence *metric;
	size_t index = 0;

	while (index < exercise->metric_count &&
	       strcmp(exercise->metrics[index].id, judging->criterion->names.items[0]) != 0)
		index++;
	metric = &judging->evidence->metrics[index];
	if (!metric->observed) {
		cleanup_free char *why =
			text_format("the test %s, which measures it, did not pass", exercise->metrics[index].test);

		unobserved(judging, why);
		return;
	}
	if (has_hit(judging->evidence, SOURCE_COMPILER_HOLE)) {
		unobserved(judging, "counted by a process that may have written to the counter: see the findings");
		return;
	}
	judging->verdict->status = metric->value <= judging->criterion->at_most ? STATUS_HOLDS : STATUS_FAILS;
	judging->verdict->evidence =
		text_format("%ld measured; at most %ld allowed", metric->value, judging->criterion->at_most);
}

static void judge_probes(struct judging *judging)
{
	const struct exercise *exercise = judging->exercise;
	long held = 0, all = 0;
	bool seen = true;

	for (size_t i = 0; i < exercise->probe_count; i++) {
		if (string_list_find(&judging->criterion->names, exercise->probes[i].id) < 0)
			continue;
		all++;
		held += judging->evidence->probes[i].status == STATUS_HOLDS;
		seen &= judging->evidence->probes[i].status != STATUS_UNOBSERVED;
	}
	set_share(judging, held, all, seen, "misuses refused by the compiler");
}

bool judge_unit_holds(const struct exercise *exercise, const struct evidence *evidence, size_t unit)
{
	if (!evidence->units[unit].build.succeeded)
		return false;
	for (size_t i = 0; i < evidence->test_count; i++) {
		const struct test_evidence *test = &evidence->tests[i];

		if (evidence->programs[test->program].unit == unit && exercise->groups[test->group].unit &&
		    test->status != STATUS_HOLDS)
			return false;
	}
	return true;
}

static void judge_units(struct judging *judging)
{
	long holding = 0;

	for (size_t i = 0; i < judging->evidence->unit_count; i++)
		if (string_list_find(&judging->criterion->names, judging->evidence->units[i].id) >= 0)
			holding += judge_unit_holds(judging->exercise, judging->evidence, i);
	set_share(judging, holding, (long)judging->criterion->names.count, true, "units compile and behave");
}

static void judge_questions(struct judging *judging)
{
	const struct exercise *exercise = judging->exercise;
	long right = 0;

	for (size_t i = 0; i < exercise->question_count; i++)
		if (string_list_find(&judging->criterion->names, exercise->questions[i].id) >= 0)
			right += judging->evidence->questions[i].fails_right &&
				 judging->evidence->questions[i].choice_right;
	set_share(judging, right, (long)judging->criterion->names.count, !judging->evidence->answers_trouble,
		  "questions answered right");
}

static void judge_sanitizer(struct judging *judging)
{
	const struct evidence *evidence = judging->evidence;
	const struct sanitized *seen = evidence->unsafe_code.sanitized;
	const struct sanitized_test *first = NULL;
	enum sanitizer_kind kind = SANITIZER_ADDRESS;
	long errors = 0, unchecked = 0;

	sanitizer_kind_of(judging->criterion->names.items[0], &kind); /* checked with the manifest */
	seen += kind;
	if (seen->unavailable) {
		unobserved(judging, seen->unavailable);
		judging->verdict->unavailable = all_built(evidence);
		return;
	}
	for (size_t i = 0; i < evidence->test_count; i++) {
		errors += seen->tests[i].state == SANITIZED_ERROR;
		unchecked += seen->tests[i].state == SANITIZED_NOT;
		if (seen->tests[i].state == SANITIZED_NOT && !first)
			first = &seen->tests[i];
		if (seen->tests[i].state == SANITIZED_ERROR && seen->tests[i].place.file)
			add_place(judging, &seen->tests[i].place, seen->tests[i].says);
	}
	if (errors <= judging->criterion->at_most && unchecked) {
		cleanup_free char *why = text_format("%ld of %zu tests could not be looked at: %s", unchecked,
						     evidence->test_count, first->why);

		unobserved(judging, why);
		return;
	}
	set_bound(judging, errors, errors == 1 ? "test with an error" : "tests with an error");
}

static void judge_own_tests(struct judging *judging)
{
	own_judge_tests(&judging->evidence->own, judging->criterion, judging->verdict);
}

static void judge_kills(struct judging *judging)
{
	own_judge_kills(&judging->evidence->own, judging->exercise, judging->criterion, judging->verdict);
}

static void judge_readme(struct judging *judging)
{
	own_judge_readme(&judging->evidence->project, judging->verdict);
}

static void judge_ci(struct judging *judging)
{
	own_judge_ci(&judging->evidence->project, judging->criterion, judging->verdict);
}

static void (*const judges[])(struct judging *) = {
	[REQUIRE_BUILD] = judge_build,	       [REQUIRE_FORMAT] = judge_format, [REQUIRE_TESTS] = judge_tests,
	[REQUIRE_USES] = judge_uses,	       [REQUIRE_LINTS] = judge_lints,	[REQUIRE_METRIC] = judge_metric,
	[REQUIRE_PROBES] = judge_probes,       [REQUIRE_UNITS] = judge_units,	[REQUIRE_QUESTIONS] = judge_questions,
	[REQUIRE_SANITIZER] = judge_sanitizer, [REQUIRE_OWN_TESTS] = judge_own_tests,
	[REQUIRE_KILLS] = judge_kills,	       [REQUIRE_README] = judge_readme, [REQUIRE_CI] = judge_ci,
};

void judge(const struct exercise *exercise, const struct toolchain *toolchain, const struct evidence *evidence,
	   struct verdict *verdict)
{
	*verdict = (struct verdict){.criteria = memory_new(exercise->criterion_count, sizeof *verdict->criteria)};
	for (size_t i = 0; i < exercise->criterion_count; i++) {
		struct judging judging = {exercise, toolchain, evidence, &exercise->criteria[i], &verdict->criteria[i]};

		judges[exercise->criteria[i].require](&judging);
	}
	standing_judge(exercise, verdict);
}

void verdict_release(struct verdict *verdict, const struct exercise *exercise)
{
	for (size_t i = 0; verdict->criteria && i < exercise->criterion_count; i++) {
		struct criterion_verdict *criterion = &verdict->criteria[i];

		free(criterion->evidence);
		for (size_t j = 0; j < criterion->place_count; j++) {
			free(criterion->places[j].place.file);
			free(criterion->places[j].says);
		}
		free(criterion->places);
	}
	free(verdict->criteria);
	*verdict = (struct verdict){0};
}
