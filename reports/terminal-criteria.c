/* What holds, what does not, and what to learn from that. */
#include "terminal.h"

#include "base/memory.h"

#include <string.h>

static const char *const under = "           "; /* below the sentence of "  ✓ L1 2/2  …" */

static void write_row(struct page *page, const cJSON *criterion)
{
	page_start(page, "  ", under);
	terminal_mark(page, tree_text(criterion, "status"));
	page_format(page, PAGE_DIM, "L%ld %ld/%ld", tree_integer(criterion, "level"), tree_integer(criterion, "points"),
		    tree_integer(criterion, "points_possible"));
	page_pad(page, 9);
	terminal_cut(page, PAGE_PLAIN, tree_text(criterion, "says"));
	page_format(page, PAGE_DIM, " (%s)", tree_text(criterion, "id"));
	page_end(page);
}

static void write_evidence(struct page *page, const cJSON *criterion)
{
	size_t shown = 0;

	TREE_EACH(sentence, criterion, "evidence") {
		const char *text = cJSON_GetStringValue(sentence);

		if (shown == MOST_EVIDENCE)
			break;
		terminal_sentence(page, PAGE_DIM, under, text ? text : "");
		shown++;
	}
	terminal_more(page, under, tree_count(criterion, "evidence"), shown, "observation", "observations");
}

void terminal_holding(struct page *page, const cJSON *report)
{
	if (!tree_count_where(report, "criteria", "status", "met"))
		return;
	page_heading(page, "What holds");
	TREE_EACH(criterion, report, "criteria")
		if (tree_is(criterion, "status", "met"))
			write_row(page, criterion);
}

/* Those that could not be looked at would drown the reason why: one line for all of them. */
static void write_unobserved(struct page *page, const cJSON *report)
{
	size_t count = tree_count_where(report, "criteria", "status", "unobserved");
	const char *separator = "";

	if (!count)
		return;
	page_start(page, "  ", "    ");
	terminal_mark(page, "unobserved");
	page_format(page, PAGE_PLAIN, "%zu %s could not be looked at: ", count, count == 1 ? "criterion" : "criteria");
	TREE_EACH(criterion, report, "criteria") {
		if (!tree_is(criterion, "status", "unobserved"))
			continue;
		page_format(page, PAGE_DIM, "%s%s", separator, tree_text(criterion, "id"));
		separator = ", ";
	}
	page_end(page);
}

void terminal_lacking(struct page *page, const cJSON *report)
{
	size_t unmet = tree_count_where(report, "criteria", "status", "unmet");

	if (tree_is(tree_at(report, "verdict"), "status", "refused"))
		return;
	if (!unmet && !tree_count_where(report, "criteria", "status", "unobserved"))
		return;
	page_heading(page, "What does not hold");
	TREE_EACH(criterion, report, "criteria") {
		if (!tree_is(criterion, "status", "unmet"))
			continue;
		write_row(page, criterion);
		write_evidence(page, criterion);
		terminal_places(page, under, criterion);
	}
	write_unobserved(page, report);
}

/* ---- what to learn next --------------------------------------------------- */

static bool is_blocking(const cJSON *next, const char *id)
{
	TREE_EACH(name, next, "blocked_by") {
		const char *text = cJSON_GetStringValue(name);

		if (text && strcmp(text, id) == 0)
			return true;
	}
	return false;
}

static void add_first_place(struct page *page, const cJSON *criterion)
{
	const cJSON *place = cJSON_GetArrayItem(tree_at(criterion, "places"), 0);

	if (!place)
		return;
	page_add(page, PAGE_DIM, " (");
	terminal_place(page, PAGE_DIM, place);
	page_add(page, PAGE_DIM, ")");
}

static void write_lesson(struct page *page, const cJSON *criterion)
{
	page_start(page, "  → ", "    ");
	terminal_cut(page, PAGE_PLAIN, tree_text(criterion, "says"));
	add_first_place(page, criterion);
	page_end(page);
	if (tree_at(criterion, "learn")) {
		page_start(page, "    ", "    ");
		page_add(page, PAGE_DIM, tree_text(criterion, "learn")); /* the author's, however long */
		page_end(page);
	}
	if (tree_at(criterion, "statement")) {
		page_start(page, "    ", "    ");
		page_format(page, PAGE_DIM, "It would show: ");
		terminal_cut(page, PAGE_DIM, tree_text(criterion, "statement"));
		page_format(page, PAGE_DIM, " (%s)", tree_text(criterion, "skill"));
		page_end(page);
	}
}

/* Writes the unmet criteria that do, or do not, stand before the next level. */
static size_t write_lessons(struct page *page, const cJSON *report, const cJSON *next, bool blocking, const char *head)
{
	size_t written = 0;

	TREE_EACH(criterion, report, "criteria") {
		if (!tree_is(criterion, "status", "unmet") || is_blocking(next, tree_text(criterion, "id")) != blocking)
			continue;
		if (!blocking && !tree_at(criterion, "learn"))
			continue;
		if (!written++)
			terminal_sentence(page, PAGE_PLAIN, "  ", head);
		write_lesson(page, criterion);
	}
	return written;
}

void terminal_learn(struct page *page, const cJSON *report)
{
	const cJSON *next = tree_at(tree_at(report, "verdict"), "next");
	cleanup_free char *head = NULL;
	size_t blocking;

	if (!tree_count_where(report, "criteria", "status", "unmet"))
		return;
	head = text_format("For level %ld, %s:", tree_integer(next, "level"), tree_text(next, "level_name"));
	page_heading(page, "What to learn next");
	blocking = write_lessons(page, report, next, true, head);
	write_lessons(page, report, next, false, blocking ? "Besides:" : "");
}
