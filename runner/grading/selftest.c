#include "grading/selftest.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "grading/catching.h"
#include "grading/findings.h"
#include "grading/grade.h"
#include "grading/in_order.h"
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
	const struct selftest_plan *plan;
	struct kill_matrix *matrix; /* of all checks */
	/* of one check */
	int64_t began; /* ms */
	const struct submission *submission;
	const struct exercise_sample *sample; /* NULL where it is of no sample or was not graded */
	int awarded;			      /* to the sample, with the last seed */
	const char *table; /* or NULL */
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
	return check_level(testing, grading, 0, testing->plan->seed);
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

/* `wrong`, or NULL for nothing, becomes the caller's sentence with the seed that shows it again. */
static char *with_seed(char *wrong, uint64_t seed)
{
	cleanup_free char *sentence = wrong;

	return sentence ? text_format("%s (seed %llu)", sentence, (unsigned long long)seed) : NULL;
}

static char *judge_mutant(const struct testing *testing, const void *subject, const struct grading *grading,
			  uint64_t seed)
{
	kill_matrix_record(testing->matrix, subject, &grading->evidence, &grading->verdict);
	return with_seed(catching_trouble(testing->exercise, subject, grading), seed);
}

static char *judge_sample(const struct testing *testing, const void *subject, const struct grading *grading,
			  uint64_t seed)
{
	const struct exercise_sample *sample = subject;
	char *wrong = check_level(testing, grading, sample->level, seed);

	if (!wrong)
		wrong = with_seed(standing_wrong(sample, &grading->verdict), seed);
	return wrong ? wrong : check_findings(testing, grading);
}

/* Builds it once and looks at it with one seed after the other, up to the first thing that is wrong. */
static int grade_with_seeds(struct testing *testing, const struct pipeline_options *options, unsigned int seeds,
			    check_function *check, const void *subject, char **wrong, char **unseen, struct error **err)
{
	struct grading grading;
	int failed = grading_begin(testing->session, testing->exercise, testing->preparation, testing->submission,
				   options, &grading, err);

	for (unsigned int i = 0; !failed; i++) {
		*wrong = check(testing, subject, &grading, testing->plan->seed + i);
		if (check == judge_sample) {
			testing->sample = subject;
			testing->awarded = grading.verdict.whole.level;
		}
		if (!*unseen)
			*unseen = describe_unseen(testing->exercise, &grading.verdict);
		if (*wrong || i + 1 == seeds)
			break;
		failed = grading_again(testing->session, testing->exercise, testing->plan->seed + i + 1, &grading, err);
	}
	grading_release(&grading, testing->exercise);
	return failed;
}

/* One submission of the exercise's own. */
struct check {
	struct testing testing; /* a copy, with what is the check's own */
	char *name, *part, *overlay;
	unsigned int seeds;
	check_function *judge; /* NULL: no submission, but what all mutants before it came to */
	const void *subject;
	/* what came of it */
	int64_t took_ms;
	struct error *unsound;
	char *wrong, *unseen;
};

static int open_and_grade(struct check *check, struct error **err)
{
	struct testing *testing = &check->testing;
	cleanup_submission struct submission *submission = NULL, *over = NULL;
	cleanup_free bool *units = NULL;
	struct pipeline_options options = {.seed = testing->plan->seed, .seed_is_given = true};

	if (open_part(testing, check->part, &submission, err) < 0 ||
	    (check->overlay && open_part(testing, check->overlay, &over, err) < 0))
		return -1;
	if (over) {
		submission_overlay(submission, over);
		options.units = units = catching_units(testing->exercise, check->subject, over);
		catching_leave_out(testing->exercise, check->subject, &options);
	}
	testing->submission = submission;
	return grade_with_seeds(testing, &options, check->seeds, check->judge, check->subject, &check->wrong,
				&check->unseen, err);
}

static int run_check(void *item, struct error **err)
{
	struct check *check = item;
	const int64_t began = clock_ms();
	struct error *error = NULL;

	if (check->judge && open_and_grade(check, &error) < 0 && !is_unsound(error)) {
		*err = error;
		return error_wrap(err, "%s: %s", check->testing.exercise->id, check->name);
	}
	check->unsound = error;
	check->took_ms = clock_ms() - began;
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

/* The first thing that is wrong with any seed, or that all is well. */
static void tell_check(void *item)
{
	struct check *check = item;
	struct testing *testing = &check->testing;

	testing->began = clock_ms() - check->took_ms;
	if (check->judge)
		tell(testing, testing->exercise->id, check->name,
		     check->unsound ? check->unsound->message : check->wrong, check->unseen);
	else
		check_kills(testing);
}

struct checks {
	struct check **items;
	size_t count;
};

static void add_check(struct checks *checks, const struct testing *testing, struct check check)
{
	struct check *added = memory_new(1, sizeof *added);

	*added = check;
	added->testing = *testing;
	*ARRAY_ADD(checks->items, checks->count) = added;
}

static void plan_checks(const struct testing *testing, struct checks *checks)
{
	const struct exercise *exercise = testing->exercise;
	const unsigned int seeds = testing->plan->seed_count;

	add_check(checks, testing,
		  (struct check){.name = text_copy("reference"),
				 .part = text_copy("reference"),
				 .seeds = seeds,
				 .judge = judge_reference});
	add_check(checks, testing,
		  (struct check){.name = text_copy("starter"),
				 .part = text_copy("starter"),
				 .seeds = 1,
				 .judge = judge_starter});
	for (size_t i = 0; i < exercise->mutant_count; i += testing->plan->every)
		add_check(checks, testing,
			  (struct check){.name = text_format("mutant %s", exercise->mutants[i].name),
					 .part = text_copy("reference"),
					 .overlay = text_format("mutants/%s", exercise->mutants[i].name),
					 .seeds = seeds,
					 .judge = judge_mutant,
					 .subject = &exercise->mutants[i]});
	if (testing->plan->every == 1)
		add_check(checks, testing, (struct check){0});
	for (size_t i = 0; i < exercise->sample_count; i++)
		add_check(checks, testing,
			  (struct check){.name = text_format("sample %s", exercise->samples[i].name),
					 .part = text_format("samples/%s", exercise->samples[i].name),
					 .seeds = seeds,
					 .judge = judge_sample,
					 .subject = &exercise->samples[i]});
}

static void free_check(struct check *check)
{
	free(check->name);
	free(check->part);
	free(check->overlay);
	free(check->wrong);
	free(check->unseen);
	error_free(check->unsound);
	free(check);
}

/* Drops the others, and what is told of all of them; returns how many are left. */
static size_t keep_named(struct checks *checks, const char *part)
{
	size_t kept = 0;

	for (size_t i = 0; i < checks->count; i++) {
		if (checks->items[i]->name && strstr(checks->items[i]->name, part))
			checks->items[kept++] = checks->items[i];
		else
			free_check(checks->items[i]);
	}
	return checks->count = kept;
}

static void free_checks(struct checks *checks)
{
	for (size_t k = 0; k < checks->count; k++)
		free_check(checks->items[k]);
	free(checks->items);
}

/*
 * Half of the time that one submission takes there is nothing to do beside its compiler: so they are graded side by
 * side, each with no more steps at once than that a short one can go beside a long one.
 */
static int run_all(const struct testing *testing, struct error **err)
{
	static const struct in_order how = {.work = run_check, .tell = tell_check};
	const unsigned int jobs = testing->session->jobs;
	struct session session = *testing->session;
	struct testing shared = *testing;
	struct checks checks = {0};
	int failed;

	session.jobs = jobs < 2 ? jobs : 2;
	shared.session = &session;
	plan_checks(&shared, &checks);
	if (testing->plan->only && keep_named(&checks, testing->plan->only) == 0)
		tell(&shared, testing->exercise->id, testing->plan->only, "nothing that is graded has this in its name", NULL);
	failed = in_order_run(&how, jobs, (void *const *)checks.items, checks.count, err);
	free_checks(&checks);
	return failed;
}

int selftest_exercise(const struct session *session, const char *folder, const struct selftest_plan *plan,
		      const struct selftest_listener *listener, struct error **err)
{
	cleanup_exercise struct exercise *exercise = NULL;
	struct preparation preparation = {0};
	struct error *error = NULL;
	struct testing testing = {.session = session,
				  .preparation = &preparation,
				  .listener = listener,
				  .plan = plan,
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
		check_manifest(&testing);
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
	for (unsigned int i = 0; i < plan->seed_count && preparation.reference; i++)
		observations_forget(preparation.reference, plan->seed + i);
	if (exercise)
		preparation_release(&preparation, exercise);
	return failed;
}
