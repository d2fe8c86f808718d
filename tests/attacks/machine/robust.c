/* Pointers that the kernel follows by itself when a thread ends, and calls that only it should make. */
#include "attack.h"

#include <stdint.h>
#include <sys/syscall.h>
#include <sys/wait.h>

struct robust_head {
	void *next;
	long offset;
	void *pending;
};

int main(void)
{
	static const uintptr_t places[] = {
		0, 1, 4095, (uintptr_t)-4096, 0xffffffff81000000, 0x7fffffffffff, 0xdeadbeef000};
	struct robust_head head;

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		int status;
		pid_t child = fork();

		if (child == 0) {
			head = (struct robust_head){(void *)places[i], (long)places[i], (void *)places[i]};
			syscall(SYS_set_robust_list, i % 2 ? &head : (void *)places[i], sizeof head);
			syscall(SYS_set_tid_address, places[i]);
			_exit(7);
		}
		if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 7)
			breach("a child did not end as it wanted to");
	}
	if (syscall(SYS_restart_syscall) >= 0 || errno != EINTR)
		breach("restart_syscall had something to restart");
	held();
}
