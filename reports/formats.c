#include "report.h"

#include "base/memory.h"

#include <assert.h>
#include <string.h>

static void write_json(const cJSON *report, const struct report_text_style *style, FILE *out)
{
	(void)style; /* a document looks the same everywhere */
	report_write_json(report, out);
}

const struct report_format report_formats[] = {
	{"text", "for a person at a terminal", report_write_text},
	{"json", "the whole document, assay-report/1", write_json},
};
const size_t report_format_count = ARRAY_LENGTH(report_formats);

const char *const report_format_names[] = {"text", "json", NULL};
static_assert(ARRAY_LENGTH(report_format_names) == ARRAY_LENGTH(report_formats) + 1, "a name for each format");

const struct report_format *report_format_find(const char *name)
{
	for (size_t i = 0; i < report_format_count; i++)
		if (strcmp(report_formats[i].name, name) == 0)
			return &report_formats[i];
	return NULL;
}
