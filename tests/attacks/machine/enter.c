/* Init's namespaces, by a descriptor of its process or of its files. */
#include "attack.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/syscall.h>

int main(void)
{
	int fd = open("/proc/1/ns/user", O_RDONLY);

	if (fd < 0)
		fd = (int)syscall(SYS_pidfd_open, 1, 0);
	if (setns(fd, CLONE_NEWNET) < 0 && setns(fd, CLONE_NEWNS) < 0)
		held_by("setns: %s", strerror(errno));
	breach("a namespace was entered");
}
