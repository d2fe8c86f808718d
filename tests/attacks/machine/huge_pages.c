/* The pages that the machine keeps for somebody who needs them to be large. No memory limit counts these. */
#include "attack.h"

#include <sys/mman.h>

int main(void)
{
	char *place = mmap(NULL, 2 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);

	if (place == MAP_FAILED)
		held_by("mmap: %s", strerror(errno));
	breach("a huge page was had");
}
