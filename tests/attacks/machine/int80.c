/* The i386 door into an x86-64 kernel: there, number 20 is getpid, and 11 execve. */
#include "attack.h"

int main(void)
{
#ifdef __x86_64__
	long result;

	__asm__ volatile("int $0x80" : "=a"(result) : "a"(20L) : "memory");
	breach("int 0x80 answered %ld", result);
#else
	held();
#endif
}
