/*
 * SHA-256 over parts, each framed by its length, so that ("ab", "c") and
 * ("a", "bc") differ. Names caches and submissions.
 */
#ifndef ASSAY_BASE_DIGEST_H
#define ASSAY_BASE_DIGEST_H

#include <nettle/sha2.h>
#include <stddef.h>

#define DIGEST_TEXT_SIZE (2 * SHA256_DIGEST_SIZE + 1)

struct digest {
	struct sha256_ctx context;
};

void digest_init(struct digest *digest);
void digest_add(struct digest *digest, const void *bytes, size_t length);
void digest_add_text(struct digest *digest, const char *text);
/* Lower-case hexadecimal, with a NUL. The digest starts anew. */
void digest_finish(struct digest *digest, char text[DIGEST_TEXT_SIZE]);

#endif
