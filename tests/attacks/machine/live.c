/* No attack: leaves a file, says so, and waits to be told nothing. */
#include "attack.h"

#include <fcntl.h>

int main(void)
{
	int fd = open("/tmp/live", O_CREAT | O_WRONLY, 0600);

	if (write(fd, "alive", 5) != 5 || write(1, "ready", 5) != 5)
		return 9;
	usleep(900000);
	unlink("/tmp/live");
	return 0;
}
