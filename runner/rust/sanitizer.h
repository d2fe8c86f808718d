/*
 * AddressSanitizer and ThreadSanitizer, for exercises that allow unsafe code.
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
 * What AddressSanitizer does not see: leaks (it would have to trace the process), reads of
 * memory that was never written, reads that std's own compiled code makes, wrong
 * layouts given to dealloc, broken rules of aliasing, races; and nothing that a
 * program keeps from doing because it noticed where it runs, which anybody can
 * who looks at an address.
 *
 * ThreadSanitizer takes std's compiled code for code that synchronises nothing, and accuses the sound. So it comes
 * with a std whose atomics are instrumented (sanitizer_thread.h), and every atomic access counts as one that orders:
 * it does not see races that an atomic access between hides, orderings that are too weak, what std's own code does to
 * memory, nor threads that no test lets meet.
 */
#ifndef ASSAY_SANITIZER_H
#define ASSAY_SANITIZER_H

#include "rust/steps.h"

#define SANITIZER_EXIT 86	 /* exit code of a process in which an error was found */
#define SANITIZER_DESCRIPTOR 4	 /* to which the report is written */
#define SANITIZER_OBJECT "watch.o"
#define SANITIZER_SYSROOT "sysroot" /* of ThreadSanitizer: what its programs are linked from */
#define SANITIZER_OPTIONS "options" /* of ThreadSanitizer: what the linker is told */
#define SANITIZER_FRAMES 32      /* of a report's first stack, innermost first */

/* "address", "thread": as in exercise.yaml, and as rustc calls them. */
const char *sanitizer_id(enum sanitizer_kind kind);
/* "AddressSanitizer" */
const char *sanitizer_title(enum sanitizer_kind kind);
/* False where the name is none. */
bool sanitizer_kind_of(const char *id, enum sanitizer_kind *kind);
/* True where the toolchain has the runtime library. */
bool sanitizer_runtime(const struct toolchain *toolchain, enum sanitizer_kind kind);
/*
 * Builds into the folder SANITIZER_OBJECT, and libassay.rlib: the harness of the facade with the sanitizer, so that
 * what a test observes is looked at too.
 */
int sanitizer_build(const struct toolchain *toolchain, enum sanitizer_kind kind, const char *facade, const char *folder,
		    struct error **err);
/* A digest of our own sources that go into it. */
void sanitizer_digest_sources(enum sanitizer_kind kind, char text[65]);

struct sanitizer_report {
	const char *kind;     /* "heap-use-after-free": stays the same from version to version */
	const char *says;     /* "used memory that had been freed" */
	bool is_memory_error; /* or a race; false: a limit of memory or stack was reached */
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
