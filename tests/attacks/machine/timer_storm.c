/* A timer that fires all the time, and a program that ignores what is meant to end it. */
#include "attack.h"

#include <signal.h>
#include <sys/time.h>

static void nothing(int number)
{
	(void)number;
}

int main(void)
{
	const struct itimerval at_once = {{0, 1}, {0, 1}};

	signal(SIGALRM, nothing);
	signal(SIGXCPU, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	setitimer(ITIMER_REAL, &at_once, NULL);
	for (;;)
		;
}
