/*
 * A page of text: paragraphs that wrap by display columns, in a few styles.
 *
 *     page_open(&page, out, style);
 *     page_start(&page, "  ", "      ");       margins of the first and of further lines
 *     page_add(&page, PAGE_GOOD, mark);
 *     page_format(&page, PAGE_PLAIN, " %s", says);
 *     page_end(&page);                          wraps and writes
 *     page_close(&page);
 *
 * All text, margins included, is made printable on its way in, so that the
 * only control sequences that ever leave are the page's own. No line begins with
 * "::": a build server whose log this is would take it for a command.
 */
#ifndef ASSAY_REPORTS_PAGE_H
#define ASSAY_REPORTS_PAGE_H

#include "report.h"

#include "base/buffer.h"

#include <locale.h>

enum page_style { PAGE_PLAIN, PAGE_HEAD, PAGE_DIM, PAGE_GOOD, PAGE_BAD, PAGE_UNSURE, PAGE_TITLE, PAGE_STYLE_COUNT };

struct page {
	FILE *out;
	bool colour;
	size_t width;
	locale_t utf8;          /* for widths of characters; 0 where the system has none */
	struct buffer text;     /* of the paragraph that is being made, printable */
	struct buffer styles;   /* one byte for each of text: enum page_style */
	struct buffer first, rest; /* margins, printable */
};

void page_open(struct page *page, FILE *out, const struct report_text_style *style);
void page_close(struct page *page);

void page_start(struct page *page, const char *first, const char *rest);
void page_add(struct page *page, enum page_style style, const char *text);
void page_add_n(struct page *page, enum page_style style, const char *text, size_t length);
void page_format(struct page *page, enum page_style style, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Spaces up to the column, counted from the margin's end; one where the text is there already. */
void page_pad(struct page *page, size_t column);
void page_end(struct page *page);

void page_blank(struct page *page);
/* A heading with a blank line before it. */
void page_heading(struct page *page, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Each line of `text` a paragraph behind the margin; at most `limit` of them, then how many more there are. */
void page_block(struct page *page, enum page_style style, const char *margin, const char *text, size_t limit);

/* Columns that printable text takes on a terminal. */
size_t page_columns(const struct page *page, const char *text, size_t length);

#endif
