/* Memory that cannot be swapped out, by a flag of mmap. */
#include "attack.h"

#include <sys/mman.h>

int main(void)
{
	if (mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0) == MAP_FAILED)
		held_by("mmap: %s", strerror(errno));
	breach("a MiB was pinned");
}
