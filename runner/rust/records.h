/*
 * The observation pipe: what the harness (harness/assay.rs) writes, read with
 * distrust.
 *
 * A record is: size of what follows (u32), tag (u64), number (u32), kind (u8),
 * label size (u16), label, value; little-endian. Numbers run from 0. The tag is
 * SipHash-2-4 of all that follows it, under a key that is drawn for each process,
 * that is for each run of each test, and that only the request names; END, PANIC
 * and FAILED, the last words, have a key of their own. So a record of another test or
 * another run, one that was copied, changed, repeated, left out, put elsewhere or
 * guessed is a forgery or a broken harness, and the transcript says which and how.
 * A tag costs a record some 20 ns, its write(2) twenty times that.
 *
 * What code under test can do. Safe code cannot name the harness, nor reach the
 * descriptor or the keys. Code that can write to any descriptor, but not read any
 * memory, cannot make a record: it has no tag. Code that finds frames in memory
 * that was freed (the request is wiped, and std's buffer of standard input never
 * held it) has tags of records that were sent. Code that reads all of its memory
 * at any time (`unsafe`, a hole in the compiler) finds the keys where the harness
 * keeps them, on its stack, and can then say whatever it likes, the end included:
 * but a test passes by what the reference said, which is in no process that it can
 * see, so that it must know the right answers. Metrics are not compared: those that
 * count allocations are counted outside (tally.h), and of others such code can
 * report any number.
 */
#ifndef ASSAY_RECORDS_H
#define ASSAY_RECORDS_H

#include "base/buffer.h"
#include "base/siphash.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RECORDS_LIST UINT32_MAX /* as test index: list the tests instead */

/* What the harness keeps to; the rest of it stands in harness/assay.rs. The whole is bounded by the box (steps.c). */
#define RECORDS_MOST 20001u /* the last word included */
#define RECORDS_LABEL_MOST 1000u
#define RECORDS_VALUE_MOST (1u << 20)

struct records_keys {
	unsigned char record[SIPHASH_KEY_SIZE], end[SIPHASH_KEY_SIZE];
};

enum record_kind {
	RECORD_LISTED = 1,
	RECORD_BEGIN = 2,
	RECORD_INPUT = 3,
	RECORD_OBSERVE = 4,
	RECORD_METRIC = 5,
	RECORD_PANIC = 6, /* label: place, value: words */
	RECORD_END = 7,
	RECORD_ENDS = 8, /* label: how the process must end right there */
	RECORD_BACK = 9, /* it did not: the body came back, or panicked as PANIC says */
	RECORD_COUNTED = 10, /* label: of a metric, value: allocations; tally.h says what they are checked against */
	RECORD_FAILED = 11,  /* of a plain test that ended otherwise than it must; value: how */
	RECORD_CAUGHT = 12,  /* of a plain test: panics that it did not end with; label: in its own text, value: all */
	RECORD_RUN = 13,     /* a run of the program under test that is asked for; value: of what (grading/runs.c) */
	RECORD_KIND_COUNT
};

struct record {
	enum record_kind kind;
	char *label, *value; /* valid UTF-8 */
};

struct transcript {
	struct record *items;
	size_t count;
	char *fault; /* what is wrong with it, or NULL */
	bool cut;    /* nothing but that the last record is not whole: what a process leaves that is killed */
	bool ended;  /* the last record is a last word, and nothing follows */
	bool panicked, failed;
	const char *flood; /* what it wrote too much of, where that ended the process; a sentence's end */
};

/* The bytes that a test program reads from standard input. */
void records_request(uint32_t index, uint64_t seed, const struct records_keys *keys, struct buffer *out);
void records_parse(const char *bytes, size_t length, const struct records_keys *keys, struct transcript *transcript);
/* Appends the transcript as a harness would have written it. */
void records_write(const struct transcript *transcript, const struct records_keys *keys, struct buffer *out);
/* The last record where it is ENDS: the process was to end there. NULL elsewhere. */
const struct record *transcript_declared_end(const struct transcript *transcript);
void transcript_release(struct transcript *transcript);

#endif
