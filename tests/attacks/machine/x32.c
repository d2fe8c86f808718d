/* The x32 ABI has x86-64's architecture and numbers of its own; argv[1] is one: 39 is getpid, 520 execve. */
#include "attack.h"

#include <sys/syscall.h>

int main(int argc, char **argv)
{
	long number = argc > 1 ? atol(argv[1]) : SYS_getpid, result = syscall(0x40000000 + number, 0L, 0L, 0L);

	breach("x32 call %ld answered %ld", number, result);
}
