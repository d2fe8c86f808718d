/* A pipe for the kernel's notices, a large interface behind a small flag. */
#include "attack.h"

#include <fcntl.h>
#include <sys/ioctl.h>

int main(void)
{
	int ends[2];

	if (pipe2(ends, O_EXCL /* NOTIFICATION_PIPE */) < 0 && pipe(ends) < 0) /* not every kernel has it */
		held_by("pipe2: %s", strerror(errno));
	if (ioctl(ends[0], 0x5760 /* IOC_WATCH_QUEUE_SET_SIZE */, 256) < 0)
		held_by("ioctl: %s", strerror(errno));
	breach("a watch queue was had");
}
