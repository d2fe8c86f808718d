#include "grading/selftest.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "grading/findings.h"
#include "grading/grade.h"
#include "grading/kill_matrix.h"
#include "grading/manifest_checks.h"
#include "grading/observations.h"
#include "grading/standing.h"

#include <string.h>

struct testing {
	const struct session *session;
	const struct exercise *exercise;
	const struct preparation *preparation;
	const struct selftest_listener *listener;
	uint64_t seed;
	unsigned int seed_count;
	int64_t began; /* ms; of the current check */
	const struct submission *submission; /* of the current check */
	const struct exercise_sample *sample; /* of the current check; NULL where it is of no sample or was not graded */
	int awarded;			      /* to the sample, with the last seed */
	struct kill_matrix *matrix;
	const char *table; /* of the current check, or NULL */
};

static void tell(struct testing *testing, const char *exercise, const char *name, const char *detail,
		 const char *unseen)
{
	const struct selftest_check check = {
		.exercise = exercise,
		.name = name,
		.passed = detail == NULL,
		.detail = detail,
		.unseen = unseen,
		.table = testing->table,
		.took_ms = clock_ms() - testing->began,
		.has_levels = testing->sample != NULL,
		.intended = testing->sample ? testing->sample->level : 0,
		.awarded = testing->awarded,
	};

	testing->listener->tell(testing->listener->context, &check);
	testing->began = clock_ms();
	testing->sample = NULL;
	testing->table = NULL;
}

/* An error of the exercise or of one of its submissions fails the check; any other ends the selftest. */
static bool is_unsound(const struct error *error)
{
	return error->kind == ERROR_EXERCISE || error->kind == ERROR_SUBMISSION;
}

/* ---- what a grading must show ---------------------------------------------------- */

static void list_unmet(const struct exercise *exercise, const struct verdict *verdict, struct buffer *out)
{
	const char *between = "";

	for (size_t i = 0; i < exercise->criterion_count; i++) {
		if (verdict->criteria[i].status == STATUS_HOLDS)
			continue;
		buffer_add_format(out, "%s%s (%s)", between, exercise->criteria[i].id, verdict->criteria[i].evidence);
		between = ", ";
	}
}

/* NULL where the level is right; else what is wrong, which the caller frees. */
static char *check_level(const struct testing *testing, const struct grading *grading, int level, uint64_t seed)
{
	cleanup_buffer struct buffer unmet = {0};

	if (grading->verdict.whole.level <= level && level <= grading->verdict.whole.level_open)
		return NULL;
	list_unmet(testing->exercise, &grading->verdict, &unmet);
	return text_format("gets level %d and must get %d (seed %llu); not met: %s", grading->verdict.whole.level, level,
			   (unsigned long long)seed, buffer_text(&unmet));
}

static int unavailable_points(const struct exercise *exercise, const struct verdict *verdict)
{
	int points = 0;

	for (size_t i = 0; i < exercise->criterion_count; i++)
		if (verdict->criteria[i].unavailable)
			points += exercise->criteria[i].points;
	return points;
}

/* NULL where everything could be looked at; else what could not, and why, which the caller frees. */
static char *describe_unseen(const struct exercise *exercise, const struct verdict *verdict)
{
	for (size_t i = 0; i < exercise->criterion_count; i++)
		if (verdict->criteria[i].unavailable)
			return text_format("not shown here: %s: %s", exercise->criteria[i].id,
					   verdict->criteria[i].evidence);
	return NULL;
}

static char *check_every_point(const struct testing *testing, const struct grading *grading, uint64_t seed)
{
	cleanup_buffer struct buffer unmet = {0};

	if (grading->verdict.whole.points + unavailable_points(testing->exercise, &grading->verdict) ==
	    grading->verdict.whole.points_possible)
		return NULL;
	list_unmet(testing->exercise, &grading->verdict, &unmet);
	return text_format("gets %d of %d points (seed %llu); not met: %s", grading->verdict.whole.points,
			   grading->verdict.whole.points_possible, (unsigned long long)seed, buffer_text(&unmet));
}

/* What is written in good faith raises none: one that does would be told of others' honest work too. */
static char *check_findings(const struct testing *testing, const struct grading *grading)
{
	const struct report_sources sources = {testing->exercise, testing->submission, &grading->evidence,
					       &grading->verdict};
	cJSON *report = cJSON_CreateObject();
	const cJSON *finding;
	char *wrong = NULL;

	findings_add(report, &sources);
	cJSON_ArrayForEach(finding, cJSON_GetObjectItemCaseSensitive(report, "findings")) {
		const char *id = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(finding, "id"));

		/* of the toolchain, and told as unseen */
		if (wrong || strcmp(id, "criterion-unavailable") == 0)
			continue;
		wrong = text_format("raises the finding \"%s\": %s", id,
				    cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(finding, "says")));
	}
	cJSON_Delete(report);
	return wrong;
}

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

static bool catches(const struct testing *testing, const struct grading *grading, enum caught_by by, const char *name)
{
	const struct exercise *exercise = testing->exercise;
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

static char *check_caught(const struct testing *testing, const struct exercise_mutant *mutant,
			  const struct grading *grading)
{
	static const char *const kinds[] = {[CAUGHT_BY_TESTS] = "test",
					    [CAUGHT_BY_PROBES] = "probe",
					    [CAUGHT_BY_CRITERIA] = "criterion",
					    [CAUGHT_BY_QUESTIONS] = "question"};
	const char *broken = first_build_error(&grading->evidence);

	for (size_t i = 0; i < mutant->names.count; i++)
		if (!catches(testing, grading, mutant->by, mutant->names.items[i]))
			return text_format("is not caught by the %s \"%s\"%s%s", kinds[mutant->by],
					   mutant->names.items[i], broken ? ": it does not compile: " : "",
					   broken ? broken : "");
	return NULL;
}

/* ---- the starter ------------------------------------------------------------------ */

static void add_codes(struct string_list *codes, const struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < diagnostics->count; i++) {
		const struct diagnostic *error = &diagnostics->items[i];
		const char *code = error->code ? error->code : "an error without a code";

		if (error->is_error && string_list_find(codes, code) < 0)
			*ARRAY_ADD(codes->items, codes->count) = text_copy(code);
	}
}

static void join(const struct string_list *list, struct buffer *out)
{
	if (list->count == 0)
		buffer_add_text(out, "no error");
	for (size_t i = 0; i < list->count; i++)
		buffer_add_format(out, "%s%s", i ? ", " : "", list->items[i]);
}

/* Exactly these codes, no others. */
static char *check_codes(const char *file, const struct string_list *declared, const struct step_result *build)
{
	struct string_list found = {0};
	cleanup_buffer struct buffer expected = {0}, seen = {0};
	bool same;

	add_codes(&found, &build->diagnostics);
	same = found.count == declared->count;
	for (size_t i = 0; i < declared->count; i++)
		same = same && string_list_find(&found, declared->items[i]) >= 0;
	join(declared, &expected);
	join(&found, &seen);
	string_list_free(&found);
	if (same && build->succeeded == (declared->count == 0))
		return NULL;
	return text_format("%s must fail with %s and fails with %s%s%s", file, buffer_text(&expected),
			   buffer_text(&seen), build->trouble ? ": " : "", build->trouble ? build->trouble : "");
}

static char *check_starter(const struct testing *testing, const struct grading *grading)
{
	const struct exercise *exercise = testing->exercise;

	for (size_t i = 0; i < grading->evidence.unit_count; i++) {
		const struct unit_evidence *unit = &grading->evidence.units[i];
		const struct string_list *declared =
			exercise->kind == EXERCISE_FIX ? &exercise->units[i].codes : &exercise->starter_codes;
		char *wrong = check_codes(unit->file, declared, &unit->build);

		if (wrong)
			return wrong;
	}
	return check_level(testing, grading, 0, testing->seed);
}

/* ---- running a submission of the exercise's own ------------------------------------- */

static int open_part(const struct testing *testing, const char *part, struct submission **submission,
		     struct error **err)
{
	cleanup_free char *path = file_join(testing->exercise->folder, part);

	return submission_open(path, &submission_default_caps, submission, err);
}

typedef char *check_function(const struct testing *testing, const void *subject, const struct grading *grading,
			     uint64_t seed);

static char *judge_reference(const struct testing *testing, const void *subject, const struct grading *grading,
			     uint64_t seed)
{
	char *wrong = check_every_point(testing, grading, seed);

	(void)subject;
	return wrong ? wrong : check_findings(testing, grading);
}

static char *judge_starter(const struct testing *testing, const void *subject, const struct grading *grading,
			   uint64_t seed)
{
	(void)subject;
	(void)seed;
	return check_starter(testing, grading);
}

static char *judge_mutant(const struct testing *testing, const void *subject, const struct grading *grading,
			  uint64_t seed)
{
	(void)seed;
	kill_matrix_record(testing->matrix, subject, &grading->evidence, &grading->verdict);
	return check_caught(testing, subject, grading);
}

static char *judge_sample(const struct testing *testing, const void *subject, const struct grading *grading,
			  uint64_t seed)
{
	const struct exercise_sample *sample = subject;
	char *wrong = check_level(testing, grading, sample->level, seed);

	if (!wrong)
		wrong = standing_wrong(sample, &grading->verdict);
	return wrong ? wrong : check_findings(testing, grading);
}

/*
 * A mutant of one unit that a test must catch needs that unit only. Criteria
 * look at all of them. NULL: all.
 */
static bool *units_changed(const struct testing *testing, const struct submission *over, const void *subject)
{
	const struct exercise *exercise = testing->exercise;
	const struct exercise_mutant *mutant = subject;
	bool *units;

	if (!over || exercise->kind != EXERCISE_FIX || mutant->by != CAUGHT_BY_TESTS)
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

/* `mutant` NULL: of a whole submission, all is looked at. */
static struct pipeline_options options_for(const struct testing *testing, const struct exercise_mutant *mutant,
					   const bool *units)
{
	const struct exercise *exercise = testing->exercise;

	return (struct pipeline_options){
		.seed = testing->seed,
		.seed_is_given = true,
		.units = units,
		.without_sanitizer = mutant && !caught_by_requiring(exercise, mutant, REQUIRE_SANITIZER),
		.without_probes = mutant && !needs_probes(exercise, mutant),
		.without_format = mutant && !caught_by_requiring(exercise, mutant, REQUIRE_FORMAT),
		.without_own_tests = mutant && !caught_by_requiring(exercise, mutant, REQUIRE_OWN_TESTS) &&
				     !caught_by_requiring(exercise, mutant, REQUIRE_KILLS),
	};
}

/* Builds it once and looks at it with one seed after the other, up to the first thing that is wrong. */
static int grade_with_seeds(struct testing *testing, const struct pipeline_options *options, unsigned int seeds,
			    check_function *check, const void *subject, char **wrong, char **unseen, struct error **err)
{
	struct grading grading;
	int failed = grading_begin(testing->session, testing->exercise, testing->preparation, testing->submission,
				   options, &grading, err);

	for (unsigned int i = 0; !failed; i++) {
		*wrong = check(testing, subject, &grading, testing->seed + i);
		if (check == judge_sample) {
			testing->sample = subject;
			testing->awarded = grading.verdict.whole.level;
		}
		if (!*unseen)
			*unseen = describe_unseen(testing->exercise, &grading.verdict);
		if (*wrong || i + 1 == seeds)
			break;
		failed = grading_again(testing->session, testing->exercise, testing->seed + i + 1, &grading, err);
	}
	grading_release(&grading, testing->exercise);
	return failed;
}

/* Tells the first thing that is wrong with any seed, or that all is well. */
static int run_check(struct testing *testing, const char *name, const char *part, const char *overlay,
		     unsigned int seeds, check_function *check, const void *subject, struct error **err)
{
	cleanup_submission struct submission *submission = NULL, *over = NULL;
	cleanup_free char *wrong = NULL, *unseen = NULL;
	cleanup_free bool *units = NULL;
	struct error *error = NULL;
	int failed = open_part(testing, part, &submission, &error);

	if (!failed && overlay)
		failed = open_part(testing, overlay, &over, &error);
	if (!failed && over)
		submission_overlay(submission, over);
	testing->submission = submission;
	if (!failed) {
		const struct pipeline_options options =
			options_for(testing, over ? subject : NULL, units = units_changed(testing, over, subject));

		failed = grade_with_seeds(testing, &options, seeds, check, subject, &wrong, &unseen, &error);
	}
	if (failed && !is_unsound(error)) {
		*err = error;
		return error_wrap(err, "%s: %s", testing->exercise->id, name);
	}
	tell(testing, testing->exercise->id, name, failed ? error->message : wrong, unseen);
	error_free(error);
	return 0;
}

/* A reference that cannot be opened is told of by its own check. */
static void check_manifest(struct testing *testing)
{
	cleanup_submission struct submission *reference = NULL;
	cleanup_error struct error *unsound = NULL;

	if (open_part(testing, "reference", &reference, &unsound) < 0)
		return;
	for (size_t i = 0; i < MANIFEST_CHECK_COUNT; i++) {
		cleanup_free char *wrong = manifest_checks[i].wrong(testing->exercise, reference);

		tell(testing, testing->exercise->id, manifest_checks[i].name, wrong, NULL);
	}
}

/* Where a mutant could not be looked at with all that catches it, a test that seems idle may not be. */
static void check_kills(struct testing *testing)
{
	const char *hidden = kill_matrix_unseen(testing->matrix);
	cleanup_free char *wrong = kill_matrix_trouble(testing->matrix);
	cleanup_free char *unseen =
		wrong && hidden ? text_format("not shown here: what catches mutant %s; so it may not be that this %s",
					      hidden, wrong)
				: NULL;
	cleanup_buffer struct buffer table = {0};

	if (testing->exercise->group_count == 0)
		return;
	kill_matrix_write(testing->matrix, &table);
	testing->table = buffer_text(&table);
	tell(testing, testing->exercise->id, "every test kills", unseen ? NULL : wrong, unseen);
}

static int run_all(struct testing *testing, struct error **err)
{
	const struct exercise *exercise = testing->exercise;

	check_manifest(testing);
	if (run_check(testing, "reference", "reference", NULL, testing->seed_count, judge_reference, NULL, err) < 0 ||
	    run_check(testing, "starter", "starter", NULL, 1, judge_starter, NULL, err) < 0)
		return -1;
	for (size_t i = 0; i < exercise->mutant_count; i++) {
		cleanup_free char *name = text_format("mutant %s", exercise->mutants[i].name);
		cleanup_free char *overlay = text_format("mutants/%s", exercise->mutants[i].name);

		if (run_check(testing, name, "reference", overlay, testing->seed_count, judge_mutant,
			      &exercise->mutants[i], err) < 0)
			return -1;
	}
	check_kills(testing);
	for (size_t i = 0; i < exercise->sample_count; i++) {
		cleanup_free char *name = text_format("sample %s", exercise->samples[i].name);
		cleanup_free char *part = text_format("samples/%s", exercise->samples[i].name);

		if (run_check(testing, name, part, NULL, testing->seed_count, judge_sample, &exercise->samples[i],
			      err) < 0)
			return -1;
	}
	return 0;
}

int selftest_exercise(const struct session *session, const char *folder, uint64_t seed, unsigned int seed_count,
		      const struct selftest_listener *listener, struct error **err)
{
	cleanup_exercise struct exercise *exercise = NULL;
	struct preparation preparation = {0};
	struct error *error = NULL;
	struct testing testing = {.session = session,
				  .preparation = &preparation,
				  .listener = listener,
				  .seed = seed,
				  .seed_count = seed_count,
				  .began = clock_ms()};
	int failed = exercise_load(folder, &exercise, &error);

	testing.exercise = exercise;
	if (!failed) {
		tell(&testing, exercise->id, "manifest", NULL, NULL);
		failed = prepare(session, exercise, &preparation, &error);
		if (!failed)
			tell(&testing, exercise->id, "preparation", NULL, NULL);
	}
	if (!failed) {
		testing.matrix = kill_matrix_new(exercise);
		failed = run_all(&testing, err);
	} else if (is_unsound(error)) {
		tell(&testing, exercise ? exercise->id : folder, exercise ? "preparation" : "manifest", error->message,
		     NULL);
		failed = 0;
	} else {
		*err = STEAL(error);
	}
	error_free(error);
	kill_matrix_free(testing.matrix);
	for (unsigned int i = 0; i < seed_count && preparation.reference; i++)
		observations_forget(preparation.reference, seed + i);
	if (exercise)
		preparation_release(&preparation, exercise);
	return failed;
}
