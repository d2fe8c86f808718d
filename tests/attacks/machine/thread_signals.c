/* Init by signals that are meant for threads, which every profile allows. */
#include "attack.h"

#include <signal.h>
#include <sys/syscall.h>

int main(void)
{
	static const int signals[] = {SIGKILL, SIGSTOP, SIGSEGV, SIGTERM, SIGABRT};

	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
		syscall(SYS_tkill, 1, signals[i]);
		syscall(SYS_tgkill, 1, 1, signals[i]);
	}
	for (int round = 0; round < 1000; round++) /* and a queue of them, for who has all of them blocked */
		syscall(SYS_tkill, 1, SIGRTMIN + 3);
	usleep(10000);
	if (syscall(SYS_tkill, 1, 0) < 0 && errno == ESRCH)
		breach("init is gone");
	held();
}
