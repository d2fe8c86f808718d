/* A stack that grows for as long as it may. */
#include "attack.h"

static int deeper(int depth)
{
	volatile char frame[1 << 16];

	for (size_t i = 0; i < sizeof frame; i += 4096)
		frame[i] = (char)depth;
	if (depth > 1 << 14)
		breach("a GiB of stack was had");
	return deeper(depth + 1) + frame[depth % 4096];
}

int main(void)
{
	return deeper(0);
}
