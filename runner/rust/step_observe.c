#include "rust/sanitizer.h"
#include "rust/step_box.h"
#include "rust/tally.h"

#include "base/memory.h"

#include <assert.h>
#include <string.h>
#include <sys/random.h>

#define TRANSCRIPT_LIMIT (4u << 20) /* bytes of records */
#define REPORT_LIMIT (256u << 10)   /* bytes of a sanitizer's report */
#define PRINTED_LIMIT (1u << 20)    /* bytes of what a test prints: a println! left in a loop is no fault */

static_assert(TALLY_FD == SANITIZER_DESCRIPTOR, "no program writes both, and each box has one such pipe");

/* `box` has its limits; `fourth` gets what comes from descriptor 4, at most so much; NULL where nobody writes there. */
static int observe(struct step_box *box, const struct engine *engine, const char *program, uint32_t index,
		   uint64_t seed, struct transcript *transcript, struct buffer *fourth, size_t fourth_limit,
		   struct sandbox_outcome *outcome, struct error **err)
{
	cleanup_buffer struct buffer request = {0};
	struct records_keys keys;
	struct sandbox_stream streams[] = {
		{.fd = 1, .limit_bytes = PRINTED_LIMIT},
		{.fd = 2, .limit_bytes = PRINTED_LIMIT},
		{.fd = 3, .limit_bytes = TRANSCRIPT_LIMIT},
		{.fd = TALLY_FD, .limit_bytes = fourth_limit},
	};
	struct sandbox_command command = {.streams = streams, .stream_count = ARRAY_LENGTH(streams) - !fourth};
	static const char *const floods[ARRAY_LENGTH(streams)] = {
		"printed more than 1 MiB to standard output", "printed more than 1 MiB to standard error",
		"wrote more than 4 MiB of records", "wrote more to descriptor 4 than is read there"};
	const char *shared_std = engine->toolchain->shared_std;
	int failed;

	if (getrandom(&keys, sizeof keys, 0) != (ssize_t)sizeof keys)
		return error_set_errno(err, ERROR_OTHER, "no random bytes");
	/* the loader and libc; no program is in sight but the test itself */
	step_box_mount(box, "/lib", "/lib", true);
	step_box_mount(box, "/lib64", "/lib64", true);
	if (shared_std) {
		step_box_mount(box, shared_std, step_box_own(box, text_format("/std/%s", strrchr(shared_std, '/') + 1)),
			       false);
		step_box_environment(box, "LD_LIBRARY_PATH=/std");
	}
	step_box_mount(box, program, "/test", false);
	step_box_argument(box, "/test");
	records_request(index, seed, &keys, &request);
	command.input = request.data;
	command.input_length = request.length;
	failed = step_box_run(box, engine, &command, outcome, err);
	if (!failed)
		records_parse(buffer_text(&streams[2].data), streams[2].data.length, &keys, transcript);
	if (!failed && fourth)
		buffer_add(fourth, buffer_text(&streams[3].data), streams[3].data.length);
	for (size_t i = 0; i < ARRAY_LENGTH(streams); i++) {
		if (streams[i].truncated)
			transcript->flood = floods[i];
		buffer_release(&streams[i].data);
	}
	return failed;
}

int step_observe(const struct engine *engine, const char *program, uint32_t index, uint64_t seed,
		 const struct exercise_limits *limits, struct transcript *transcript, struct sandbox_outcome *outcome,
		 struct error **err)
{
	cleanup_step_box struct step_box box = {0};

	step_box_limits(&box, SANDBOX_RUN, limits);
	return observe(&box, engine, program, index, seed, transcript, NULL, 0, outcome, err);
}

int step_observe_counted(const struct engine *engine, const char *program, uint32_t index, uint64_t seed,
			 const struct exercise_limits *limits, struct transcript *transcript,
			 struct sandbox_outcome *outcome, struct error **err)
{
	cleanup_step_box struct step_box box = {0};
	cleanup_buffer struct buffer told = {0};

	step_box_limits(&box, SANDBOX_RUN, limits);
	if (observe(&box, engine, program, index, seed, transcript, &told, TALLY_MOST, outcome, err) < 0)
		return -1;
	if (told.length >= TALLY_MOST)
		transcript->flood = "made more than 1048576 allocations";
	tally_check(buffer_text(&told), told.length, transcript);
	return 0;
}

/*
 * What a sanitized program takes more: two to four times the time, redzones and what was freed and is kept, larger
 * frames; or, with threads, five to eight times the time and the memory. The limits of the exercise are for the ordinary run, which decides.
 */
static void widen(struct sandbox_limits *limits, enum sanitizer_kind kind)
{
	static const unsigned int times[] = {[SANITIZER_ADDRESS] = 4, [SANITIZER_THREAD] = 8};

	limits->wall_ms *= times[kind];
	limits->cpu_ms *= times[kind];
	limits->memory_kib = limits->memory_kib * (times[kind] - 1) + (256u << 10);
	limits->stack_kib *= 4;
	limits->reserves = true;
}

int step_observe_sanitized(const struct engine *engine, enum sanitizer_kind kind, const char *program, uint32_t index, uint64_t seed,
			   const struct exercise_limits *limits, struct transcript *transcript, struct buffer *report,
			   struct sandbox_outcome *outcome, struct error **err)
{
	cleanup_step_box struct step_box box = {0};

	step_box_limits(&box, SANDBOX_RUN, limits);
	widen(&box.policy.limits, kind);
	return observe(&box, engine, program, index, seed, transcript, report, REPORT_LIMIT, outcome, err);
}
