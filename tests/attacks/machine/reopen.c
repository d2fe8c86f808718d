/* One's own descriptors once more, with other rights: input for writing, the program too; or its length ("truncate").
 */
#include "attack.h"

#include <fcntl.h>
#include <sys/stat.h>

int main(int argc, char **argv)
{
	struct stat status;
	char path[64];
	int fd;

	if (argc > 1) {
		if (truncate("/proc/self/exe", 0) == 0 || truncate(argv[0], 0) == 0)
			breach("the program was cut off");
		held_by("truncate: %s", strerror(errno));
	}
	fd = open("/proc/self/fd/0", O_RDWR);
	if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && write(fd, "x", 1) > 0)
		breach("the input was written to");
	fd = open(argv[0], O_PATH);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (open(path, O_WRONLY) >= 0 || open("/proc/self/exe", O_RDWR) >= 0)
		breach("the program was opened for writing");
	if (chmod("/proc/self/exe", 04777) == 0 || chmod(argv[0], 04777) == 0)
		breach("the program was changed");
	if (open("/proc/self/root/../../etc/passwd", O_RDONLY) >= 0 ||
	    open("/proc/self/cwd/../../etc/passwd", O_RDONLY) >= 0)
		breach("the root has a way up");
	held();
}
