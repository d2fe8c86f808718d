#include "grading/own_judge.h"

#include "base/memory.h"
#include "grading/project_files.h"

#include <string.h>

static void set(struct criterion_verdict *verdict, enum status status, char *evidence)
{
	verdict->status = status;
	verdict->evidence = evidence;
}

static long count_failed(const struct own_evidence *own)
{
	long failed = 0;

	for (size_t i = 0; i < own->test_count; i++)
		failed += own->tests[i].ran && !own->tests[i].passed;
	return failed;
}

/* False, with the sentence why, where there is nothing to go by: no test, or not all of them pass. */
static bool all_pass(const struct own_evidence *own, struct criterion_verdict *verdict)
{
	const long failed = count_failed(own), all = (long)own->test_count;

	if (!own->observed)
		set(verdict, STATUS_UNOBSERVED, text_copy(own->trouble ? own->trouble : "its own tests were not run"));
	else if (own->trouble)
		set(verdict, STATUS_FAILS, text_copy(own->trouble));
	else if (all == 0)
		set(verdict, STATUS_FAILS, text_copy("it has no tests of its own"));
	else if (failed > 0)
		set(verdict, STATUS_FAILS,
		    text_format("%ld of %ld test%s of its own fail%s on the reference, which is right", failed, all,
				all == 1 ? "" : "s", failed == 1 ? "s" : ""));
	else
		return true;
	return false;
}

static const char *passing(long tests)
{
	return tests == 1 ? "test of its own passes" : "tests of its own pass";
}

void own_judge_tests(const struct own_evidence *own, const struct exercise_criterion *criterion,
		     struct criterion_verdict *verdict)
{
	const long all = (long)own->test_count;

	if (!all_pass(own, verdict))
		return;
	if (all >= criterion->at_least)
		set(verdict, STATUS_HOLDS, text_format("%ld %s on the reference", all, passing(all)));
	else
		set(verdict, STATUS_FAILS,
		    text_format("%ld %s on the reference; at least %ld needed", all, passing(all),
				criterion->at_least));
}

void own_judge_kills(const struct own_evidence *own, const struct exercise *exercise,
		     const struct exercise_criterion *criterion, struct criterion_verdict *verdict)
{
	const long all = (long)own->test_count;
	long killed = 0, tried = 0;
	cleanup_free char *needed = NULL;

	if (!all_pass(own, verdict))
		return;
	for (size_t i = 0; i < exercise->mutant_count; i++) {
		if (string_list_find(&criterion->names, exercise->mutants[i].name) < 0)
			continue;
		tried += own->kills[i] != KILL_NOT_TRIED;
		killed += own->kills[i] == KILL_KILLED;
	}
	needed =
		criterion->at_least < tried ? text_format("; at least %ld needed", criterion->at_least) : text_copy("");
	set(verdict, killed >= criterion->at_least ? STATUS_HOLDS : STATUS_FAILS,
	    text_format("%ld %s on the reference and kill%s %ld of %ld mutants%s", all, passing(all),
			all == 1 ? "s" : "", killed, tried, needed));
}

void own_judge_readme(const struct project_evidence *project, struct criterion_verdict *verdict)
{
	if (!project->has_readme)
		set(verdict, STATUS_FAILS, text_copy("it has no README.md"));
	else if (project->prose_lines >= README_LEAST_LINES)
		set(verdict, STATUS_HOLDS, text_format("its README.md has %zu lines of prose", project->prose_lines));
	else
		set(verdict, STATUS_FAILS,
		    text_format("its README.md has %zu line%s of prose of its own; at least %d needed",
				project->prose_lines, project->prose_lines == 1 ? "" : "s", README_LEAST_LINES));
}

void own_judge_ci(const struct project_evidence *project, const struct exercise_criterion *criterion,
		  struct criterion_verdict *verdict)
{
	cleanup_buffer struct buffer missing = {0};
	const char *between = "";

	for (size_t i = 0; i < criterion->names.count; i++) {
		if (project->ci_commands & project_ci_command(criterion->names.items[i]))
			continue;
		buffer_add_format(&missing, "%scargo %s", between, criterion->names.items[i]);
		between = " nor ";
	}
	if (!project->ci_file)
		set(verdict, STATUS_FAILS,
		    project->ci_damaged ? text_format("%s is not YAML", project->ci_damaged)
					: text_copy("it has no file for continuous integration"));
	else if (missing.length)
		set(verdict, STATUS_FAILS,
		    text_format("nothing in %s runs %s", project->ci_file, buffer_text(&missing)));
	else
		set(verdict, STATUS_HOLDS, text_format("%s runs all of them", project->ci_file));
}
