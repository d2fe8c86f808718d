/* Init by signals that are meant for threads: by tgkill, which every profile allows, or by its forerunner ("tkill"). */
#include "attack.h"

#include <signal.h>
#include <sys/syscall.h>

static long signal_init(int older, int number)
{
	return older ? syscall(SYS_tkill, 1, number) : syscall(SYS_tgkill, 1, 1, number);
}

int main(int argc, char **argv)
{
	static const int signals[] = {SIGKILL, SIGSTOP, SIGSEGV, SIGTERM, SIGABRT};
	int older = argc > 1;

	(void)argv;
	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
		signal_init(older, signals[i]);
	for (int round = 0; round < 1000; round++) /* and a queue of them, for who has all of them blocked */
		signal_init(older, SIGRTMIN + 3);
	usleep(10000);
	if (signal_init(older, 0) < 0 && errno == ESRCH)
		breach("init is gone");
	held();
}
