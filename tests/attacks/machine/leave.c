/* Leaves something at /tmp/left for who will read there: argv[1] says what. Leaving it is no breach, following it is.
 */
#include "attack.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

static const char *program; /* the host's file */

static int leave_pipe(void)
{
	return mkfifo("/tmp/left", 0600);
}

static int leave_socket(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/tmp/left"};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	return fd < 0 ? -1 : bind(fd, (struct sockaddr *)&address, sizeof address);
}

static int leave_device(void)
{
	return mknod("/tmp/left", S_IFCHR | 0666, 0x0101 /* the machine's memory */);
}

static int leave_link(void)
{
	return symlink("/etc/passwd", "/tmp/left");
}

static int leave_link_to_self(void)
{
	return symlink("/proc/self/root/etc/passwd", "/tmp/left");
}

static int leave_hard_link(void)
{
	return linkat(AT_FDCWD, program, AT_FDCWD, "/tmp/left", 0); /* libc's link is the older call */
}

static int leave_folder(void)
{
	return mkdir("/tmp/left", 0700);
}

static int leave_sparse(void)
{
	int fd = open("/tmp/left", O_CREAT | O_WRONLY, 0600);

	return ftruncate(fd, 1L << 40);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *what;
		int (*leave)(void);
	} ways[] = {
		{"pipe", leave_pipe},
		{"socket", leave_socket},
		{"device", leave_device},
		{"link", leave_link},
		{"link-to-self", leave_link_to_self},
		{"hard-link", leave_hard_link},
		{"folder", leave_folder},
		{"sparse", leave_sparse},
	};

	program = argv[0];
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
		if (argc > 1 && strcmp(argv[1], ways[i].what) == 0) {
			if (ways[i].leave() < 0)
				held_by("%s: %s", argv[1], strerror(errno));
			held_by("left for the grader");
		}
	breach("no such way");
}
