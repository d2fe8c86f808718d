#include "grading/sources.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "submission/names.h"

#include <fcntl.h>
#include <string.h>

/* Whether some source may make code of a file that does not end in ".rs". */
static bool text_may_be_code(const struct submission *submission, const char *edition)
{
	unsigned int takes = 0;

	for (size_t i = 0; i < submission->file_count; i++)
		if (name_is_rust(submission->files[i].path))
			takes |= source_takes_text(submission->files[i].data, submission->files[i].length, edition);
	return (takes & TEXT_TAKEN) || (takes & (TEXT_GIVEN | TEXT_BY_RULE)) == (TEXT_GIVEN | TEXT_BY_RULE);
}

static int lay_blanked(const struct submission_file *file, const char *edition, const char *folder, struct error **err)
{
	cleanup_free char *path = file_join(folder, file->path);
	cleanup_free char *blanked = text_copy_n(file->data, file->length);

	source_blank(blanked, file->length, edition);
	return memcmp(blanked, file->data, file->length) == 0
		       ? 0
		       : file_write(AT_FDCWD, path, blanked, file->length, 0644, err);
}

int sources_lay(const struct submission *submission, const struct exercise *exercise, const char *folder,
		struct source_hits *hits, struct error **err)
{
	const bool all = exercise->edition && text_may_be_code(submission, exercise->edition);

	if (submission_lay(submission, folder, err) < 0)
		return -1;
	for (size_t i = 0; exercise->edition && i < submission->file_count; i++) {
		const struct submission_file *file = &submission->files[i];
		const struct source_file source = {file->path, file->data, file->length, exercise->edition};

		if (!all && !name_is_rust(file->path))
			continue;
		if (lay_blanked(file, exercise->edition, folder, err) < 0)
			return -1;
		source_scan(&source, hits);
	}
	source_finish(hits);
	return 0;
}

/* Where the compiler did not come to say what it read: what stands where sources are expected. */
static bool may_concern(const struct source_hit *hit, const struct unit_evidence *unit)
{
	if (unit->build.read.count > 0)
		return true;
	return unit->id ? strcmp(hit->place.file, unit->file) == 0
			: strncmp(hit->place.file, "src/", 4) == 0 && name_is_rust(hit->place.file);
}

/* What the compiler says it read settles it, whatever macro named the file. */
static void tell_outside(struct unit_evidence *unit)
{
	const char *outside = source_first_outside(&unit->build.read);
	struct source_hit *hit;

	for (size_t i = 0; outside && i < unit->hits.count; i++)
		if (unit->hits.items[i].rule == SOURCE_OUTSIDE_FILE)
			return;
	if (!outside)
		return;
	hit = ARRAY_ADD(unit->hits.items, unit->hits.count);
	*hit = (struct source_hit){.rule = SOURCE_OUTSIDE_FILE,
				   .what = text_printable_copy(outside),
				   .place = {.file = text_copy(unit->file)}};
}

static void refuse(struct unit_evidence *unit, const struct source_hit *hit)
{
	struct diagnostic *error = ARRAY_ADD(unit->build.diagnostics.items, unit->build.diagnostics.count);

	*error = (struct diagnostic){
		.is_error = true,
		.message = text_format("`%s`: %s", hit->what, source_rule_says(hit->rule)),
		.rendered = text_format("error: `%s`: %s\n --> %s:%u:%u\n", hit->what, source_rule_says(hit->rule),
					hit->place.file, hit->place.line, hit->place.column),
	};
	place_copy(&error->place, &hit->place);
	unit->build.succeeded = false;
}

void sources_settle(const struct source_hits *hits, struct unit_evidence *unit)
{
	for (size_t i = 0; i < hits->count; i++) {
		struct source_hit *own;

		if (!may_concern(&hits->items[i], unit))
			continue;
		own = ARRAY_ADD(unit->hits.items, unit->hits.count);
		*own = (struct source_hit){.rule = hits->items[i].rule, .what = text_copy(hits->items[i].what)};
		place_copy(&own->place, &hits->items[i].place);
	}
	source_confirm(&unit->hits, &unit->build.read, unit->build.succeeded);
	tell_outside(unit);
	for (size_t i = 0; i < unit->hits.count; i++)
		if (source_rule_refuses(unit->hits.items[i].rule))
			refuse(unit, &unit->hits.items[i]);
}
