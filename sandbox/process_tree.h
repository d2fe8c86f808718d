/* A process and all below it, as /proc shows them: what no control group counts. */
#ifndef ASSAY_SANDBOX_PROCESS_TREE_H
#define ASSAY_SANDBOX_PROCESS_TREE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Of the living, and of the dead that were waited for. What died while its
 * parent ignored SIGCHLD is lost; the wall limit remains for that. In steps of
 * a clock tick (10 ms).
 */
uint64_t process_tree_cpu_us(pid_t root);

/* Has one of the first few below `root` so many descriptors open? */
bool process_tree_has_descriptors(pid_t root, unsigned int count);

#endif
