/* Runs what the host has put at /planted: a program that makes everybody root, or gives capabilities. */
#include "attack.h"

int main(void)
{
	char *arguments[] = {(char *)"/planted/program", NULL};

	execv(arguments[0], arguments);
	held_by("execv: %s", strerror(errno));
}
