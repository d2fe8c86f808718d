/* Touches memory until there is none. */
#include "attack.h"

int main(void)
{
	for (long total = 0; total < 64L << 30; total += 1 << 20) {
		char *piece = malloc(1 << 20);

		if (!piece)
			held();
		touch(piece, 1 << 20);
	}
	breach("64 GiB of memory were had");
}
