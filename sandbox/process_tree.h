/* The CPU time of a process and all below it, for boxes without a control group. */
#ifndef ASSAY_SANDBOX_PROCESS_TREE_H
#define ASSAY_SANDBOX_PROCESS_TREE_H

#include <stdint.h>
#include <sys/types.h>

/*
 * Of the living, and of the dead that were waited for. What died while its
 * parent ignored SIGCHLD is lost; the wall limit remains for that. In steps of
 * a clock tick (10 ms).
 */
uint64_t process_tree_cpu_us(pid_t root);

#endif
