/* What a sanitizer wrote, read with distrust; and where in a submission that is. */
#include "rust/sanitizer.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ADDR2LINE "/usr/bin/addr2line" /* of binutils, without which there is hardly a linker either */
#define PLACES_LIMIT (64u << 10)       /* bytes that it prints */
#define ACCESS_LIMIT 40		       /* bytes of "READ of size 8" */

/* How a report's first line goes on. A row that begins another stands after it. */
static const struct {
	const char *begins, *kind, *says;
	bool is_limit;
} kinds[] = {
	{"heap-use-after-free", "heap-use-after-free", "used memory that had been freed"},
	{"heap-buffer-overflow", "heap-buffer-overflow", "reached outside of what was allocated"},
	{"stack-buffer-overflow", "stack-buffer-overflow", "reached outside of a local variable"},
	{"dynamic-stack-buffer-overflow", "stack-buffer-overflow", "reached outside of a local variable"},
	{"stack-buffer-underflow", "stack-buffer-overflow", "reached outside of a local variable"},
	{"stack-use-after-return", "stack-use-after-return", "used a local variable of a function that had returned"},
	{"stack-use-after-scope", "stack-use-after-scope", "used a local variable after the end of its block"},
	{"global-buffer-overflow", "global-buffer-overflow", "reached outside of a static"},
	{"attempting double-free", "double-free", "freed the same memory twice"},
	{"attempting free on address which was not malloc", "bad-free",
	 "freed what was not allocated, or not at its start"},
	{"SEGV", "bad-address", "touched an address at which it has no memory"},
	{"BUS", "bad-address", "touched an address at which it has no memory"},
	{"memcpy-param-overlap", "overlapping-copy", "copied between places that overlap"},
	{"negative-size-param", "negative-size", "asked for a copy of negative size"},
	{"ILL", "illegal-instruction", "ran into an instruction that traps"},
	{"FPE", "arithmetic-trap", "ran into an arithmetic trap"},
	{"stack-overflow", "stack-overflow", "the stack was used up", .is_limit = true},
	{"requested allocation size", "allocation-size", "more was to be allocated than can be", .is_limit = true},
	{"allocation-size-too-big", "allocation-size", "more was to be allocated than can be", .is_limit = true},
	{"out of memory", "out-of-memory", "memory was used up", .is_limit = true},
	{"", "other", "did what AddressSanitizer stops"},
};

/* Of ThreadSanitizer's, which say less of how it came about; the first that begins it. */
static const struct {
	const char *begins, *kind, *says;
} thread_kinds[] = {
	{"data race", "data-race", "touched memory from two threads, at least one of which wrote, with nothing between that orders them"},
	{"heap-use-after-free", "heap-use-after-free", "used memory that another thread had freed"},
	{"", "other", "did what ThreadSanitizer stops"},
};

static void read_access(const char *text, struct sanitizer_report *report)
{
	static const char *const accesses[] = {"READ of size ",	    "WRITE of size ",	     "  Read of size ",
					       "  Write of size ", "  Atomic read of size ", "  Atomic write of size "};

	const char *first = NULL;
	size_t first_length = 0;

	for (size_t i = 0; i < ARRAY_LENGTH(accesses); i++) {
		const char *at = strstr(text, accesses[i]);
		size_t length = at ? strlen(accesses[i]) + strspn(at + strlen(accesses[i]), "0123456789") : 0;

		if (length && length < ACCESS_LIMIT && (at == text || at[-1] == '\n') && (!first || at < first)) {
			first = at + strspn(at, " ");
			first_length = length - strspn(at, " ");
		}
	}
	if (first)
		report->access = text_copy_n(first, first_length);
}

/* "    #0 0x2fd799  (/test+0x2fd799)", up to the blank line that ends the first stack. */
static void read_frames(const char *text, struct sanitizer_report *report)
{
	const char *end = strstr(text, "\n\n");

	for (const char *line = strchr(text, '\n'); line && (!end || line < end); line = strchr(line + 1, '\n')) {
		const char *at = line + 1 + strspn(line + 1, " ");
		const char *address;

		if (*at != '#' || report->frame_count == SANITIZER_FRAMES)
			continue;
		address = at + 1 + strspn(at + 1, "0123456789");
		if (strncmp(address, " 0x", 3) == 0)
			report->frames[report->frame_count++] = strtoull(address + 1, NULL, 16);
	}
}

static bool parse_race(const char *text, struct sanitizer_report *report)
{
	static const char begins[] = "WARNING: ThreadSanitizer: ";
	const char *error = strstr(text, begins);
	size_t row = 0;

	if (!error)
		return false;
	error += sizeof begins - 1;
	while (strncmp(error, thread_kinds[row].begins, strlen(thread_kinds[row].begins)) != 0)
		row++;
	report->kind = thread_kinds[row].kind;
	report->says = thread_kinds[row].says;
	report->is_memory_error = true;
	read_access(error, report);
	read_frames(error, report);
	return true;
}

bool sanitizer_report_parse(const char *text, struct sanitizer_report *report)
{
	static const char begins[] = "ERROR: AddressSanitizer: ";
	const char *error = strstr(text, begins);
	size_t row = 0;

	*report = (struct sanitizer_report){0};
	if (!error)
		return parse_race(text, report);
	error += sizeof begins - 1;
	while (strncmp(error, kinds[row].begins, strlen(kinds[row].begins)) != 0)
		row++;
	report->kind = kinds[row].kind;
	report->says = kinds[row].says;
	report->is_memory_error = !kinds[row].is_limit;
	read_access(error, report);
	read_frames(error, report);
	return true;
}

void sanitizer_report_release(struct sanitizer_report *report)
{
	free(report->access);
	*report = (struct sanitizer_report){0};
}

/* "/submission/src/lib.rs:12", one frame a line, innermost first; "??:0" and places in std are passed over. */
static void find_place(const char *printed, struct place *place)
{
	static const char inside[] = "\n/submission/";
	const char *line = strstr(printed, inside), *colon;

	if (!line)
		return;
	line += sizeof inside - 1;
	colon = memchr(line, ':', strcspn(line, "\n"));
	if (!colon || colon == line)
		return;
	place->file = text_copy_n(line, (size_t)(colon - line));
	place->line = (unsigned int)strtoul(colon + 1, NULL, 10);
}

int sanitizer_locate(const struct engine *engine, const char *program, const struct sanitizer_report *report,
		     struct place *place, struct error **err)
{
	const struct sandbox_mount mounts[] = {
		{"/usr", "/usr"}, {"/lib", "/lib", true}, {"/lib64", "/lib64", true}, {program, "/test"}};
	const struct sandbox_policy policy = {.profile = SANDBOX_COMPILE,
					      .limits = sandbox_default_limits(SANDBOX_COMPILE),
					      .mounts = mounts,
					      .mount_count = ARRAY_LENGTH(mounts),
					      .require = SANDBOX_REQUIRE_DEFAULT};
	static const char *const argv[] = {ADDR2LINE, "-e", "/test", "--inlines", "--addresses", NULL};
	static const char *const environment[] = {"LANG=C.UTF-8", NULL};
	cleanup_buffer struct buffer input = {0};
	struct sandbox_stream printed = {.fd = 1, .limit_bytes = PLACES_LIMIT};
	struct sandbox_command command = {
		.argv = argv, .environment = environment, .streams = &printed, .stream_count = 1};
	struct sandbox_outcome outcome;
	int failed;

	if (access(ADDR2LINE, X_OK) < 0)
		return 0;
	for (size_t i = 0; i < report->frame_count; i++)
		buffer_add_format(&input, "%#llx\n", (unsigned long long)report->frames[i]);
	command.input = input.data;
	command.input_length = input.length;
	failed = sandbox_run(engine->sandbox, &policy, &command, &outcome, err);
	if (!failed)
		find_place(buffer_text(&printed.data), place);
	buffer_release(&printed.data);
	return failed;
}
