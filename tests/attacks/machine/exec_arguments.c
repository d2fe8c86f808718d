/* Itself again and again, with as many arguments as the kernel takes. */
#include "attack.h"

#define COUNT 100000

int main(int argc, char **argv)
{
	static char *arguments[COUNT + 1], count[16];
	int round = argc > 1 ? atoi(argv[1]) : 0;

	if (round == 20)
		held();
	snprintf(count, sizeof count, "%d", round + 1);
	for (int i = 0; i < COUNT; i++)
		arguments[i] = count;
	arguments[0] = argv[0];
	execve(argv[0], arguments, arguments);
	held_by("execve: %s", strerror(errno));
}
