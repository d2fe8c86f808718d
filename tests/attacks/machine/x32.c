/* The x32 ABI has x86-64's architecture and numbers of its own. */
#include "attack.h"

#include <sys/syscall.h>

int main(void)
{
	long result = syscall(0x40000000 + SYS_getpid);

	breach("an x32 call answered %ld", result);
}
