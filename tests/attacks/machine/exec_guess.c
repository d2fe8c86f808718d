/* The start of the program is an execve that knows a secret. Without it nothing is executed. */
#include "attack.h"

#include <stdint.h>
#include <sys/syscall.h>

int main(void)
{
	char *arguments[] = {(char *)"/bin/true", NULL}, *environment[] = {NULL};

	syscall(SYS_execve, "/bin/true", arguments, environment, 0L, 0L, 0L);
	held_by("execve came back with %s", strerror(errno));
}
