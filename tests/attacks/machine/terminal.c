/* A terminal to type into: the caller's, or one taken over. */
#include "attack.h"

#include <fcntl.h>
#include <sys/ioctl.h>

int main(void)
{
	static const char *const terminals[] = {"/dev/tty", "/dev/console", "/dev/ptmx", "/dev/pts/0", "/dev/tty0"};

	for (size_t i = 0; i < sizeof terminals / sizeof terminals[0]; i++)
		if (open(terminals[i], O_RDWR | O_NOCTTY) >= 0)
			breach("%s was opened", terminals[i]);
	for (int fd = 0; fd < 3; fd++)
		if (isatty(fd))
			breach("descriptor %d is a terminal", fd);
	for (int fd = 0; fd < 3; fd++)
		if (ioctl(fd, TIOCSCTTY, 1) == 0 || ioctl(fd, TIOCSTI, "x") == 0)
			breach("descriptor %d became the terminal", fd);
	held_by("ioctl: %s", strerror(errno));
}
