#include "report.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

#include <fcntl.h>
#include <string.h>

enum { REPORT_LIMIT_BYTES = 32 << 20 }; /* grading caps all that it keeps; an honest report is far below */

/* Where in the text a reader stopped, as an editor counts. */
static void find_position(const char *text, const char *stop, size_t *line, size_t *column)
{
	*line = 1;
	*column = 1;
	for (; text < stop; text++) {
		if (*text == '\n') {
			++*line;
			*column = 1;
		} else if (((unsigned char)*text & 0xc0) != 0x80) {
			++*column;
		}
	}
}

static int parse(const char *path, const struct buffer *text, cJSON **report, struct error **err)
{
	const char *start = buffer_text(text), *stop = start;
	size_t line, column;

	if (!text_is_utf8(start, text->length))
		return error_set(err, ERROR_OTHER, "%s: not a report: not UTF-8", path);
	if (strlen(start) != text->length)
		return error_set(err, ERROR_OTHER, "%s: not a report: a NUL byte in it", path);
	/* With the NUL in the length, cJSON can insist that nothing follows the document. */
	*report = cJSON_ParseWithLengthOpts(start, text->length + 1, &stop, true);
	if (*report)
		return 0;
	find_position(start, stop ? stop : start, &line, &column);
	return error_set(err, ERROR_OTHER, "%s:%zu:%zu: not JSON from here on", path, line, column);
}

int report_read(const char *path, cJSON **report, struct error **err)
{
	cleanup_buffer struct buffer text = {0};
	cleanup_report cJSON *tree = NULL;
	cleanup_free char *shown = text_printable_copy(path);
	const char *schema;

	if (file_read(AT_FDCWD, path, REPORT_LIMIT_BYTES, &text, err) < 0)
		return error_wrap(err, "reading a report");
	if (parse(shown, &text, &tree, err) < 0)
		return -1;
	schema = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, "schema"));
	if (!schema)
		return error_set(err, ERROR_OTHER, "%s: not a report: no \"schema\" in it", shown);
	if (strcmp(schema, REPORT_SCHEMA) != 0) {
		cleanup_free char *other = text_printable_copy(schema);

		return error_set(err, ERROR_OTHER, "%s: its schema is %.64s; this version reads " REPORT_SCHEMA,
				 shown, other);
	}
	*report = STEAL(tree);
	return 0;
}
