/*
 * SipHash-2-4 (Aumasson and Bernstein, 2012): a tag of 64 bits that nobody finds
 * without the key, cheap for short messages.
 */
#ifndef ASSAY_SIPHASH_H
#define ASSAY_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

#define SIPHASH_KEY_SIZE 16

uint64_t siphash(const unsigned char key[SIPHASH_KEY_SIZE], const void *bytes, size_t length);

#endif
