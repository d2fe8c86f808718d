/* Hidden tests and probes: counts for what passed, the whole story for what did not. */
#include "terminal.h"

#include "base/memory.h"

#include <string.h>

enum { LABEL_COLUMNS = 12 };

/* Facts, never intent. */
static const struct {
	const char *why, *says;
} reasons[] = {
	{"differs", "gave another result than the reference"},
	{"missing", "observed less than the reference"},
	{"extra", "observed more than the reference"},
	{"panicked", "panicked"},
	{"aborted", "aborted its process"},
	{"stack-overflow", "overflowed its stack"},
	{"went-on", "went on where its process must end"},
	{"stopped-early", "ended before the test was over"},
	{"wall", "did not end within its time"},
	{"cpu", "used more processor time than it is given"},
	{"memory", "used more memory than it is given"},
	{"output", "wrote more than it is given room for"},
	{"processes", "started more threads or processes than it is given"},
	{"file-size", "wrote a larger file than it may"},
	{"disk", "filled the room it has for files"},
	{"inodes", "made more files than it may"},
	{"descriptors", "opened more files at once than it may"},
	{"signal", "was ended by a signal"},
	{"syscall", "called the system in a way that tests may not"},
	{"forged", "sent records that did not come from the test"},
	{"exit", "ended its own process"},
};

static const char *reason_for(const char *why)
{
	for (size_t i = 0; i < ARRAY_LENGTH(reasons); i++)
		if (strcmp(reasons[i].why, why) == 0)
			return reasons[i].says;
	return why;
}

/* ---- values --------------------------------------------------------------- */

/*
 * Two long values that differ far inside are shown from shortly before the
 * first difference; where that is.
 */
static size_t skip_common(const char *expected, const char *observed)
{
	enum { KEPT_BEFORE = 24, WORTH_SKIPPING = 80 };
	size_t same = 0;

	while (expected[same] && expected[same] == observed[same])
		same++;
	if (same < WORTH_SKIPPING)
		return 0;
	same -= KEPT_BEFORE;
	while (same > 0 && ((unsigned char)expected[same] & 0xc0) == 0x80)
		same--;
	return same;
}

static void write_value(struct page *page, const char *label, enum page_style style, const char *value, size_t skip)
{
	page_start(page, "      ", "        ");
	terminal_cut(page, PAGE_DIM, label);
	page_pad(page, LABEL_COLUMNS);
	if (skip)
		page_format(page, PAGE_DIM, "(%zu bytes the same) …", skip);
	terminal_cut_at(page, style, value + skip, skip ? MOST_DIFFERENCE_BYTES : MOST_VALUE_BYTES);
	page_end(page);
}

static void write_difference(struct page *page, const cJSON *difference)
{
	const char *expected = tree_text(difference, "expected"), *observed = tree_text(difference, "observed");
	size_t skip = skip_common(expected, observed);

	if (!difference)
		return;
	page_start(page, "      ", "        ");
	terminal_cut(page, PAGE_HEAD, tree_text(difference, "label"));
	page_add(page, PAGE_PLAIN, ":");
	page_end(page);
	write_value(page, "expected", PAGE_GOOD, expected, skip);
	write_value(page, "observed", PAGE_BAD, observed, skip);
}

/* The last ones: they stand nearest to what went wrong. */
static void write_inputs(struct page *page, const cJSON *test)
{
	size_t all = tree_count(test, "inputs"), passed = 0;

	if (all > MOST_INPUTS) {
		page_start(page, "      ", "      ");
		page_format(page, PAGE_DIM, "(after %zu earlier input%s)", all - MOST_INPUTS,
			    all - MOST_INPUTS == 1 ? "" : "s");
		page_end(page);
	}
	TREE_EACH(input, test, "inputs") {
		if (passed++ + MOST_INPUTS < all)
			continue;
		write_value(page, tree_text(input, "label"), PAGE_PLAIN, tree_text(input, "value"), 0);
	}
}

/* ---- tests --------------------------------------------------------------------- */

static void write_failed(struct page *page, const cJSON *test)
{
	page_blank(page);
	page_start(page, "  ", "    ");
	terminal_mark(page, "failed");
	if (tree_at(test, "unit"))
		page_format(page, PAGE_HEAD, "%s: ", tree_text(test, "unit"));
	page_format(page, PAGE_HEAD, "%s", tree_text(test, "name"));
	if (!tree_is(test, "group", tree_text(test, "unit")))
		page_format(page, PAGE_DIM, " (%s)", tree_text(test, "group"));
	page_format(page, PAGE_PLAIN, " %s", reason_for(tree_text(test, "why")));
	page_end(page);
	terminal_sentence(page, PAGE_DIM, "    ", tree_text(test, "says"));
	terminal_sentence(page, PAGE_PLAIN, "    ", tree_text(test, "detail"));
	write_inputs(page, test);
	write_difference(page, tree_at(test, "difference"));
}

static bool is_first_of_group(const cJSON *report, const cJSON *test)
{
	TREE_EACH(other, report, "tests")
		if (tree_is(other, "group", tree_text(test, "group")))
			return other == test;
	return false;
}

static void add_group(struct page *page, const cJSON *report, const char *group)
{
	size_t all = 0, passed = 0;

	TREE_EACH(test, report, "tests") {
		if (!tree_is(test, "group", group))
			continue;
		all++;
		passed += tree_is(test, "status", "passed");
	}
	page_add(page, PAGE_PLAIN, group);
	page_format(page, passed == all ? PAGE_GOOD : PAGE_BAD, " %zu/%zu", passed, all);
}

static void write_groups(struct page *page, const cJSON *report)
{
	const char *separator = "";

	page_start(page, "  ", "  ");
	TREE_EACH(test, report, "tests") {
		if (!is_first_of_group(report, test))
			continue;
		page_add(page, PAGE_PLAIN, separator);
		add_group(page, report, tree_text(test, "group"));
		separator = ",  ";
	}
	page_end(page);
}

/* Tests that could not be run mostly share one reason. */
static void add_first_reason(struct page *page, const cJSON *report)
{
	TREE_EACH(test, report, "tests") {
		if (!tree_is(test, "status", "unobserved") || !tree_at(test, "detail"))
			continue;
		page_add(page, PAGE_PLAIN, ": ");
		terminal_cut(page, PAGE_PLAIN, tree_text(test, "detail"));
		return;
	}
}

void terminal_tests(struct page *page, const cJSON *report)
{
	size_t all = tree_count(report, "tests"), shown = 0;
	size_t failed = tree_count_where(report, "tests", "status", "failed");
	size_t unobserved = tree_count_where(report, "tests", "status", "unobserved");

	if (!all || unobserved == all) /* the build says why */
		return;
	page_heading(page, "Hidden tests: %zu of %zu passed",
		     tree_count_where(report, "tests", "status", "passed"), all);
	write_groups(page, report);
	TREE_EACH(test, report, "tests") {
		if (!tree_is(test, "status", "failed"))
			continue;
		if (shown == MOST_FAILED_TESTS)
			break;
		write_failed(page, test);
		shown++;
	}
	terminal_more(page, "  ", failed, shown, "failed test", "failed tests");
	if (unobserved) {
		if (shown)
			page_blank(page);
		page_start(page, "  ", "    ");
		terminal_mark(page, "unobserved");
		page_format(page, PAGE_PLAIN, "%zu could not be run", unobserved);
		add_first_reason(page, report);
		page_end(page);
	}
}

/* ---- probes ---------------------------------------------------------------------- */

static void add_codes(struct page *page, enum page_style style, const cJSON *probe, const char *key)
{
	const char *separator = "";

	if (!tree_count(probe, key))
		page_add(page, style, "no error");
	TREE_EACH(error, probe, key) {
		page_format(page, style, "%s%s at line %ld", separator, tree_text(error, "code"),
			    tree_integer(error, "line"));
		separator = ", ";
	}
}

static void write_probe(struct page *page, const cJSON *probe)
{
	page_start(page, "  ", "    ");
	terminal_mark(page, tree_text(probe, "status"));
	terminal_cut(page, PAGE_PLAIN, tree_text(probe, "says"));
	page_format(page, PAGE_DIM, " (%s)", tree_text(probe, "id"));
	page_end(page);
	if (!tree_is(probe, "status", "failed"))
		return;
	terminal_sentence(page, PAGE_PLAIN, "    ", tree_text(probe, "why"));
	if (cJSON_Compare(tree_at(probe, "expected"), tree_at(probe, "found"), true)) /* the twin is why */
		return;
	page_start(page, "    ", "      ");
	page_add(page, PAGE_DIM, "expected ");
	add_codes(page, PAGE_GOOD, probe, "expected");
	page_add(page, PAGE_DIM, ", found ");
	add_codes(page, PAGE_BAD, probe, "found");
	page_end(page);
}

void terminal_probes(struct page *page, const cJSON *report)
{
	size_t all = tree_count(report, "probes");

	if (!all || tree_count_where(report, "probes", "status", "unobserved") == all)
		return;
	page_heading(page, "Misuse that must not compile: %zu of %zu held",
		     tree_count_where(report, "probes", "status", "held"), all);
	TREE_EACH(probe, report, "probes")
		write_probe(page, probe);
}
