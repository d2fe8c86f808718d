#include "grading/format.h"

#include "base/memory.h"

#include <string.h>

/* What a person would format: the units of a fix exercise, or every source below src/. */
static bool is_formatted(const struct evidence *evidence, const bool *units, const char *path)
{
	size_t length = strlen(path);

	for (size_t i = 0; i < evidence->unit_count; i++)
		if (evidence->units[i].id && strcmp(evidence->units[i].file, path) == 0)
			return !units || units[i];
	return !evidence->units[0].id && strncmp(path, "src/", 4) == 0 && length > 3 &&
	       strcmp(path + length - 3, ".rs") == 0;
}

int format_observe(const struct engine *engine, const char *source, const struct exercise *exercise,
		   const struct submission *submission, const bool *units, struct evidence *evidence,
		   struct sandbox_outcome *outcome, struct error **err)
{
	cleanup_free const char **files = memory_new(submission->file_count + 1, sizeof *files);
	struct string_list *changed = &evidence->format_changed;
	size_t count = 0;

	for (size_t i = 0; i < submission->file_count; i++) {
		const struct submission_file *file = &submission->files[i];

		if (!is_formatted(evidence, units, file->path))
			continue;
		files[count++] = file->path;
		/* rustfmt leaves alone what says so (rustfmt::skip, rustfmt_skip): nobody knows how it is formatted */
		if (strstr(file->data, "rustfmt::skip") || strstr(file->data, "rustfmt_skip"))
			*ARRAY_ADD(changed->items, changed->count) = text_copy(file->path);
	}
	if (count == 0 || !engine->toolchain->rustfmt)
		return 0;
	if (step_format(engine, source, files, exercise->edition, changed, outcome, err) < 0)
		return -1;
	evidence->format_observed = true;
	return 0;
}
