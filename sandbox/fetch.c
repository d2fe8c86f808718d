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
	int fd = -1;

	/* again after a rename meanwhile, which a running box may provoke; it may also hold a lease, for ever */
	for (int tries = 0; tries < 100; tries++) {
		fd = (int)syscall(SYS_openat2, folder, name, &how, sizeof how);
		if (fd >= 0 || (errno != EAGAIN && errno != EINTR))
			break;
	}
	return fd;
}

/* Stops one byte beyond the limit, which tells that there is more. 0, or -1; *failure is errno where it was `into`'s. */
static int send_file(int file, int into, size_t limit, int *failure)
{
	size_t sent = 0;

	while (sent <= limit) {
		ssize_t more = sendfile(into, file, NULL, limit + 1 - sent);

		if (more == 0)
			return 0;
		if (more > 0)
			sent += (size_t)more;
		else if (errno != EINTR) {
			*failure = errno;
			return -1;
		}
	}
	return -1;
}

/* What is large need not pass through our memory. */
static void copy_out(const struct sandbox_live *live, int file, struct sandbox_fetch *fetch)
{
	int into;

	pthread_rwlock_wrlock(live->births);
	into = open(fetch->into, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, (mode_t)fetch->mode);
	if (into < 0) {
		fetch->failure = errno;
	} else {
		fetch->found = send_file(file, into, fetch->limit_bytes, &fetch->failure) == 0;
		if (close(into) < 0) { /* a full disk may show only now */
			fetch->failure = errno;
			fetch->found = false;
		}
	}
	pthread_rwlock_unlock(live->births);
}

void fetch_file(const struct sandbox_live *live, struct sandbox_fetch *fetch)
{
	cleanup_fd int file = live->scratch >= 0 ? open_beneath(live->scratch, fetch->name) : -1;
	cleanup_error struct error *ignored = NULL;
	size_t before = fetch->data.length;
	struct stat seen;

	fetch->found = false;
	fetch->failure = live->scratch >= 0 && file < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM) ? errno : 0;
	if (file < 0 || fstat(file, &seen) < 0 || !S_ISREG(seen.st_mode))
		return;
	if (seen.st_size < 0 || (uint64_t)seen.st_size > fetch->limit_bytes)
		return;
	if (fetch->into) {
		copy_out(live, file, fetch);
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
	fetch_file(live, fetch);
	return fetch->found ? 0 : -1;
}
