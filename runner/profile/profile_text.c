/* The profile as a person reads it: the level and what it rests on, what contradicts, then each cell with its evidence.
 */
#include "base/memory.h"
#include "profile/profile.h"
#include "terminal.h"

#include <string.h>

enum {
	NAME_COLUMNS = 16,
	CELL_COLUMNS = 15,
	LEVELS = 3,
	MOST_NAME_BYTES = 40,
};

static const struct {
	const char *state, *mark;
	enum page_style style;
} states[] = {
	{"held", "✓", PAGE_GOOD},
	{"failed", "✗", PAGE_BAD},
	{"mixed", "±", PAGE_UNSURE},
	{"unobserved", "?", PAGE_DIM},
};

static void add_state(struct page *page, const cJSON *row)
{
	for (size_t i = 0; i < ARRAY_LENGTH(states); i++)
		if (tree_is(row, "state", states[i].state))
			page_add(page, states[i].style, states[i].mark);
}

static const char *plural(long count, const char *one, const char *many)
{
	return count == 1 ? one : many;
}

static const cJSON *report_of(const cJSON *profile, long number)
{
	TREE_EACH (report, profile, "reports")
		if (tree_integer(report, "number") == number)
			return report;
	return NULL;
}

/* ---- the level ------------------------------------------------------------------ */

/* "level 3 in 1 of 2 reports": where some hold it and some do not. */
static void write_disagreement(struct page *page, const cJSON *standing, const char *margin)
{
	TREE_EACH (level, standing, "levels") {
		size_t asked = tree_count(level, "asked_by"), held = tree_count(level, "held_by");

		if (held == 0 || held == asked)
			continue;
		page_start(page, margin, margin);
		page_format(page, PAGE_UNSURE, "level %ld in %zu of the %zu reports that ask for it",
			    tree_integer(level, "level"), held, asked);
		page_end(page);
	}
}

static void write_rests(struct page *page, const cJSON *standing, const char *margin)
{
	const cJSON *rests = tree_at(standing, "rests_on");
	long reports = tree_integer(rests, "reports"), criteria = tree_integer(rests, "criteria");

	page_start(page, margin, margin);
	if (tree_integer(standing, "level") > 0)
		page_format(page, PAGE_PLAIN, "rests on %ld %s: %ld %s, %ld points, all met", reports,
			    plural(reports, "report", "reports"), criteria, plural(criteria, "criterion", "criteria"),
			    tree_integer(rests, "points"));
	else
		page_add(page, PAGE_PLAIN, "no level is held by all that was handed in");
	page_end(page);
}

static void write_verdict(struct page *page, const cJSON *profile)
{
	const cJSON *verdict = tree_at(profile, "verdict");
	size_t count = tree_count(profile, "reports");

	page_start(page, "", "");
	page_format(page, PAGE_HEAD, "Profile from %zu %s", count, plural((long)count, "report", "reports"));
	page_end(page);
	page_blank(page);
	page_start(page, "  ", "  ");
	page_format(page, PAGE_HEAD, "Level %ld  %s", tree_integer(verdict, "level"), tree_text(verdict, "level_name"));
	page_format(page, PAGE_PLAIN, "  %ld of %ld points in all", tree_integer(verdict, "points"),
		    tree_integer(verdict, "points_possible"));
	page_end(page);
	write_rests(page, verdict, "  ");
	write_disagreement(page, verdict, "  ");
	TREE_EACH (axis, profile, "axes") {
		page_start(page, "  ", "  ");
		page_add(page, PAGE_PLAIN, tree_text(axis, "says"));
		page_pad(page, 24);
		page_format(page, PAGE_HEAD, "level %ld", tree_integer(axis, "level"));
		page_format(page, PAGE_PLAIN, "  %ld of %ld points", tree_integer(axis, "points"),
			    tree_integer(axis, "points_possible"));
		page_end(page);
		write_disagreement(page, axis, "      ");
	}
}

static void write_reports(struct page *page, const cJSON *profile)
{
	page_heading(page, "Reports");
	TREE_EACH (report, profile, "reports") {
		page_start(page, "  ", "     ");
		page_format(page, PAGE_HEAD, "%ld", tree_integer(report, "number"));
		page_pad(page, 3);
		terminal_cut_at(page, PAGE_PLAIN, tree_text(tree_at(report, "exercise"), "id"), MOST_NAME_BYTES);
		page_format(page, PAGE_PLAIN, "  level %ld of %ld, %ld of %ld points  ", tree_integer(report, "level"),
			    tree_integer(report, "highest_level"), tree_integer(report, "points"),
			    tree_integer(report, "points_possible"));
		terminal_cut_at(page, PAGE_DIM, tree_text(report, "file"), MOST_DIFFERENCE_BYTES);
		page_end(page);
	}
}

/* ---- contradictions --------------------------------------------------------------- */

static void write_side(struct page *page, const cJSON *profile, const cJSON *contradiction, const char *side,
		       const char *status)
{
	TREE_EACH (evidence, contradiction, side) {
		const cJSON *report = report_of(profile, tree_integer(evidence, "report"));

		page_start(page, "    ", "         ");
		terminal_mark(page, status);
		page_format(page, PAGE_HEAD, "%ld ", tree_integer(evidence, "report"));
		terminal_cut_at(page, PAGE_PLAIN, tree_text(tree_at(report, "exercise"), "id"), MOST_NAME_BYTES);
		page_format(page, PAGE_DIM, " (%s)  ", tree_text(evidence, "criterion"));
		terminal_cut(page, PAGE_PLAIN, tree_text(evidence, "says"));
		page_end(page);
		terminal_places(page, "         ", evidence);
	}
}

static void write_contradictions(struct page *page, const cJSON *profile)
{
	if (!tree_count(profile, "contradictions"))
		return;
	page_heading(page, "Held in one report, and not in another");
	TREE_EACH (contradiction, profile, "contradictions") {
		page_start(page, "  ", "      ");
		terminal_cut_at(page, PAGE_HEAD, tree_text(contradiction, "id"), MOST_NAME_BYTES);
		if (tree_at(contradiction, "level"))
			page_format(page, PAGE_HEAD, ", level %ld", tree_integer(contradiction, "level"));
		page_add(page, PAGE_PLAIN, "  ");
		terminal_cut(page, PAGE_PLAIN, tree_text(contradiction, "says"));
		page_end(page);
		write_side(page, profile, contradiction, "held", "met");
		write_side(page, profile, contradiction, "failed", "unmet");
	}
}

/* ---- concepts by level ------------------------------------------------------------ */

static const cJSON *cell_at(const cJSON *concept, long level)
{
	TREE_EACH (cell, concept, "cells")
		if (tree_integer(cell, "level") == level)
			return cell;
	return NULL;
}

/* "✓ 3", "± 2 of 3  ? 1": how many of the criteria that were looked at are met, and how many could not be. */
static void add_cell(struct page *page, const cJSON *cell)
{
	long met = tree_integer(cell, "met"), seen = met + tree_integer(cell, "unmet");

	if (!cell) {
		page_add(page, PAGE_DIM, "–");
		return;
	}
	if (seen) {
		add_state(page, cell);
		page_format(page, PAGE_PLAIN, " %ld", met);
	}
	if (met < seen)
		page_format(page, PAGE_PLAIN, " of %ld", seen);
	if (tree_integer(cell, "unobserved"))
		page_format(page, PAGE_DIM, "%s? %ld", seen ? "  " : "", tree_integer(cell, "unobserved"));
}

static void write_rows(struct page *page, const cJSON *profile, const char *axis)
{
	TREE_EACH (concept, profile, "concepts") {
		if (!tree_is(concept, "axis", axis))
			continue;
		page_start(page, "  ", "  ");
		terminal_cut_at(page, PAGE_HEAD, tree_text(concept, "id"), MOST_NAME_BYTES);
		for (long level = 1; level <= LEVELS; level++) {
			page_pad(page, (size_t)(NAME_COLUMNS + (level - 1) * CELL_COLUMNS));
			add_cell(page, cell_at(concept, level));
		}
		page_end(page);
	}
}

static void write_table(struct page *page, const cJSON *profile)
{
	page_heading(page, "What is held, by concept and level");
	page_start(page, "  ", "  ");
	for (long level = 1; level <= LEVELS; level++) {
		page_pad(page, (size_t)(NAME_COLUMNS + (level - 1) * CELL_COLUMNS));
		page_format(page, PAGE_DIM, "level %ld", level);
	}
	page_end(page);
	TREE_EACH (axis, profile, "axes")
		write_rows(page, profile, tree_text(axis, "id"));
}

/* "✓ 1 core, 2 all-units" */
static void add_of_status(struct page *page, const cJSON *row, const char *status)
{
	const char *separator = "";

	if (!tree_count_where(row, "evidence", "status", status))
		return;
	page_add(page, PAGE_PLAIN, "  ");
	terminal_mark(page, status);
	TREE_EACH (evidence, row, "evidence") {
		if (!tree_is(evidence, "status", status))
			continue;
		page_format(page, PAGE_PLAIN, "%s%ld ", separator, tree_integer(evidence, "report"));
		terminal_cut_at(page, PAGE_PLAIN, tree_text(evidence, "criterion"), MOST_NAME_BYTES);
		separator = ", ";
	}
}

static void add_all_evidence(struct page *page, const cJSON *row)
{
	add_of_status(page, row, "met");
	add_of_status(page, row, "unmet");
	add_of_status(page, row, "unobserved");
}

static void write_cells(struct page *page, const cJSON *profile)
{
	page_heading(page, "The evidence: report and criterion");
	TREE_EACH (concept, profile, "concepts") {
		TREE_EACH (cell, concept, "cells") {
			page_start(page, "  ", "      ");
			terminal_cut_at(page, PAGE_HEAD, tree_text(concept, "id"), MOST_NAME_BYTES);
			page_format(page, PAGE_DIM, " L%ld", tree_integer(cell, "level"));
			add_all_evidence(page, cell);
			page_end(page);
		}
	}
}

static void write_statements(struct page *page, const cJSON *profile)
{
	if (!tree_count(profile, "statements"))
		return;
	page_heading(page, "Statements");
	TREE_EACH (statement, profile, "statements") {
		page_start(page, "  ", "      ");
		add_state(page, statement);
		page_add(page, PAGE_PLAIN, " ");
		terminal_cut_at(page, PAGE_HEAD, tree_text(statement, "id"), MOST_NAME_BYTES);
		page_add(page, PAGE_PLAIN, "  ");
		terminal_cut(page, PAGE_PLAIN, tree_text(statement, "says"));
		page_format(page, PAGE_DIM, "  %ld met, %ld not", tree_integer(statement, "met"),
			    tree_integer(statement, "unmet"));
		page_end(page);
	}
}

static void (*const sections[])(struct page *page, const cJSON *profile) = {
	write_verdict, write_reports, write_contradictions, write_table, write_cells, write_statements,
};

void profile_write_text(const cJSON *profile, const struct report_text_style *style, FILE *out)
{
	struct page page;

	page_open(&page, out, style);
	for (size_t i = 0; i < ARRAY_LENGTH(sections); i++)
		sections[i](&page, profile);
	page_close(&page);
}
