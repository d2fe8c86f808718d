#include "terminal.h"

#include "base/memory.h"

#include <string.h>

enum mark { MARK_GOOD, MARK_BAD, MARK_UNSURE };

static const struct {
	enum page_style style;
	const char *shown;
} marks[] = {
	[MARK_GOOD] = {PAGE_GOOD, "✓"},
	[MARK_BAD] = {PAGE_BAD, "✗"},
	[MARK_UNSURE] = {PAGE_UNSURE, "?"},
};

/* What is not here was not observed, whatever it is called. */
static const struct {
	const char *status;
	enum mark mark;
} statuses[] = {
	{"met", MARK_GOOD},  {"passed", MARK_GOOD}, {"held", MARK_GOOD},  {"right", MARK_GOOD},
	{"unmet", MARK_BAD}, {"failed", MARK_BAD},  {"wrong", MARK_BAD},
};

void terminal_mark(struct page *page, const char *status)
{
	enum mark mark = MARK_UNSURE;

	for (size_t i = 0; i < ARRAY_LENGTH(statuses); i++)
		if (strcmp(statuses[i].status, status) == 0)
			mark = statuses[i].mark;
	page_add(page, marks[mark].style, marks[mark].shown);
	page_add(page, PAGE_PLAIN, " ");
}

bool terminal_place(struct page *page, enum page_style style, const cJSON *place)
{
	const char *file = tree_text(place, "file");
	long line = tree_integer(place, "line"), column = tree_integer(place, "column");

	if (!*file)
		return false;
	terminal_cut(page, style, file);
	if (line > 0)
		page_format(page, style, ":%ld", line);
	if (line > 0 && column > 0)
		page_format(page, style, ":%ld", column);
	return true;
}

void terminal_places(struct page *page, const char *margin, const cJSON *object)
{
	size_t shown = 0;

	TREE_EACH(place, object, "places") {
		if (shown == MOST_PLACES)
			break;
		page_start(page, margin, margin);
		terminal_place(page, PAGE_HEAD, place);
		page_add(page, PAGE_PLAIN, "  ");
		terminal_cut(page, PAGE_PLAIN, tree_text(place, "says"));
		page_end(page);
		shown++;
	}
	terminal_more(page, margin, tree_count(object, "places"), shown, "place", "places");
}

void terminal_cut(struct page *page, enum page_style style, const char *text)
{
	terminal_cut_at(page, style, text, MOST_VALUE_BYTES);
}

void terminal_cut_at(struct page *page, enum page_style style, const char *text, size_t limit)
{
	size_t length = strlen(text), end = limit;

	if (length <= end) {
		page_add(page, style, text);
		return;
	}
	while (end > 0 && ((unsigned char)text[end] & 0xc0) == 0x80) /* not within a character */
		end--;
	if (end == 0) /* not UTF-8 at all */
		end = limit;
	page_add_n(page, style, text, end);
	page_format(page, PAGE_DIM, "… (%zu bytes more)", length - end);
}

void terminal_sentence(struct page *page, enum page_style style, const char *margin, const char *text)
{
	if (!*text)
		return;
	page_start(page, margin, margin);
	terminal_cut(page, style, text);
	page_end(page);
}

void terminal_more(struct page *page, const char *margin, size_t all, size_t shown, const char *one, const char *many)
{
	if (all <= shown)
		return;
	page_start(page, margin, margin);
	page_format(page, PAGE_DIM, "and %zu more %s", all - shown, all - shown == 1 ? one : many);
	page_end(page);
}

const cJSON *terminal_by_id(const cJSON *object, const char *key, const char *id)
{
	TREE_EACH(item, object, key)
		if (tree_is(item, "id", id))
			return item;
	return NULL;
}
