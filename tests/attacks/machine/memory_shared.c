/* Memory that RLIMIT_DATA does not count: shared, without a file ("anonymous") or from /dev/zero ("device"). */
#include "attack.h"

#include <fcntl.h>
#include <sys/mman.h>

int main(int argc, char **argv)
{
	int fd = argc > 1 && strcmp(argv[1], "device") == 0 ? open("/dev/zero", O_RDWR) : -1;
	int flags = MAP_SHARED | (fd < 0 ? MAP_ANONYMOUS : 0);

	for (int i = 0; i < 32; i++) {
		char *piece = mmap(NULL, 16 << 20, PROT_READ | PROT_WRITE, flags, fd, 0);

		if (piece == MAP_FAILED)
			held_by("mmap: %s", strerror(errno));
		touch(piece, 16 << 20);
	}
	sleep(1); /* what is had for a moment only is not seen by who looks now and then */
	breach("512 MiB of shared memory were had");
}
