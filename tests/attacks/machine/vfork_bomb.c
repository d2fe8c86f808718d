/* As fork_bomb with vfork, whose child runs on the parent's stack: each child makes the next. */
#include "attack.h"

static volatile int depth;

static void deeper(void)
{
	if (++depth > 100000)
		breach("nothing stopped the forks");
	if (vfork() < 0)
		held();
	deeper();
}

int main(void)
{
	deeper();
}
