/* Many processes that spin and ignore every signal that can be ignored; argv[1] says how many. */
#include "attack.h"

#include <signal.h>

int main(int argc, char **argv)
{
	int count = argc > 1 ? atoi(argv[1]) : 100;

	for (int signal_number = 1; signal_number < 64; signal_number++)
		signal(signal_number, SIG_IGN);
	for (int i = 1; i < count; i++)
		if (fork() == 0)
			break;
	for (;;)
		;
}
