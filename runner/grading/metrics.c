#include "grading/metrics.h"

#include "base/memory.h"
#include "rust/tally.h"

#include <stdlib.h>
#include <string.h>

bool metrics_of_test(const struct exercise *exercise, const char *test)
{
	for (size_t i = 0; i < exercise->metric_count; i++)
		if (strcmp(exercise->metrics[i].test, test) == 0)
			return true;
	return false;
}

static bool is_counted(const struct exercise *exercise, const char *file)
{
	for (size_t i = 0; i < exercise->group_count; i++)
		for (size_t j = 0; strcmp(exercise->groups[i].file, file) == 0 && j < exercise->groups[i].tests.count;
		     j++)
			if (metrics_of_test(exercise, exercise->groups[i].tests.items[j]))
				return true;
	return false;
}

char *metrics_program(const char *program)
{
	return text_format("%s.counted", program);
}

int metrics_prepare(const struct exercise *exercise, const char *file, const char *program, struct error **err)
{
	cleanup_free char *copy = metrics_program(program);

	return is_counted(exercise, file) ? tally_switch_on(program, copy, err) : 0;
}

/* The last of that kind; or of either kind, where `kind` is the list's end. */
static const struct record *find(const struct transcript *transcript, const char *id, enum record_kind kind)
{
	const struct record *found = NULL;

	for (size_t i = 0; i < transcript->count; i++) {
		const struct record *record = &transcript->items[i];
		bool fits = kind == RECORD_KIND_COUNT ? record->kind == RECORD_METRIC || record->kind == RECORD_COUNTED
						      : record->kind == kind;

		if (fits && strcmp(record->label, id) == 0)
			found = record;
	}
	return found;
}

void metrics_collect(const struct exercise *exercise, const struct test_evidence *test,
		     const struct transcript *reference, const struct transcript *submission,
		     struct metric_evidence *metrics)
{
	for (size_t i = 0; i < exercise->metric_count; i++) {
		const struct record *expected, *seen;

		if (strcmp(exercise->metrics[i].test, test->name) != 0)
			continue;
		expected = find(reference, exercise->metrics[i].id, RECORD_KIND_COUNT);
		if (!expected)
			continue;
		metrics[i].reference_observed = true;
		metrics[i].reference = strtol(expected->value, NULL, 10);
		/* what the reference has counted is not to be had by a mere word */
		seen = find(submission, exercise->metrics[i].id, expected->kind);
		if (!seen)
			continue;
		metrics[i].observed = test->status == STATUS_HOLDS;
		metrics[i].value = strtol(seen->value, NULL, 10);
	}
}
