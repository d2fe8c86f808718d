#include "profile/profile.h"

#include "base/memory.h"
#include "profile/profile_parts.h"

#include <string.h>

struct profile *profile_new(const struct skills *skills)
{
	struct profile *profile = memory_new(1, sizeof *profile);

	profile->skills = skills;
	return profile;
}

void profile_free(struct profile *profile)
{
	if (!profile)
		return;
	for (size_t i = 0; i < profile->report_count; i++) {
		free(profile->reports[i].file);
		cJSON_Delete(profile->reports[i].document);
	}
	free(profile->reports);
	free(profile->evidence);
	free(profile);
}

/* ---- the rule for levels --------------------------------------------------- */

bool profile_in_scope(const struct profile *profile, const struct profile_evidence *evidence,
		      const struct profile_scope *scope)
{
	return (!scope->report || scope->report == &profile->reports[evidence->report]) &&
	       (!scope->axis || *scope->axis == evidence->axis);
}

/* A level is held when everything that was asked at it, and below it, is met: by one report or by several. */
static struct profile_standing stand(const struct profile *profile, const struct profile_scope *scope)
{
	struct profile_standing standing = {0};
	size_t asked[LEVEL_TOP + 1] = {0}, unmet[LEVEL_TOP + 1] = {0};
	bool is_open = true;

	for (size_t i = 0; i < profile->evidence_count; i++) {
		const struct profile_evidence *evidence = &profile->evidence[i];

		if (!profile_in_scope(profile, evidence, scope))
			continue;
		asked[evidence->level]++;
		unmet[evidence->level] += evidence->held != HELD_MET;
		standing.points += evidence->held == HELD_MET ? evidence->points_possible : 0;
		standing.points_possible += evidence->points_possible;
	}
	for (int level = 1; level <= LEVEL_TOP; level++) {
		is_open = is_open && unmet[level] == 0;
		if (asked[level])
			standing.highest_level = level;
		if (asked[level] && is_open)
			standing.level = level;
	}
	return standing;
}

struct profile_standing profile_stand(const struct profile *profile, const struct profile_scope *scope)
{
	const enum axis design = AXIS_DESIGN;
	struct profile_standing standing = stand(profile, scope), below;

	/* idiom stands on design: what does nothing right is not well written either */
	if (scope->axis && *scope->axis == AXIS_IDIOM) {
		below = stand(profile, &(struct profile_scope){scope->report, &design});
		if (below.highest_level && !below.level)
			standing.level = 0;
	}
	return standing;
}

/* ---- what reports must be for each other ----------------------------------- */

/* A file that was changed by hand mostly forgets one of the two. */
static int check_verdict(const struct profile *profile, const struct profile_report *report, struct error **err)
{
	const struct profile_standing standing = profile_stand(profile, &(struct profile_scope){report, NULL});

	if (standing.level == report->level && standing.highest_level == report->highest_level &&
	    standing.points == report->points && standing.points_possible == report->points_possible)
		return 0;
	return error_set(
		err, ERROR_OTHER,
		"%s: its verdict (level %ld, %ld of %ld points) does not follow from its criteria (level %d, %ld of "
		"%ld); take the file as `assay grade -o` wrote it",
		report->file, report->level, report->points, report->points_possible, standing.level, standing.points,
		standing.points_possible);
}

static int check_beside(const struct profile_report *report, const struct profile_report *other, struct error **err)
{
	if (strcmp(report->exercise, other->exercise) != 0)
		return 0;
	if (strcmp(report->exercise_digest, other->exercise_digest) != 0)
		return error_set(
			err, ERROR_OTHER,
			"%s: its exercise %s is not the one of %s, though it is called the same; grade both with "
			"one version of it",
			report->file, report->exercise, other->file);
	if (strcmp(report->submission_digest, other->submission_digest) == 0)
		return error_set(
			err, ERROR_OTHER,
			"%s: the same submission for %s as in %s, which is no second piece of evidence; leave one "
			"of them out",
			report->file, report->exercise, other->file);
	return 0;
}

/* One concept on two axes would be in two pictures. */
static int check_axes(const struct profile *profile, size_t first, struct error **err)
{
	for (size_t i = first; i < profile->evidence_count; i++) {
		const struct profile_evidence *one = &profile->evidence[i];

		for (size_t j = 0; j < i; j++) {
			const struct profile_evidence *other = &profile->evidence[j];

			if (strcmp(one->concept, other->concept) == 0 && one->axis != other->axis)
				return error_set(
					err, ERROR_OTHER,
					"%s: its concept \"%s\" is on the axis %s, and in %s on %s; grade both with "
					"one skills.yaml",
					profile->reports[one->report].file, one->concept,
					profile->skills->axes[one->axis].id, profile->reports[other->report].file,
					profile->skills->axes[other->axis].id);
		}
	}
	return 0;
}

int profile_add(struct profile *profile, const char *path, struct error **err)
{
	size_t number = profile->report_count, first = profile->evidence_count;
	struct profile_report *report = ARRAY_ADD(profile->reports, profile->report_count);

	if (profile_read(path, number, profile->skills, report, &profile->evidence, &profile->evidence_count, err) <
		    0 ||
	    check_verdict(profile, report, err) < 0)
		return -1;
	for (size_t i = 0; i < number; i++)
		if (check_beside(report, &profile->reports[i], err) < 0)
			return -1;
	return check_axes(profile, first, err);
}
