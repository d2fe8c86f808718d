/* Counts and expectations: the parts of prepare.h that only read. */
#include "grading/prepare.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static int compare_places(const void *left, const void *right)
{
	const struct place *a = &((const struct counted_place *)left)->place;
	const struct place *b = &((const struct counted_place *)right)->place;
	int files = strcmp(a->file ? a->file : "", b->file ? b->file : "");

	if (files)
		return files;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return a->column < b->column ? -1 : a->column > b->column;
}

static bool use_counts(const struct exercise_use *use, const char *path)
{
	return string_list_find(&use->methods, path) >= 0 || string_list_find(&use->types, path) >= 0 ||
	       string_list_find(&use->macros, path) >= 0;
}

static void count_unit(const struct exercise *exercise, const struct diagnostics *diagnostics,
		       struct use_evidence *uses)
{
	for (size_t i = 0; i < diagnostics->count; i++) {
		const struct diagnostic *hit = &diagnostics->items[i];

		/* the reason of an entry is its path: one path may belong to several uses */
		if (!hit->reason || hit->is_foreign)
			continue;
		for (size_t j = 0; j < exercise->use_count; j++) {
			struct counted_place *counted;

			if (!use_counts(&exercise->uses[j], hit->reason))
				continue;
			counted = ARRAY_ADD(uses[j].places, uses[j].count);
			place_copy(&counted->place, &hit->place);
			counted->says = text_copy(hit->reason);
		}
	}
}

void prepare_count_uses(const struct exercise *exercise, const struct unit_evidence *units, size_t unit_count,
			struct use_evidence *uses)
{
	size_t seen = 0;

	for (size_t i = 0; i < unit_count; i++) {
		/* lints run on what was type-checked: a unit that does not compile hides some of its uses */
		seen += units[i].build.succeeded && !units[i].build.diagnostics.incomplete;
		count_unit(exercise, &units[i].build.diagnostics, uses);
	}
	for (size_t j = 0; j < exercise->use_count; j++) {
		uses[j].observed = unit_count > 0 && seen == unit_count;
		uses[j].units_seen = seen;
		if (uses[j].count)
			qsort(uses[j].places, uses[j].count, sizeof *uses[j].places, compare_places);
	}
}

static void add_place(struct counted_place **places, size_t *count, const struct diagnostic *hit)
{
	struct counted_place *added = ARRAY_ADD(*places, *count);

	place_copy(&added->place, &hit->place);
	added->says = text_copy(hit->message);
}

void prepare_count_unsafe(const struct unit_evidence *units, size_t unit_count, struct unsafe_evidence *unsafe_code)
{
	unsafe_code->observed = unit_count > 0;
	for (size_t i = 0; i < unit_count; i++) {
		const struct diagnostics *diagnostics = &units[i].build.diagnostics;

		unsafe_code->observed &= units[i].build.succeeded && !diagnostics->incomplete;
		for (size_t j = 0; j < diagnostics->count; j++) {
			const struct diagnostic *hit = &diagnostics->items[j];

			if (hit->is_foreign || !hit->code)
				continue;
			if (strcmp(hit->code, LINT_UNSAFE) == 0)
				add_place(&unsafe_code->uses, &unsafe_code->use_count, hit);
			else if (strcmp(hit->code, LINT_UNDOCUMENTED) == 0)
				add_place(&unsafe_code->undocumented, &unsafe_code->undocumented_count, hit);
		}
	}
	if (unsafe_code->use_count)
		qsort(unsafe_code->uses, unsafe_code->use_count, sizeof *unsafe_code->uses, compare_places);
	if (unsafe_code->undocumented_count)
		qsort(unsafe_code->undocumented, unsafe_code->undocumented_count, sizeof *unsafe_code->undocumented,
		      compare_places);
}

/* The last number that a run reported under the id; false where it reported none. */
void prepare_expectations(const char *text, struct seen_failure **failures, size_t *count)
{
	unsigned int line = 1;

	for (const char *at = text; *at; line++) {
		size_t length = strcspn(at, "\n");
		const char *mark = memmem(at, length, "//~ ", 4);

		if (mark) {
			struct seen_failure *failure = ARRAY_ADD(*failures, *count);

			mark += 4;
			failure->code = text_copy_n(mark, strspn(mark, "E0123456789"));
			failure->line = line;
		}
		at += length;
		at += *at == '\n';
	}
}

void prepare_failures(const struct diagnostics *diagnostics, struct seen_failure **failures, size_t *count)
{
	for (size_t i = 0; i < diagnostics->count; i++) {
		const struct diagnostic *error = &diagnostics->items[i];
		struct seen_failure *failure;
		size_t at = 0;

		if (!error->is_error)
			continue;
		while (at < *count && ((*failures)[at].line < error->place.line ||
				       ((*failures)[at].line == error->place.line &&
					strcmp((*failures)[at].code, error->code ? error->code : "") != 0)))
			at++;
		if (at < *count && (*failures)[at].line == error->place.line &&
		    strcmp((*failures)[at].code, error->code ? error->code : "") == 0)
			continue; /* the same again */
		failure = ARRAY_ADD(*failures, *count);
		memmove(&(*failures)[at + 1], &(*failures)[at], (*count - 1 - at) * sizeof *failure);
		(*failures)[at] = (struct seen_failure){.code = text_copy(error->code ? error->code : ""),
							.line = error->place.line};
	}
}

bool prepare_same_failures(const struct probe_evidence *probe)
{
	if (probe->expected_count != probe->found_count)
		return false;
	for (size_t i = 0; i < probe->found_count; i++)
		if (probe->expected[i].line != probe->found[i].line ||
		    strcmp(probe->expected[i].code, probe->found[i].code) != 0)
			return false;
	return true;
}
