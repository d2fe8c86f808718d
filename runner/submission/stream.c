#include "submission/stream.h"

#include "base/memory.h"

#include <errno.h>

/* Of headers a block of tar's at a time, so that they are charged with what they read and no more. */
#define BLOCK_BYTES ((size_t)512)
#define PIECE_BYTES ((size_t)4096)

/* The longest path and target of a link, and attributes: honest headers have less than half of it. */
#define HEADER_BYTES ((size_t)16 << 10)
/* What each header adds to the credit of all, which begins with enough for some that are larger. */
#define HEADER_SHARE ((size_t)2 << 10)
#define HEADERS_CREDIT ((size_t)1 << 20)

static int (*const filters[])(struct archive *) = {
	archive_read_support_filter_gzip,
	archive_read_support_filter_xz,
	archive_read_support_filter_zstd,
	archive_read_support_format_raw,
};

int stream_open(struct stream *stream, const struct buffer *packed)
{
	struct archive_entry *whole;
	int result;

	stream->layers = archive_read_new();
	stream->credit = HEADERS_CREDIT;
	for (size_t i = 0; i < ARRAY_LENGTH(filters); i++)
		filters[i](stream->layers);
	result = archive_read_open_memory(stream->layers, packed->data, packed->length);
	return result == ARCHIVE_OK ? archive_read_next_header(stream->layers, &whole) : result;
}

/* libarchive counts the bytes as they are as a filter too. */
bool stream_is_compressed(const struct stream *stream)
{
	return stream->layers && archive_filter_count(stream->layers) > 1;
}

bool stream_is_compressed_again(const struct stream *stream)
{
	return archive_filter_count(stream->layers) > 2;
}

static int next_block(struct stream *stream)
{
	const void *block;
	la_int64_t offset;
	int result = archive_read_data_block(stream->layers, &block, &stream->left, &offset);

	stream->block = block;
	return result;
}

void stream_begin_header(struct stream *stream)
{
	stream->in_header = true;
	stream->header = 0;
	stream->credit += HEADER_SHARE;
}

void stream_end_header(struct stream *stream)
{
	stream->in_header = false;
}

static int charge_header(struct stream *stream, struct archive *reader, size_t length)
{
	stream->header += length;
	if (stream->header > HEADER_BYTES)
		archive_set_error(reader, EIO, "an entry's header is larger than %zu KiB", HEADER_BYTES >> 10);
	else if (length > stream->credit)
		archive_set_error(reader, EIO, "the entries' headers are larger than %zu KiB each", HEADER_SHARE >> 10);
	else {
		stream->credit -= length;
		return 0;
	}
	return -1;
}

la_ssize_t stream_read(struct archive *reader, void *data, const void **piece)
{
	struct stream *stream = data;
	size_t length = stream->in_header ? BLOCK_BYTES : PIECE_BYTES;

	while (stream->left == 0) {
		int result = next_block(stream);

		if (result == ARCHIVE_EOF)
			return 0;
		if (result != ARCHIVE_OK) {
			archive_set_error(reader, EIO, "%s", archive_error_string(stream->layers));
			return ARCHIVE_FATAL;
		}
	}
	if (length > stream->left)
		length = stream->left;
	if (stream->in_header && charge_header(stream, reader, length) < 0)
		return ARCHIVE_FATAL;
	*piece = stream->block;
	stream->block += length;
	stream->left -= length;
	return (la_ssize_t)length;
}

void stream_release(struct stream *stream)
{
	archive_read_free(stream->layers);
	*stream = (struct stream){0};
}
