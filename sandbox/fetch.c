#include "fetch.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int open_beneath(int folder, const char *name)
{
	struct open_how how = {
		.flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS,
	};
	int fd;

	do /* a rename meanwhile, which a running box may provoke */
		fd = (int)syscall(SYS_openat2, folder, name, &how, sizeof how);
	while (fd < 0 && (errno == EAGAIN || errno == EINTR));
	return fd;
}

/* What is large need not pass through our memory. Stops one byte beyond the limit, which tells that there is more. */
static bool copy_file(int file, int into, size_t limit, int *failure)
{
	size_t copied = 0;

	while (copied <= limit) {
		ssize_t sent = sendfile(into, file, NULL, limit + 1 - copied);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			*failure = errno;
		if (sent <= 0)
			return sent == 0;
		copied += (size_t)sent;
	}
	return false;
}

void fetch_file(int scratch, struct sandbox_fetch *fetch)
{
	cleanup_fd int file = scratch >= 0 ? open_beneath(scratch, fetch->name) : -1;
	cleanup_error struct error *ignored = NULL;
	size_t before = fetch->data.length;
	struct stat seen;

	fetch->found = false;
	if (file < 0 || fstat(file, &seen) < 0 || !S_ISREG(seen.st_mode))
		return;
	if (seen.st_size < 0 || (uint64_t)seen.st_size > fetch->limit_bytes)
		return;
	if (fetch->into > 0) {
		fetch->found = copy_file(file, fetch->into, fetch->limit_bytes, &fetch->failure);
		return;
	}
	/* it may have grown since, while the box lives; what was read then goes away again */
	if (file_read_all(file, fetch->limit_bytes, &fetch->data, &ignored) < 0) {
		fetch->data.length = before;
		if (fetch->data.data)
			fetch->data.data[before] = '\0';
		return;
	}
	fetch->found = true;
}

int sandbox_live_fetch(struct sandbox_live *live, struct sandbox_fetch *fetch)
{
	fetch_file(live->scratch, fetch);
	return fetch->found ? 0 : -1;
}
