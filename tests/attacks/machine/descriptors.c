/* What was inherited ("inherited")? How many can be had? */
#include "attack.h"

#include <fcntl.h>

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "inherited") == 0) {
		for (int fd = 3; fd < 5000; fd++)
			if (fcntl(fd, F_GETFD) >= 0)
				breach("descriptor %d is open", fd);
		if (access("/proc/self/fd/3", F_OK) == 0)
			breach("/proc/self/fd/3 is there");
		held();
	}
	for (int i = 0; i < 10000; i++)
		if (dup(0) < 0)
			held();
	breach("ten thousand descriptors were had");
}
