#include "commands/junit.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

void junit_add(struct junit *junit, const char *suite, const char *name, const char *failure, const char *note,
	       int64_t took_ms)
{
	struct junit_case *added = ARRAY_ADD(junit->cases, junit->count);

	*added = (struct junit_case){text_copy(suite), text_copy(name), text_copy(failure), text_copy(note), took_ms};
}

/* XML 1.0 has no way to write most control characters: text_printable has made them visible before. */
static void write_escaped(const char *text, FILE *out)
{
	cleanup_buffer struct buffer shown = {0};

	text_printable(&shown, text, strlen(text), TEXT_BLOCK);
	for (const char *c = buffer_text(&shown); *c; c++) {
		switch (*c) {
		case '&':
			fputs("&amp;", out);
			break;
		case '<':
			fputs("&lt;", out);
			break;
		case '>':
			fputs("&gt;", out);
			break;
		case '"':
			fputs("&quot;", out);
			break;
		case '\n': /* it would be read back as a space, and what follows begin a line of a log */
			fputs("&#10;", out);
			break;
		case '\t':
			fputs("&#9;", out);
			break;
		default:
			fputc(*c, out);
		}
	}
}

static void write_attribute(const char *name, const char *value, FILE *out)
{
	fprintf(out, " %s=\"", name);
	write_escaped(value, out);
	fputc('"', out);
}

/* Counts and time of the cases from `first` up to `end`. */
static void write_sums(const struct junit *junit, size_t first, size_t end, FILE *out)
{
	size_t failures = 0;
	int64_t took_ms = 0;

	for (size_t i = first; i < end; i++) {
		failures += junit->cases[i].failure != NULL;
		took_ms += junit->cases[i].took_ms;
	}
	fprintf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"0\" time=\"%.3f\"", end - first, failures,
		(double)took_ms / 1000.0);
}

static void write_case(const struct junit_case *one, FILE *out)
{
	fputs("    <testcase", out);
	write_attribute("name", one->name, out);
	write_attribute("classname", one->suite, out);
	fprintf(out, " time=\"%.3f\"", (double)one->took_ms / 1000.0);
	if (!one->failure && !one->note) {
		fputs("/>\n", out);
		return;
	}
	fputs(">\n", out);
	if (one->failure) {
		fputs("      <failure type=\"unsound\"", out);
		write_attribute("message", one->failure, out);
		fputs("/>\n", out);
	}
	if (one->note) {
		fputs("      <system-out>", out);
		write_escaped(one->note, out);
		fputs("</system-out>\n", out);
	}
	fputs("    </testcase>\n", out);
}

void junit_write(const struct junit *junit, const char *name, FILE *out)
{
	size_t end;

	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites", out);
	write_attribute("name", name, out);
	write_sums(junit, 0, junit->count, out);
	fputs(">\n", out);
	for (size_t first = 0; first < junit->count; first = end) {
		for (end = first;
		     end < junit->count && strcmp(junit->cases[end].suite, junit->cases[first].suite) == 0;)
			end++;
		fputs("  <testsuite", out);
		write_attribute("name", junit->cases[first].suite, out);
		write_sums(junit, first, end, out);
		fputs(">\n", out);
		for (size_t i = first; i < end; i++)
			write_case(&junit->cases[i], out);
		fputs("  </testsuite>\n", out);
	}
	fputs("</testsuites>\n", out);
}

void junit_release(struct junit *junit)
{
	for (size_t i = 0; i < junit->count; i++) {
		free(junit->cases[i].suite);
		free(junit->cases[i].name);
		free(junit->cases[i].failure);
		free(junit->cases[i].note);
	}
	free(junit->cases);
	*junit = (struct junit){0};
}
