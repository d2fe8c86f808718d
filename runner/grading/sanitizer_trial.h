/*
 * Whether AddressSanitizer can be had here: not by what a toolchain says of
 * itself, but by a planted error that it must find and a sound run that it must
 * leave alone, built and run as submissions are. A success is kept in the cache;
 * what failed is tried again next time.
 */
#ifndef ASSAY_SANITIZER_TRIAL_H
#define ASSAY_SANITIZER_TRIAL_H

#include "grading/session.h"
#include "rust/steps.h"

struct sanitizer {
	char *folder; /* what sanitized programs are linked with (sanitizer.h); NULL where there is none */
	char *why;    /* why there is none, or NULL */
};

/* `engine` has its facade. -1 only where the machine or assay is at fault: that there is no sanitizer is a result. */
int sanitizer_prepare(const struct session *session, const struct engine *engine, struct sanitizer *sanitizer,
		      struct error **err);
void sanitizer_release(struct sanitizer *sanitizer);

#endif
