/* As memory_heap, shared among children, each of which alone would be within the limit. */
#include "attack.h"

#include <sys/wait.h>

int main(void)
{
	int status;

	for (int child = 0; child < 16; child++) {
		if (fork() == 0) {
			char *piece = malloc(32 << 20);

			if (piece)
				touch(piece, 32 << 20);
			sleep(2);
			_exit(0);
		}
	}
	while (wait(&status) > 0)
		continue;
	breach("512 MiB were had in sixteen children");
}
