/* Compilation: which units compile, and what rustc says of those that do not, in its own layout. */
#include "terminal.h"

#include <ctype.h>
#include <string.h>

/* What a compiler says quotes its input, which may look like a report: each line of it carries this mark. */
static const char *const gutter = "  │ ";

enum {
	GUTTER_MOST = 10, /* a longer one is not rustc's */
	HANG = 4,
	LABEL_COLUMNS = 24, /* the least room that a label wraps in */
};

/* Length of rustc's own gutter, "12 |" or "   |", or 0 where a line has none. */
static size_t gutter_length(const char *line, size_t length)
{
	size_t at = 0;

	while (at < length && at < GUTTER_MOST && (line[at] == ' ' || isdigit((unsigned char)line[at])))
		at++;
	return at < length && line[at] == '|' ? at + 1 : 0;
}

static size_t blank_length(const char *text, size_t length)
{
	size_t at = 0;

	while (at < length && text[at] == ' ')
		at++;
	return at;
}

/*
 * Where further lines of a wrapped line begin: below the label of "^^^ label",
 * and a bit to the right of the beginning of anything else; a label too
 * far right for that goes on from the left.
 */
static size_t hang_of(const struct page *page, const char *text, size_t length)
{
	size_t at = blank_length(text, length), label = at + HANG;

	if (at < length && strchr("^-_|+~=", text[at])) {
		while (at < length && strchr("^-_|+~= ", text[at]))
			at++;
		label = at;
	}
	return label + LABEL_COLUMNS <= page->width ? label : HANG;
}

static void write_rendered_line(struct page *page, const char *line, size_t length)
{
	cleanup_buffer struct buffer first = {0}, rest = {0};
	size_t own = gutter_length(line, length);
	bool is_headline = strncmp(line, "error", 5) == 0 || strncmp(line, "warning", 7) == 0;
	size_t hang = hang_of(page, line + own, length - own);

	buffer_add_text(&first, gutter);
	buffer_add(&first, line, own);
	buffer_add_text(&rest, gutter);
	if (own)
		buffer_add_format(&rest, "%*s", (int)own, "|");
	buffer_add_format(&rest, "%*s", (int)hang, "");
	page_start(page, buffer_text(&first), buffer_text(&rest));
	page_add_n(page, is_headline ? PAGE_BAD : PAGE_PLAIN, line + own, length - own);
	page_end(page);
}

static void write_rendered(struct page *page, const char *text)
{
	size_t lines = 0, left = 0, end = strlen(text);

	while (end > 0 && text[end - 1] == '\n')
		end--;
	for (size_t at = 0; at < end;) {
		size_t length = strcspn(text + at, "\n");

		if (length > MOST_VALUE_BYTES || lines + 1 > MOST_RENDERED_LINES)
			left++;
		else
			write_rendered_line(page, text + at, length);
		lines++;
		at += length + 1;
	}
	terminal_more(page, gutter, left, 0, "line of rustc's", "lines of rustc's");
}

static void write_error(struct page *page, const cJSON *diagnostic)
{
	const char *rendered = tree_text(diagnostic, "rendered");

	page_blank(page);
	page_start(page, "  ", "    ");
	if (terminal_place(page, PAGE_HEAD, diagnostic))
		page_add(page, PAGE_PLAIN, "  ");
	if (tree_at(diagnostic, "code"))
		page_format(page, PAGE_BAD, "%s ", tree_text(diagnostic, "code"));
	page_add(page, PAGE_PLAIN, tree_text(diagnostic, "concept"));
	page_end(page);
	if (*rendered)
		write_rendered(page, rendered);
	else
		terminal_sentence(page, PAGE_PLAIN, gutter, tree_text(diagnostic, "message"));
}

/* Returns whether errors were shown, after which the next row wants some air. */
static bool write_build(struct page *page, const cJSON *build)
{
	bool compiled = tree_is_true(build, "compiled");
	size_t errors = tree_count_where(build, "diagnostics", "level", "error"), shown = 0;

	page_start(page, "  ", "    ");
	terminal_mark(page, compiled ? "passed" : "failed");
	if (tree_at(build, "unit"))
		page_format(page, PAGE_HEAD, "%s ", tree_text(build, "unit"));
	terminal_cut(page, PAGE_PLAIN, tree_text(build, "file"));
	if (!compiled && errors)
		page_format(page, PAGE_BAD, "  %zu error%s", errors, errors == 1 ? "" : "s");
	else if (!compiled) /* it did not come to a diagnostic: a limit, say */
		page_format(page, PAGE_BAD, "  %s", tree_text(build, "ended"));
	page_end(page);
	TREE_EACH(diagnostic, build, "diagnostics") {
		if (compiled || shown == MOST_ERRORS)
			break;
		if (!tree_is(diagnostic, "level", "error"))
			continue;
		write_error(page, diagnostic);
		shown++;
	}
	if (!compiled)
		terminal_more(page, "  ", errors, shown, "error", "errors");
	return shown > 0;
}

void terminal_builds(struct page *page, const cJSON *report)
{
	size_t all = tree_count(report, "builds"), compiled = 0;
	bool wants_air = false;

	TREE_EACH(build, report, "builds")
		compiled += tree_is_true(build, "compiled");
	if (all == 0 || (all == 1 && compiled == 1)) /* "What holds" says it */
		return;
	if (all == 1)
		page_heading(page, "Does not compile");
	else
		page_heading(page, "Units: %zu of %zu compile", compiled, all);
	TREE_EACH(build, report, "builds") {
		if (wants_air)
			page_blank(page);
		wants_air = write_build(page, build);
	}
}
