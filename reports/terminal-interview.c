/* What to ask the author, and what to listen for. */
#include "terminal.h"

#include "base/memory.h"

#include <string.h>

static const char under[] = "     ";

static void write_heard(struct page *page, const char *who, const char *says)
{
	page_start(page, under, "             ");
	page_format(page, PAGE_DIM, "%-6s  ", who);
	terminal_cut(page, PAGE_PLAIN, says);
	page_end(page);
}

/* Most questions name their place themselves. */
static bool names_its_place(const cJSON *question)
{
	cleanup_free char *place = text_format("%s:%ld", tree_text(question, "file"), tree_integer(question, "line"));

	return strstr(tree_text(question, "asks"), place) != NULL;
}

/* The line that the question is about. */
static void write_place(struct page *page, const cJSON *question)
{
	if (!tree_at(question, "file") || (names_its_place(question) && !tree_at(question, "code")))
		return;
	page_start(page, "     │ ", "     │ ");
	if (!names_its_place(question)) {
		terminal_place(page, PAGE_HEAD, question);
		page_add(page, PAGE_PLAIN, "  ");
	}
	terminal_cut(page, PAGE_HEAD, tree_text(question, "code"));
	page_end(page);
}

static void write_question(struct page *page, const cJSON *question, size_t number)
{
	page_start(page, "  ", under);
	page_format(page, PAGE_HEAD, "%zu. ", number);
	terminal_cut_at(page, PAGE_PLAIN, tree_text(question, "asks"), 2 * MOST_VALUE_BYTES);
	page_end(page);
	write_place(page, question);
	write_heard(page, "junior", tree_text(question, "junior"));
	write_heard(page, "senior", tree_text(question, "senior"));
}

void terminal_interview(struct page *page, const cJSON *report)
{
	size_t number = 0;

	if (!tree_count(report, "interview"))
		return;
	page_heading(page, "To ask in an interview, and what to listen for");
	TREE_EACH (question, report, "interview") {
		if (number == MOST_QUESTIONS)
			break;
		write_question(page, question, ++number);
	}
}
