/*
 * Allocations, counted where the code that makes them has no say.
 *
 * The harness counts in its own process, which safe code can write to through
 * holes of the compiler's (compiler_hole.h). So tests that report allocations as
 * a metric run in a copy of their program in which the harness also tells each
 * allocation, by a byte on descriptor 4 that nothing takes back (harness/tally.rs). A metric
 * that is not what was told is a forgery.
 *
 * What is left to such code is to do without the harness's allocator: to bring
 * memory and collections of its own, and then it does not allocate.
 *
 *     tally_switch_on   after the link
 *     tally_check       after the run
 */
#ifndef ASSAY_TALLY_H
#define ASSAY_TALLY_H

#include "base/error.h"
#include "rust/records.h"

#define TALLY_FD 4
#define TALLY_MOST (1u << 20) /* bytes, of which each allocation of the process takes one */

/* Writes a copy of the program in which allocations are told. */
int tally_switch_on(const char *program, const char *copy, struct error **err);

/*
 * Compares what was told with the transcript's COUNTED records, each for one
 * region between marks; sets its fault where they are not the same.
 */
void tally_check(const char *told, size_t length, struct transcript *transcript);

#endif
