/*
 * What gradings on one machine share: the sandbox, the toolchain, the cache.
 * Open once a program; const from then on, and used by many threads.
 */
#ifndef ASSAY_SESSION_H
#define ASSAY_SESSION_H

#include "rust/toolchain.h"
#include "sandbox.h"

#include <stdbool.h>
#include <sys/types.h>

struct session {
	struct sandbox *sandbox;
	struct toolchain toolchain;
	char *cache;	   /* folder */
	unsigned int jobs; /* steps side by side, at least 1 */
	bool keep;	   /* leave scratch folders behind and say where they are */
	mode_t umask;	   /* the caller's */
};

/*
 * While a session is open, what is made is for boxes to read, who are strangers where root starts them: whatever the
 * caller's umask, folders are 0755 and files 0644. Write what is the caller's before or after.
 *
 * `toolchain` as toolchain_find's `wanted`; jobs 0 is one a processor.
 */
int session_open(const char *toolchain, unsigned int jobs, struct session *session, struct error **err);
void session_close(struct session *session);

#endif
