/*
 * Whether a sanitizer can be had here: not by what a toolchain says of
 * itself, but by a planted error that it must find and a sound run that it must
 * leave alone, built and run as submissions are. A success is kept in the cache;
 * what failed is tried again next time.
 */
#ifndef ASSAY_SANITIZER_TRIAL_H
#define ASSAY_SANITIZER_TRIAL_H

#include "exercise/exercise.h"
#include "grading/session.h"
#include "rust/steps.h"

struct sanitizer {
	char *folder; /* what sanitized programs are linked with (sanitizer.h); NULL where there is none */
	char *why;    /* why there is none, or NULL */
};

/* AddressSanitizer is, by allowing unsafe code; ThreadSanitizer by a criterion, since few exercises have threads. */
bool sanitizer_is_asked_for(const struct exercise *exercise, enum sanitizer_kind kind);
/* `engine` has its facade. -1 only where the machine or assay is at fault: that there is no sanitizer is a result. */
int sanitizer_prepare(const struct session *session, const struct engine *engine, enum sanitizer_kind kind,
		      struct sanitizer *sanitizer, struct error **err);
void sanitizer_release(struct sanitizer *sanitizer);

#endif
