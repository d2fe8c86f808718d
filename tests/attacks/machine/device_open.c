/* Opens the device that is in a folder of the host's. */
#include "attack.h"

#include <fcntl.h>

int main(void)
{
	if (open("/planted/device", O_RDONLY) < 0 && open("/planted/device", O_WRONLY) < 0)
		held_by("open: %s", strerror(errno));
	breach("a device was opened");
}
