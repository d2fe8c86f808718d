/* Page tables: a TiB that is only read costs no page of its own, but a table for each 2 MiB. */
#include "attack.h"

#include <sys/mman.h>

int main(void)
{
	const size_t size = 1L << 40, step = 2 << 20;
	char *place = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (place == MAP_FAILED)
		held_by("mmap: %s", strerror(errno));
	madvise(place, size, MADV_NOHUGEPAGE);
	for (size_t at = 0; at < 200000 * step; at += step)
		(void)((volatile char *)place)[at];
	breach("800 MiB of page tables were had");
}
