/*
 * The bytes of a tar as libarchive's reader is given them: the one layer of
 * compression undone, and handed on in small pieces.
 *
 * Between the two stand the caps that neither of them has: on what a single
 * header may read, and all of them. A map of a sparse file or a list of access
 * rules is read whole before its entry is given out, and costs many times its
 * bytes in memory, or their square in time.
 *
 *     stream_open, archive_read_open(tar, &stream, NULL, stream_read, NULL)
 *     stream_begin_header, archive_read_next_header, stream_end_header; the entry's data; …
 *     stream_release
 */
#ifndef ASSAY_SUBMISSION_STREAM_H
#define ASSAY_SUBMISSION_STREAM_H

#include "base/buffer.h"

#include <archive.h>
#include <stdbool.h>
#include <stddef.h>

struct stream {
	struct archive *layers; /* the filters, and what comes out of them as it is */
	const char *block;      /* came out last; `left` bytes of it were not handed on yet */
	size_t left;
	bool in_header;
	size_t header; /* bytes handed on since it began */
	size_t credit; /* bytes that headers may still take */
};

/* The bytes stay the caller's, and must stay. Returns an ARCHIVE_ code; what was wrong is in stream.layers. */
int stream_open(struct stream *stream, const struct buffer *packed);
bool stream_is_compressed(const struct stream *stream);
bool stream_is_compressed_again(const struct stream *stream);
void stream_begin_header(struct stream *stream);
void stream_end_header(struct stream *stream);
/* An archive_read_callback; its failures are set in the archive that reads. */
la_ssize_t stream_read(struct archive *reader, void *stream, const void **piece);
void stream_release(struct stream *stream);

#endif
