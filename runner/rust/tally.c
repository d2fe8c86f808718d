#include "rust/tally.h"

#include "base/file.h"
#include "base/memory.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define PROGRAM_LIMIT (128u << 20) /* bytes */

/* harness/tally.rs: what is not `0` there is on. */
static const char off[] = "assay allocations:0\n", on[] = "assay allocations:1\n";

int tally_switch_on(const char *program, const char *copy, struct error **err)
{
	cleanup_buffer struct buffer bytes = {0};
	size_t found = 0;
	char *at;

	if (file_read(AT_FDCWD, program, PROGRAM_LIMIT, &bytes, err) < 0)
		return -1;
	/* a submission may hold the same words: then they are switched too, which is no matter to anybody but itself */
	for (at = bytes.data; at && (at = memmem(at, bytes.length - (size_t)(at - bytes.data), off, sizeof off - 1));
	     at += sizeof on - 1) {
		memcpy(at, on, sizeof on - 1);
		found++;
	}
	if (!found)
		return error_set(err, ERROR_OTHER, "%s cannot be made to tell its allocations", program);
	return file_write(AT_FDCWD, copy, bytes.data, bytes.length, 0755, err);
}

/* The next region's allocations; SIZE_MAX where no whole one follows. */
static size_t next_region(const char **told, const char *end, const char **fault)
{
	size_t allocations = 0;
	bool inside = false;

	for (; *told < end; (*told)++) {
		char what = **told;

		if (what == '+') {
			allocations += inside;
		} else if (what == '(' && !inside) {
			inside = true;
		} else if (what == ')' && inside) {
			(*told)++;
			return allocations;
		} else {
			*fault = "marks that are not the harness's are among them";
			return SIZE_MAX;
		}
	}
	return SIZE_MAX;
}

void tally_check(const char *told, size_t length, struct transcript *transcript)
{
	const char *end = told + length, *fault = NULL;
	size_t allocations;

	for (size_t i = 0; i < transcript->count && !transcript->fault; i++) {
		const struct record *record = &transcript->items[i];

		if (record->kind != RECORD_COUNTED)
			continue;
		allocations = next_region(&told, end, &fault);
		if (allocations == SIZE_MAX || strtoumax(record->value, NULL, 10) != allocations)
			transcript->fault =
				fault ? text_copy(fault)
				      : text_format("%.60s is said to be %.20s allocations, and %zu were made",
						    record->label, record->value,
						    allocations == SIZE_MAX ? 0 : allocations);
	}
	if (!transcript->fault && transcript->ended && next_region(&told, end, &fault) != SIZE_MAX)
		fault = "more was counted than it says";
	if (!transcript->fault && fault)
		transcript->fault = text_copy(fault);
}
