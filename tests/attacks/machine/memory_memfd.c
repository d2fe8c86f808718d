/* Memory in files that are in no folder. */
#include "attack.h"

#include <sys/mman.h>

#define EACH (8 << 20)

int main(void)
{
	for (int i = 0; i < 50; i++) {
		int fd = memfd_create("memory", 0);
		char *piece;

		if (fd < 0)
			held_by("memfd_create: %s", strerror(errno));
		if (ftruncate(fd, EACH) < 0)
			breach("%s", strerror(errno));
		piece = mmap(NULL, EACH, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		if (piece == MAP_FAILED)
			held_by("mmap: %s", strerror(errno));
		touch(piece, EACH);
	}
	breach("400 MiB were had in files without a name");
}
