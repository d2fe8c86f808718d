/*
 * AddressSanitizer, for exercises that allow unsafe code.
 *
 *     sanitizer_runtime    has the toolchain one at all?
 *     sanitizer_build      what a sanitized program is linked with
 *     step_compile_sanitized, step_link, step_observe_sanitized (steps.h)
 *     sanitizer_report     what it found
 *
 * A sanitized test ends at the first error, with SANITIZER_EXIT. The box has no
 * /proc, so that neither ASAN_OPTIONS nor the program's own name can be read:
 * the options are linked in, and reports hold addresses, not names.
 *
 * What it does not see: leaks (it would have to trace the process), reads of
 * memory that was never written, reads that std's own compiled code makes, wrong
 * layouts given to dealloc, broken rules of aliasing, races; and nothing that a
 * program keeps from doing because it noticed where it runs, which anybody can
 * who looks at an address.
 */
#ifndef ASSAY_SANITIZER_H
#define ASSAY_SANITIZER_H

#include "rust/steps.h"

#define SANITIZER_EXIT 86	 /* exit code of a process in which an error was found */
#define SANITIZER_DESCRIPTOR 4	 /* to which the report is written */
#define SANITIZER_OBJECT "watch.o"
#define SANITIZER_FRAMES 32      /* of a report's first stack, innermost first */

/* True where the toolchain has the runtime library. */
bool sanitizer_runtime(const struct toolchain *toolchain);
/*
 * Builds into the folder SANITIZER_OBJECT, and libassay.rlib: the harness of the facade with AddressSanitizer, so that
 * what a test observes is looked at too.
 */
int sanitizer_build(const struct toolchain *toolchain, const char *facade, const char *folder, struct error **err);
/* A digest of our own sources that go into it. */
void sanitizer_digest_sources(char text[65]);

struct sanitizer_report {
	const char *kind;     /* "heap-use-after-free": stays the same from version to version */
	const char *says;     /* "used memory that had been freed" */
	bool is_memory_error; /* false: a limit of memory or stack was reached */
	char *access;	      /* "READ of size 8", or NULL */
	uint64_t frames[SANITIZER_FRAMES];
	size_t frame_count;
};

/* False where the text holds no error. It came from the process under test: nothing in it is believed but as text. */
bool sanitizer_report_parse(const char *text, struct sanitizer_report *report);
void sanitizer_report_release(struct sanitizer_report *report);

/*
 * The line of the submission that the innermost frame of the report in it belongs to, by the program's own debug
 * information. place->file stays NULL where none does (a test that reads what it was given, for example), or the machine
 * has no addr2line.
 */
int sanitizer_locate(const struct engine *engine, const char *program, const struct sanitizer_report *report,
		     struct place *place, struct error **err);

#endif
