#include "base/digest.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

void digest_init(struct digest *digest)
{
	sha256_init(&digest->context);
}

void digest_add(struct digest *digest, const void *bytes, size_t length)
{
	uint8_t frame[8];

	for (size_t i = 0; i < sizeof frame; i++)
		frame[i] = (uint8_t)((uint64_t)length >> (8 * i));
	sha256_update(&digest->context, sizeof frame, frame);
	sha256_update(&digest->context, length, bytes);
}

void digest_add_text(struct digest *digest, const char *text)
{
	digest_add(digest, text, strlen(text));
}

void digest_finish(struct digest *digest, char text[DIGEST_TEXT_SIZE])
{
	uint8_t bytes[SHA256_DIGEST_SIZE];

	sha256_digest(&digest->context, sizeof bytes, bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
}
