/* Maps of a page each, which cannot be joined: the kernel's books of them are memory, too. */
#include "attack.h"

#include <sys/mman.h>

int main(void)
{
	for (long i = 0; i < 1L << 20; i++)
		if (mmap(NULL, 4096, i % 2 ? PROT_READ : PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
			held_by("the %ldth map: %s", i, strerror(errno));
	breach("a million maps were had");
}
