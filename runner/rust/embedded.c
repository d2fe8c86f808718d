#include "rust/embedded.h"

/* HARNESS_FOLDER comes from CMake, which also rebuilds this file when a source in it changes. */
#define EMBED(symbol, file)                                                                                            \
	__asm__(".pushsection .rodata\n"                                                                               \
		".global " #symbol "\n" #symbol ":\n"                                                                  \
		".incbin \"" HARNESS_FOLDER "/" file "\"\n"                                                            \
		".global " #symbol "_end\n" #symbol "_end:\n"                                                          \
		".byte 0\n"                                                                                            \
		".popsection\n");                                                                                      \
	extern const char symbol[], symbol##_end[];

EMBED(embedded_assay_rs, "assay.rs")
EMBED(embedded_drops_rs, "drops.rs")
EMBED(embedded_ends_rs, "ends.rs")
EMBED(embedded_executor_rs, "executor.rs")
EMBED(embedded_heap_rs, "heap.rs")
EMBED(embedded_observe_rs, "observe.rs")
EMBED(embedded_plain_rs, "plain.rs")
EMBED(embedded_rng_rs, "rng.rs")
EMBED(embedded_runs_rs, "runs.rs")
EMBED(embedded_schedules_rs, "schedules.rs")
EMBED(embedded_tally_rs, "tally.rs")
EMBED(embedded_test_rs, "test.rs")
EMBED(embedded_threads_rs, "threads.rs")

const struct embedded_file harness_files[] = {
	{"assay.rs", embedded_assay_rs, embedded_assay_rs_end},
	{"drops.rs", embedded_drops_rs, embedded_drops_rs_end},
	{"ends.rs", embedded_ends_rs, embedded_ends_rs_end},
	{"executor.rs", embedded_executor_rs, embedded_executor_rs_end},
	{"heap.rs", embedded_heap_rs, embedded_heap_rs_end},
	{"observe.rs", embedded_observe_rs, embedded_observe_rs_end},
	{"plain.rs", embedded_plain_rs, embedded_plain_rs_end},
	{"rng.rs", embedded_rng_rs, embedded_rng_rs_end},
	{"runs.rs", embedded_runs_rs, embedded_runs_rs_end},
	{"schedules.rs", embedded_schedules_rs, embedded_schedules_rs_end},
	{"tally.rs", embedded_tally_rs, embedded_tally_rs_end},
	{"test.rs", embedded_test_rs, embedded_test_rs_end},
	{"threads.rs", embedded_threads_rs, embedded_threads_rs_end},
};
const size_t harness_file_count = sizeof harness_files / sizeof harness_files[0];
