/* How a box ended, written down: JSON for scripts, a line of words for people. */
#ifndef ASSAY_COMMANDS_OUTCOME_H
#define ASSAY_COMMANDS_OUTCOME_H

#include "base/buffer.h"
#include "sandbox.h"

#include <stdbool.h>

/* What was asked for and what came of it; everything is the caller's. */
struct outcome {
	const char *const *argv;
	const struct sandbox_policy *policy;
	const struct sandbox_stream *streams; /* standard output and error */
	const struct sandbox_outcome *box;
};

/* One object and a newline; with what the program printed where `with_output`. */
void outcome_json(struct buffer *out, const struct outcome *outcome, bool with_output);

/* "exited with 3; 12 ms, 9 ms CPU, 1204 KiB at most", no newline. */
void outcome_words(struct buffer *out, const struct outcome *outcome);

#endif
