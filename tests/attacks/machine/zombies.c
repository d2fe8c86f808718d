/* Children that end at once and are never waited for. */
#include "attack.h"

int main(void)
{
	for (int i = 0; i < 100000; i++) {
		pid_t child = fork();

		if (child == 0)
			_exit(0);
		if (child < 0)
			held();
	}
	breach("a hundred thousand zombies were had");
}
