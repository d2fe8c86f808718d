#include "commands/report_output.h"

#include "base/file.h"
#include "base/memory.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

static unsigned int terminal_width(void)
{
	struct winsize size;

	/* long lines are hard to read however wide the window is */
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0 || size.ws_col > 100)
		return isatty(STDOUT_FILENO) ? 100 : 80;
	return size.ws_col;
}

struct report_text_style report_output_style(const char *path)
{
	return (struct report_text_style){.colour = !path && command_wants_colour(stdout),
					  .width = path ? 80 : terminal_width()};
}

static int write_report(const struct command_line *line, const cJSON *report, struct error **err)
{
	const char *path = command_line_text(line, "output");
	const char *name = command_line_given(line, "format") ? command_line_text(line, "format")
			   : path			      ? "json"
							      : "text";
	const struct report_format *format = report_format_find(name);
	const struct report_text_style style = report_output_style(path);
	cleanup_free char *text = NULL;
	size_t length = 0;
	FILE *memory;

	if (!path) {
		format->write(report, &style, stdout);
		if (fflush(stdout) != 0)
			return error_set_errno(err, ERROR_OTHER, "cannot write the report");
		return 0;
	}
	memory = open_memstream(&text, &length);
	if (!memory)
		return error_set_errno(err, ERROR_OTHER, "cannot write the report");
	format->write(report, &style, memory);
	fclose(memory);
	return file_write_atomic(path, text, length, err);
}

static int choose_edition(const struct command_line *line, const cJSON *report, cJSON **made, struct error **err)
{
	const char *wanted = command_line_text(line, "edition");
	enum report_edition edition;

	if (report_edition_of(report, &edition, err) < 0)
		return -1;
	if (wanted)
		for (edition = 0; strcmp(report_edition_names[edition], wanted) != 0; edition++)
			;
	return report_edition_make(report, edition, made, err);
}

int report_output(const struct command_line *line, const cJSON *report, const char *name, struct error **err)
{
	cleanup_report cJSON *made = NULL;

	if (choose_edition(line, report, &made, err) < 0)
		return error_wrap(err, "%s", name);
	return write_report(line, made, err);
}
