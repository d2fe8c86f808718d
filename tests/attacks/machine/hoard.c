/* Takes all descriptors that can be had, and keeps them for a while. */
#include "attack.h"

int main(void)
{
	for (int i = 0; i < 10000; i++)
		if (dup(0) < 0) {
			int refused = errno;

			usleep(700000);
			held_by("dup: %s", strerror(refused));
		}
	breach("ten thousand descriptors were had");
}
