/*
 * Reports: one document, assay-report/1, and everything that is written from it.
 *
 * The document is a cJSON tree, built by grading/ or read back from a file;
 * assay-report-1.schema.json says what is in it. Writers take it as const. They
 * stay safe with any tree, whatever is missing or of another type in it, so that a
 * report from a file of unknown origin can do no harm; only report_read judges.
 *
 * A submission's text is data in every format: each writer escapes in the one
 * place through which all of its text passes (json.c, page.c).
 *
 * Writers return nothing: what went wrong with `out` is in ferror and fclose.
 */
#ifndef ASSAY_REPORTS_REPORT_H
#define ASSAY_REPORTS_REPORT_H

#include "base/error.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define REPORT_SCHEMA "assay-report/1"

/*
 * Reads a report's file: UTF-8, JSON, `schema` the one above. ERROR_OTHER names
 * the path and, where it is not JSON, line and column. The caller frees *report
 * with cJSON_Delete, or holds it by cleanup_report.
 */
int report_read(const char *path, cJSON **report, struct error **err);

struct report_text_style {
	bool colour;
	unsigned int width; /* columns; 0 for 80 */
};

/*
 * The document itself, indented by two spaces, short values on one line. Keys
 * keep the tree's order. Always valid UTF-8: bytes that are not become U+FFFD, and what a
 * terminal or a build server's log would obey is written as \uNNNN, which every JSON reader undoes.
 */
void report_write_json(const cJSON *report, FILE *out);
/* For a person at a terminal. NULL is plain text, 80 columns wide. */
void report_write_text(const cJSON *report, const struct report_text_style *style, FILE *out);

/* What --format offers. A new format is a row and a name in formats.c, and a file. */
struct report_format {
	const char *name;
	const char *summary;
	void (*write)(const cJSON *report, const struct report_text_style *style, FILE *out);
};

extern const struct report_format report_formats[];
extern const size_t report_format_count;
/* The same names for the choices of an option; ends with NULL. */
extern const char *const report_format_names[];

/* NULL where there is no such format. */
const struct report_format *report_format_find(const char *name);

static inline void report_cleanup(cJSON **report)
{
	cJSON_Delete(*report);
}
#define cleanup_report __attribute__((cleanup(report_cleanup)))

#endif
