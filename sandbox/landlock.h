/*
 * Landlock: which files and what else the program may touch, decided by an
 * LSM, so that it holds where the mount view should have a hole.
 *
 * Parent: landlock_probe. Child: landlock_begin, landlock_allow for each place,
 * landlock_confine; they only make system calls.
 */
#ifndef ASSAY_SANDBOX_LANDLOCK_H
#define ASSAY_SANDBOX_LANDLOCK_H

#include <stdbool.h>

enum landlock_access {
	LANDLOCK_READ,       /* read and execute */
	LANDLOCK_WRITE,      /* all but execute: the scratch folder */
	LANDLOCK_WRITE_EXEC, /* all */
};

/* The kernel's ABI, 0 where it has none or where it is off. */
int landlock_probe(void);

/* A new ruleset's descriptor, or -1 with errno. */
int landlock_begin(int abi);
/* Everything under the folder (or the file) that `place` is open on, O_PATH sufficing. 0 or -1. */
int landlock_allow(int abi, int ruleset, int place, bool folder, enum landlock_access access);
/* For the calling thread and all that it starts; needs no_new_privs. 0 or -1. */
int landlock_confine(int ruleset);

#endif
