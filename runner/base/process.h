/*
 * Runs a trusted program of the machine's own (rustc -vV, for example) and
 * keeps what it prints. Programs that come from a submission run in sandbox/
 * only.
 */
#ifndef ASSAY_BASE_PROCESS_H
#define ASSAY_BASE_PROCESS_H

#include "base/buffer.h"
#include "base/error.h"

/*
 * argv[0] is a path or a name searched in PATH; argv ends with NULL. Standard
 * input is empty; standard output and error are appended to the buffers (NULL:
 * thrown away). Returns the exit code, or -1 with an error where the program
 * could not be run or a signal ended it.
 */
int process_run(const char *const *argv, struct buffer *out, struct buffer *errors, struct error **err);

#endif
