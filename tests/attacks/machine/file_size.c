/* One file that grows. */
#include "attack.h"

#include <fcntl.h>

int main(void)
{
	static char piece[1 << 20];
	int fd = open("/tmp/large", O_CREAT | O_WRONLY, 0600);

	while (write(fd, piece, sizeof piece) > 0)
		continue;
	held_by("write: %s", strerror(errno));
}
