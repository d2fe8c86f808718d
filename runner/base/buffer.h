/*
 * A growing run of bytes, always followed by a NUL that is not counted, so that
 * text in it can be read as a C string.
 *
 * A zeroed struct is an empty buffer. buffer_release returns to that state and
 * may be called again; buffer_steal gives the storage away.
 */
#ifndef ASSAY_BASE_BUFFER_H
#define ASSAY_BASE_BUFFER_H

#include <stddef.h>

struct buffer {
	char *data; /* NULL while nothing was added */
	size_t length;
	size_t capacity;
};

void buffer_add(struct buffer *buffer, const void *bytes, size_t length);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_char(struct buffer *buffer, char byte);
void buffer_add_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Never NULL: an empty buffer reads as "". Owned by the buffer. */
const char *buffer_text(const struct buffer *buffer);
/* The caller frees the result with free(); the buffer is empty afterwards. */
char *buffer_steal(struct buffer *buffer);
void buffer_release(struct buffer *buffer);

#define cleanup_buffer __attribute__((cleanup(buffer_release)))

#endif
