/*
 * The observation pipe: what the harness (harness/assay.rs) writes, read with
 * distrust.
 *
 * A record is: size of what follows (u32), nonce (16 bytes), number (u32), kind
 * (u8), label size (u16), label, value; little-endian. The nonce is drawn for
 * each process, numbers run from 0. Anything else is a forgery or a broken
 * harness, and the transcript says which record and how.
 */
#ifndef ASSAY_RECORDS_H
#define ASSAY_RECORDS_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RECORDS_NONCE_SIZE 16
#define RECORDS_LIST UINT32_MAX /* as test index: list the tests instead */

enum record_kind {
	RECORD_LISTED = 1,
	RECORD_BEGIN = 2,
	RECORD_INPUT = 3,
	RECORD_OBSERVE = 4,
	RECORD_METRIC = 5,
	RECORD_PANIC = 6, /* label: place, value: words */
	RECORD_END = 7,
	RECORD_FAILED = 8, /* of a plain test that ended otherwise than it must; value: how */
	RECORD_CAUGHT = 9, /* of a plain test: panics that it did not end with; label: in its own text, value: all */
};

struct record {
	enum record_kind kind;
	char *label, *value; /* valid UTF-8 */
};

struct transcript {
	struct record *items;
	size_t count;
	char *fault; /* what is wrong with it, or NULL */
	bool ended;  /* the last record is END, PANIC or FAILED, and nothing follows */
	bool panicked, failed;
};

/* The bytes that a test program reads from standard input. */
void records_request(uint32_t index, uint64_t seed, const unsigned char nonce[RECORDS_NONCE_SIZE], struct buffer *out);
void records_parse(const char *bytes, size_t length, const unsigned char nonce[RECORDS_NONCE_SIZE],
		   struct transcript *transcript);
/* Appends the transcript as a harness would have written it. */
void records_write(const struct transcript *transcript, const unsigned char nonce[RECORDS_NONCE_SIZE],
		   struct buffer *out);
void transcript_release(struct transcript *transcript);

#endif
