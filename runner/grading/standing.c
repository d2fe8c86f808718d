#include "grading/standing.h"

#include "base/memory.h"

#include <math.h>

static bool is_of(const struct exercise_criterion *criterion, const enum axis *axis)
{
	return !axis || criterion->axis == *axis;
}

static void add_points(const struct exercise *exercise, const struct verdict *verdict, const enum axis *axis,
		       struct standing *standing)
{
	for (size_t i = 0; i < exercise->criterion_count; i++) {
		if (!is_of(&exercise->criteria[i], axis))
			continue;
		standing->points_possible += exercise->criteria[i].points;
		if (verdict->criteria[i].status == STATUS_HOLDS)
			standing->points += exercise->criteria[i].points;
	}
	if (standing->points_possible)
		standing->score = round(1000.0 * standing->points / standing->points_possible) / 10.0;
}

static struct standing stand(const struct exercise *exercise, const struct verdict *verdict, const enum axis *axis)
{
	struct standing standing = {0};

	for (int level = 1; level <= LEVEL_HIGHEST; level++) {
		bool has = false, met = true, open = true;

		for (size_t i = 0; i < exercise->criterion_count; i++) {
			const struct criterion_verdict *criterion = &verdict->criteria[i];
			const bool counts = is_of(&exercise->criteria[i], axis) && exercise->criteria[i].level <= level;

			has |= counts && exercise->criteria[i].level == level;
			met &= !counts || criterion->status == STATUS_HOLDS;
			open &= !counts || criterion->status == STATUS_HOLDS || criterion->unavailable;
		}
		if (has)
			standing.highest_level = level;
		if (has && met)
			standing.level = level;
		if (has && open)
			standing.level_open = level;
	}
	add_points(exercise, verdict, axis, &standing);
	return standing;
}

void standing_judge(const struct exercise *exercise, struct verdict *verdict)
{
	struct standing *design = &verdict->axes[AXIS_DESIGN], *idiom = &verdict->axes[AXIS_IDIOM];

	verdict->whole = stand(exercise, verdict, NULL);
	for (enum axis axis = 0; axis < AXIS_COUNT; axis++)
		verdict->axes[axis] = stand(exercise, verdict, &axis);
	if (design->highest_level && !design->level)
		idiom->level = 0;
	if (design->highest_level && !design->level_open)
		idiom->level_open = 0;
}

static char *wrong_axis(const char *axis, int intended, const struct standing *standing)
{
	if (intended == SAMPLE_ANY || (standing->level <= intended && intended <= standing->level_open))
		return NULL;
	return text_format("gets level %d of %s and must get %d", standing->level, axis, intended);
}

char *standing_wrong(const struct exercise_sample *sample, const struct verdict *verdict)
{
	char *wrong = wrong_axis("design", sample->design, &verdict->axes[AXIS_DESIGN]);

	return wrong ? wrong : wrong_axis("idiom", sample->idiom, &verdict->axes[AXIS_IDIOM]);
}
