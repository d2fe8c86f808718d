#include "commands/sheet.h"

#include "base/text.h"

#include <string.h>

/* ---- plain --------------------------------------------------------------- */

enum { MARGIN = 2, TERM_WIDTH = 24 }; /* columns: of entries, and of a term that shares its line with its text */

/* Columns that a text takes; our own texts hold no wide or combining characters. */
static size_t columns_of(const char *text, size_t length)
{
	size_t columns = 0;

	for (size_t i = 0; i < length; i++)
		columns += ((unsigned char)text[i] & 0xc0) != 0x80;
	return columns;
}

static void add_spaces(struct buffer *out, size_t count)
{
	buffer_add_format(out, "%*s", (int)count, "");
}

/* Fills lines from `column` on, later ones from `indent`; ends with a newline. */
static void flow(struct buffer *out, const char *text, size_t length, size_t column, size_t indent)
{
	size_t start = column;

	for (size_t i = 0; i < length;) {
		size_t gap = strspn(text + i, " \n"), word = strcspn(text + i + gap, " \n"), columns;

		i += gap;
		if (i >= length || word == 0)
			break;
		columns = columns_of(text + i, word);
		if (column > start && column + 1 + columns > SHEET_WIDTH) {
			buffer_add_char(out, '\n');
			add_spaces(out, indent);
			column = start = indent;
		}
		if (column > start) {
			buffer_add_char(out, ' ');
			column++;
		}
		buffer_add(out, text + i, word);
		column += columns;
		i += word;
	}
	buffer_add_char(out, '\n');
}

static void plain_heading(struct sheet *sheet, const char *text)
{
	if (sheet->out.length)
		buffer_add_char(&sheet->out, '\n');
	buffer_add_format(&sheet->out, sheet->colour ? "\x1b[1m%s\x1b[0m\n" : "%s\n", text);
}

static void plain_paragraph(struct sheet *sheet, const char *text)
{
	while (*text) {
		const char *end = strstr(text, "\n\n");
		size_t length = end ? (size_t)(end - text) : strlen(text);

		if (sheet->out.length)
			buffer_add_char(&sheet->out, '\n');
		flow(&sheet->out, text, length, 0, 0);
		text += length + strspn(text + length, "\n");
	}
}

static void plain_entry(struct sheet *sheet, const char *term, const char *text)
{
	size_t column = MARGIN + columns_of(term, strlen(term)), indent = MARGIN + TERM_WIDTH;

	add_spaces(&sheet->out, MARGIN);
	buffer_add_text(&sheet->out, term);
	if (column + 2 > indent) {
		buffer_add_char(&sheet->out, '\n');
		column = 0;
	}
	add_spaces(&sheet->out, indent - column);
	flow(&sheet->out, text, strlen(text), indent, indent);
}

const struct sheet_style sheet_plain = {
	.heading = plain_heading,
	.subheading = plain_heading,
	.paragraph = plain_paragraph,
	.entry = plain_entry,
};

/* ---- roff ---------------------------------------------------------------- */

/* Text as roff reads it back: no request at a line's start, hyphens that can be pasted into a shell. */
static void add_roff(struct buffer *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		buffer_add_text(out, "\\&");
	for (; *text; text++) {
		if (*text == '\\')
			buffer_add_text(out, "\\e");
		else if (*text == '-')
			buffer_add_text(out, "\\-");
		else if (*text == '\n' && (text[1] == '.' || text[1] == '\''))
			buffer_add_text(out, "\n\\&");
		else if (*text == '\n' && text[1] == '\n')
			buffer_add_text(out, "\n.PP"); /* the second newline follows */
		else
			buffer_add_char(out, *text);
	}
	buffer_add_char(out, '\n');
}

static void roff_heading(struct sheet *sheet, const char *text)
{
	buffer_add_text(&sheet->out, ".SH ");
	for (; *text; text++)
		buffer_add_char(&sheet->out, *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text);
	buffer_add_char(&sheet->out, '\n');
}

static void roff_subheading(struct sheet *sheet, const char *text)
{
	buffer_add_text(&sheet->out, ".SS ");
	add_roff(&sheet->out, text);
}

static void roff_paragraph(struct sheet *sheet, const char *text)
{
	buffer_add_text(&sheet->out, ".PP\n");
	add_roff(&sheet->out, text);
}

static void roff_entry(struct sheet *sheet, const char *term, const char *text)
{
	buffer_add_text(&sheet->out, ".TP\n.B ");
	add_roff(&sheet->out, term);
	add_roff(&sheet->out, text);
}

const struct sheet_style sheet_roff = {
	.heading = roff_heading,
	.subheading = roff_subheading,
	.paragraph = roff_paragraph,
	.entry = roff_entry,
};
