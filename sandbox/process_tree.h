/* A process and all below it, as /proc shows them: what no control group counts. */
#ifndef ASSAY_SANDBOX_PROCESS_TREE_H
#define ASSAY_SANDBOX_PROCESS_TREE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct tree_use {
	/*
	 * Of the living, and of the dead that were waited for, or that were seen alive by an earlier look: who dies
	 * while its parent ignores SIGCHLD is in no living one's account. In steps of a clock tick (10 ms) for each
	 * process.
	 */
	uint64_t cpu_us;
	/* Of the living: anonymous and shared memory. What processes share is counted for each. */
	uint64_t memory_kib;
	/* who was seen so far; process_tree_forget frees it */
	struct tree_process *seen;
	size_t seen_count;
	uint64_t gone_ticks; /* of those whose number somebody else has now */
};

/* Takes some 50 ms at most; of a bomb it tells of those that were found in that time. */
void process_tree_look(pid_t root, struct tree_use *use);
void process_tree_forget(struct tree_use *use);

/* Has one of the first few below `root` so many descriptors open? */
bool process_tree_has_descriptors(pid_t root, unsigned int count);

#endif
