/* Forks for as long as it may; every child does the same. */
#include "attack.h"

#include <signal.h>

int main(void)
{
	int refused = 0;

	for (int i = 0; i < 100000; i++)
		if (fork() < 0 && ++refused > 100)
			break;
	if (refused)
		held();
	breach("nothing stopped the forks");
}
