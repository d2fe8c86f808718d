/* The i386 door into an x86-64 kernel; argv[1] is the number of a call there: 20 is getpid, 11 execve. */
#include "attack.h"

int main(int argc, char **argv)
{
#ifdef __x86_64__
	long result, number = argc > 1 ? atol(argv[1]) : 20;

	__asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(0L), "c"(0L), "d"(0L) : "memory");
	breach("int 0x80 %ld answered %ld", number, result);
#else
	(void)argc, (void)argv;
	held();
#endif
}
