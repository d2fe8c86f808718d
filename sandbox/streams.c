#include "streams.h"

#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#define PIECE 16384

/* ---- what the program's descriptors are -------------------------------- */

/* Sealed, so that it is input and nothing else; a file rather than a pipe, so nobody has to feed it. */
static int make_input(const void *bytes, size_t length)
{
	cleanup_fd int file = memfd_create("stdin", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (file < 0 || file_write_all(file, bytes, length) < 0 || lseek(file, 0, SEEK_SET) < 0 ||
	    fcntl(file, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) < 0)
		return -1;
	return fd_steal(&file);
}

static bool is_taken(const struct order *order, int number)
{
	for (size_t i = 0; i < order->count; i++)
		if (order->numbers[i] == number)
			return true;
	return false;
}

static size_t limit_of(const struct sandbox_stream *stream, const struct sandbox_limits *limits)
{
	size_t cap = (size_t)limits->output_kib * 1024;

	if (stream->limit_bytes == 0)
		return cap;
	return stream->fd <= 2 && cap < stream->limit_bytes ? cap : stream->limit_bytes;
}

static void add(struct order *order, int descriptors[ORDER_STREAMS], int fd, int number)
{
	descriptors[order->count] = fd;
	order->numbers[order->count++] = number;
}

static int open_stream(const struct box *box, struct sandbox_stream *stream, int descriptors[ORDER_STREAMS],
		       struct outlet *outlet, struct error **err)
{
	int ends[2];

	if (stream->fd < 1 || stream->fd >= ORDER_STREAMS || is_taken(box->slot->order, stream->fd))
		return error_set(err, ERROR_SANDBOX, "stream %d: not a number that a stream can have", stream->fd);
	if (pipe2(ends, O_CLOEXEC) < 0)
		return error_set_errno(err, ERROR_SANDBOX, "pipe for stream %d", stream->fd);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	*outlet = (struct outlet){.fd = ends[0], .stream = stream, .limit = limit_of(stream, &box->limits)};
	add(box->slot->order, descriptors, ends[1], stream->fd);
	return 0;
}

int streams_open(const struct box *box, struct sandbox_command *command, int descriptors[ORDER_STREAMS],
		 struct outlet *outlets, struct error **err)
{
	int input = command->input ? make_input(command->input, command->input_length)
				   : open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (input < 0)
		return error_set_errno(err, ERROR_SANDBOX, "standard input");
	add(box->slot->order, descriptors, input, 0);
	for (size_t i = 0; i < command->stream_count; i++)
		if (open_stream(box, &command->streams[i], descriptors, &outlets[i], err) < 0)
			return -1;
	for (int number = 1; number <= 2; number++) {
		int null;

		if (is_taken(box->slot->order, number))
			continue;
		null = open("/dev/null", O_WRONLY | O_CLOEXEC);
		if (null < 0)
			return error_set_errno(err, ERROR_SANDBOX, "/dev/null");
		add(box->slot->order, descriptors, null, number);
	}
	return 0;
}

void streams_close(const struct box *box, const int descriptors[ORDER_STREAMS])
{
	for (size_t i = 0; i < box->slot->order->count; i++)
		close(descriptors[i]);
}

/* ---- what comes out ------------------------------------------------------ */

bool outlet_take(struct outlet *outlet, struct sandbox_live *live)
{
	struct sandbox_stream *stream = outlet->stream;
	char piece[PIECE];
	ssize_t length = read(outlet->fd, piece, sizeof piece);
	size_t room = outlet->limit > stream->data.length ? outlet->limit - stream->data.length : 0, kept;

	if (length < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	if (length <= 0) {
		close(outlet->fd);
		outlet->fd = -1;
		return true;
	}
	kept = (size_t)length < room ? (size_t)length : room;
	buffer_add(&stream->data, piece, kept);
	if (stream->on_data && kept > 0)
		stream->on_data(stream, piece, kept, live);
	stream->truncated = (size_t)length > room;
	return !stream->truncated;
}

/* Nobody writes any more, so this ends. */
bool outlet_drain(struct outlet *outlet, struct sandbox_live *live)
{
	while (outlet->fd >= 0 && !outlet->stream->truncated) {
		size_t before = outlet->stream->data.length;

		if (!outlet_take(outlet, live))
			return false;
		if (outlet->stream->data.length == before)
			break;
	}
	return true;
}
