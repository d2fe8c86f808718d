/* The level on each axis, and the rule by which levels are given. */
#include "terminal.h"

enum { AXIS_COLUMNS = 24 };

void terminal_axes(struct page *page, const cJSON *verdict)
{
	/* one axis is the whole, and was told */
	if (tree_count(verdict, "axes") < 2)
		return;
	TREE_EACH (axis, verdict, "axes") {
		page_start(page, "  ", "    ");
		terminal_cut(page, PAGE_PLAIN, tree_text(axis, "says"));
		page_pad(page, AXIS_COLUMNS);
		page_format(page, PAGE_HEAD, "level %ld", tree_integer(axis, "level"));
		page_format(page, PAGE_DIM, " of %ld  %ld of %ld points", tree_integer(axis, "highest_level"),
			    tree_integer(axis, "points"), tree_integer(axis, "points_possible"));
		page_end(page);
	}
}

void terminal_rule(struct page *page, const cJSON *report)
{
	const cJSON *verdict = tree_at(report, "verdict");

	if (tree_is(verdict, "status", "refused") || !tree_count(verdict, "rule"))
		return;
	page_heading(page, "How levels are given");
	page_start(page, "  ", "  ");
	TREE_EACH (sentence, verdict, "rule") {
		const char *text = cJSON_GetStringValue(sentence);

		page_format(page, PAGE_DIM, "%s ", text ? text : "");
	}
	page_end(page);
}
