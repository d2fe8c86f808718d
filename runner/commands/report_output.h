/*
 * Where a report goes: what the commands that write one share.
 *
 * Their tables hold the two rows below and one named "edition"; report_output then
 * reads all three. In a file a report is JSON if not told otherwise, on standard
 * output text.
 */
#ifndef ASSAY_REPORT_OUTPUT_H
#define ASSAY_REPORT_OUTPUT_H

#include "commands/command.h"
#include "edition.h"
#include "report.h"

/* clang-format off */
#define REPORT_OPTION_OUTPUT \
	{"output", 'o', OPTION_TEXT, "FILE", "write the report here instead of on standard output"}
#define REPORT_OPTION_FORMAT \
	{"format", 'f', OPTION_CHOICE, "FORMAT", "text for people, json for programs", .choices = report_format_names}
/* clang-format on */

/* Writes the edition that --edition names, or the one that the report is; `name` is what an error calls the report. */
int report_output(const struct command_line *line, const cJSON *report, const char *name, struct error **err);

/* How text looks that goes to the file, or to standard output where path is NULL. */
struct report_text_style report_output_style(const char *path);

#endif
