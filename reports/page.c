#include "page.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

enum {
	WIDTH_DEFAULT = 80,
	WIDTH_LEAST = 40,
	WIDTH_MOST = 120, /* longer lines are hard to read */
	MARKS_IN_A_ROW = 4, /* what people write stacks fewer marks on a letter; more would climb over other lines */
};

#define SPELT_COLON "\\x3a"

static const char *const style_codes[PAGE_STYLE_COUNT] = {
	[PAGE_PLAIN] = "",
	[PAGE_HEAD] = "\x1b[1m",
	[PAGE_DIM] = "\x1b[2m",
	[PAGE_GOOD] = "\x1b[32m",
	[PAGE_BAD] = "\x1b[31m",
	[PAGE_UNSURE] = "\x1b[33m",
	[PAGE_TITLE] = "\x1b[1;36m",
};

/* ---- widths ------------------------------------------------------------ */

/*
 * wcwidth answers for the thread's locale, and the program's is C: the page
 * lends it one that knows Unicode. Without it every character counts as one column.
 */
static size_t columns_of(const struct page *page, unsigned int character)
{
	locale_t before;
	int columns;

	if (character < 0x80)
		return 1;
	if (!page->utf8)
		return 1;
	before = uselocale(page->utf8);
	columns = wcwidth((wchar_t)character);
	uselocale(before);
	if (columns >= 0)
		return (size_t)columns;
	return character >= 0x1f000 ? 2 : 1; /* newer than the C library: pictures are wide */
}

/* Size in bytes of the character at `text`, which is printable and so UTF-8. */
static size_t step(const struct page *page, const char *text, size_t length, size_t *columns)
{
	unsigned int character = 0;
	size_t size = text_decode(text, length, &character);

	*columns = columns_of(page, character);
	return size ? size : 1;
}

size_t page_columns(const struct page *page, const char *text, size_t length)
{
	size_t total = 0, size, columns;

	for (size_t at = 0; at < length; at += size) {
		size = step(page, text + at, length - at, &columns);
		total += columns;
	}
	return total;
}

/* ---- putting together ------------------------------------------------------ */

void page_open(struct page *page, FILE *out, const struct report_text_style *style)
{
	size_t width = style && style->width ? style->width : WIDTH_DEFAULT;

	*page = (struct page){.out = out, .colour = style && style->colour};
	page->width = width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
	page->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

void page_close(struct page *page)
{
	if (page->utf8)
		freelocale(page->utf8);
	buffer_release(&page->text);
	buffer_release(&page->styles);
	buffer_release(&page->first);
	buffer_release(&page->rest);
}

static void empty(struct buffer *buffer)
{
	buffer->length = 0;
	if (buffer->data)
		buffer->data[0] = 0;
}

void page_start(struct page *page, const char *first, const char *rest)
{
	empty(&page->text);
	empty(&page->styles);
	empty(&page->first);
	empty(&page->rest);
	text_printable(&page->first, first, strlen(first), TEXT_LINE);
	text_printable(&page->rest, rest, strlen(rest), TEXT_LINE);
}

/* Copies printable text; combining marks past MARKS_IN_A_ROW are spelt out. */
static void add_marks_limited(struct page *page, const char *text, size_t length)
{
	size_t marks = 0, size, columns;

	for (size_t at = 0; at < length; at += size) {
		size = step(page, text + at, length - at, &columns);
		marks = columns ? 0 : marks + 1;
		if (text[at] == '[' && text_opens_command(&page->text)) { /* begun by what was added before */
			buffer_add_text(&page->text, "\\x5b");
		} else if (marks > MARKS_IN_A_ROW) {
			unsigned int character = 0;

			text_decode(text + at, length - at, &character);
			buffer_add_format(&page->text, "\\u{%04x}", character);
		} else {
			buffer_add(&page->text, text + at, size);
		}
	}
}

void page_add_n(struct page *page, enum page_style style, const char *text, size_t length)
{
	cleanup_buffer struct buffer printable = {0};

	text_printable(&printable, text, length, TEXT_LINE);
	add_marks_limited(page, buffer_text(&printable), printable.length);
	while (page->styles.length < page->text.length)
		buffer_add_char(&page->styles, (char)style);
}

void page_add(struct page *page, enum page_style style, const char *text)
{
	page_add_n(page, style, text, strlen(text));
}

void page_format(struct page *page, enum page_style style, const char *format, ...)
{
	cleanup_free char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	page_add(page, style, text ? text : format);
}

void page_pad(struct page *page, size_t column)
{
	size_t used = page_columns(page, buffer_text(&page->text), page->text.length);

	page_format(page, PAGE_PLAIN, "%*s", used < column ? (int)(column - used) : 1, "");
}

/* ---- wrapping ------------------------------------------------------------- */

/*
 * How many bytes of the text from `from` on stand on a line of `room` columns:
 * up to the last space that fits, or, in a word longer than the line, as many characters as fit.
 */
static size_t fit(const struct page *page, size_t from, size_t room)
{
	const char *text = page->text.data + from;
	size_t length = page->text.length - from;
	size_t used = 0, best = 0, at = 0;
	bool in_word = false;

	while (at < length) {
		size_t columns;
		size_t size = step(page, text + at, length - at, &columns);

		if (used + columns > room)
			break;
		if (text[at] != ' ')
			in_word = true;
		else if (in_word) /* spaces that begin a line are part of it */
			best = at;
		used += columns;
		at += size;
	}
	if (at == length || text[at] == ' ')
		return at;
	if (best > 0)
		return best;
	return at > 0 ? at : 1;
}

/* Spaces as a reader of logs trims them, which are not ASCII's only. */
static bool is_blank(unsigned int character)
{
	return character == ' ' || character == 0xa0 || character == 0x1680 ||
	       (character >= 0x2000 && character <= 0x200a) || character == 0x202f || character == 0x205f ||
	       character == 0x3000;
}

static size_t blank_length(const char *text, size_t length)
{
	size_t at = 0;

	while (at < length) {
		unsigned int character = 0;
		size_t size = text_decode(text + at, length - at, &character);

		if (size == 0 || !is_blank(character))
			break;
		at += size;
	}
	return at;
}

/* Where in the text a "::" stands that would begin the line; SIZE_MAX where none does. */
static size_t find_command(const struct page *page, const struct buffer *margin, size_t from)
{
	const char *text = buffer_text(&page->text);
	size_t at = from + blank_length(text + from, page->text.length - from);

	if (blank_length(buffer_text(margin), margin->length) < margin->length || strncmp(text + at, "::", 2) != 0)
		return SIZE_MAX;
	return at;
}

/* `spelt` is where a colon is spelt out. */
static void write_line(const struct page *page, const struct buffer *margin, size_t from, size_t end, size_t spelt)
{
	char current = PAGE_PLAIN;
	size_t indent = margin->length;

	while (end > from && page->text.data[end - 1] == ' ')
		end--;
	if (from == end) /* no spaces at a line's end */
		while (indent > 0 && margin->data[indent - 1] == ' ')
			indent--;
	fwrite(buffer_text(margin), 1, indent, page->out);
	for (size_t at = from; at < end; at++) {
		char style = page->styles.data[at];

		if (page->colour && style != current) {
			if (current != PAGE_PLAIN)
				fputs("\x1b[0m", page->out);
			fputs(style_codes[(unsigned char)style], page->out);
			current = style;
		}
		if (at == spelt)
			fputs(SPELT_COLON, page->out);
		else
			putc(page->text.data[at], page->out);
	}
	if (current != PAGE_PLAIN)
		fputs("\x1b[0m", page->out);
	putc('\n', page->out);
}

void page_end(struct page *page)
{
	const struct buffer *margin = &page->first;
	size_t from = 0;

	do {
		size_t indent = page_columns(page, buffer_text(margin), margin->length);
		size_t room = indent + WIDTH_LEAST / 4 < page->width ? page->width - indent : WIDTH_LEAST / 4;
		size_t spelt = find_command(page, margin, from);
		size_t size;

		if (spelt != SIZE_MAX)
			room -= sizeof SPELT_COLON - 2;
		size = page->text.length ? fit(page, from, room) : 0;
		write_line(page, margin, from, from + size, spelt);
		from += size;
		while (from < page->text.length && page->text.data[from] == ' ')
			from++;
		margin = &page->rest;
	} while (from < page->text.length);
	empty(&page->text);
	empty(&page->styles);
}

/* ---- ready-made ------------------------------------------------------------- */

void page_blank(struct page *page)
{
	putc('\n', page->out);
}

void page_heading(struct page *page, const char *format, ...)
{
	cleanup_free char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	page_blank(page);
	page_start(page, "", "");
	page_add(page, PAGE_TITLE, text ? text : format);
	page_end(page);
}

void page_block(struct page *page, enum page_style style, const char *margin, const char *text, size_t limit)
{
	size_t shown = 0, left = 0;

	while (*text) {
		size_t length = strcspn(text, "\n");

		if (shown < limit) {
			page_start(page, margin, margin);
			page_add_n(page, style, text, length);
			page_end(page);
			shown++;
		} else {
			left++;
		}
		text += length + (text[length] == '\n');
	}
	if (left) {
		page_start(page, margin, margin);
		page_format(page, PAGE_DIM, "and %zu more line%s", left, left == 1 ? "" : "s");
		page_end(page);
	}
}
