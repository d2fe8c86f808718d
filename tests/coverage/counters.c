/*
 * Linked into every program of a coverage build, so that code is counted that
 * runs in a process which never gets to write its counters down.
 *
 * A box's init is a copy of the parent (a bare clone3), has let go of the host's
 * files, and is killed; the program becomes another one by exec. So gcov's
 * counters lie in shared memory, which such a copy has in common with its
 * parent: what the copy does is counted there at once, and the parent writes it
 * down when it ends. The sandbox itself knows nothing of this.
 *
 * A child made by fork writes its own counts down, so it gets memory of its own,
 * with nothing counted yet: else it would write its parent's counts once more.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

extern char counters_begin[], counters_end[]; /* by counters.ld */

void __gcov_dump(void); /* gcc's */
void coverage_write_down(void);

#define UNCOUNTED __attribute__((no_profile_instrument_function))

UNCOUNTED static void take_shared_memory(void)
{
	size_t length = (size_t)(counters_end - counters_begin);

	if (length > 0 && mmap(counters_begin, length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED,
			       -1, 0) == MAP_FAILED) {
		perror("shared memory for coverage counters");
		abort();
	}
}

UNCOUNTED __attribute__((constructor(101))) static void begin(void)
{
	take_shared_memory();
	pthread_atfork(NULL, NULL, take_shared_memory);
}

/* For a test's child that ends by _exit. */
UNCOUNTED void coverage_write_down(void)
{
	__gcov_dump();
}
