/* A descriptor of init's, which has those of the control socket and of the root. */
#include "attack.h"

#include <sys/syscall.h>

int main(void)
{
	int init = (int)syscall(SYS_pidfd_open, 1, 0);

	for (int fd = 0; fd < 64; fd++)
		if (syscall(SYS_pidfd_getfd, init, fd, 0) >= 0)
			breach("init's descriptor %d was had", fd);
	held_by("pidfd_getfd: %s", strerror(errno));
}
