/* What lies where the supervisor will read: links, a pipe, a folder, too large a file. */
#include "attack.h"

#include <fcntl.h>
#include <sys/stat.h>

int main(void)
{
	int fd = open("/tmp/large", O_CREAT | O_WRONLY, 0600);

	if (ftruncate(fd, 1 << 20) < 0 || symlink("/etc/passwd", "/tmp/link") < 0 || symlink("/", "/tmp/root") < 0 ||
	    symlink("good", "/tmp/inner") < 0 || mkdir("/tmp/folder", 0700) < 0)
		breach("%s", strerror(errno));
	fd = open("/tmp/good", O_CREAT | O_WRONLY, 0600);
	if (write(fd, "good", 4) != 4)
		breach("%s", strerror(errno));
	held();
}
