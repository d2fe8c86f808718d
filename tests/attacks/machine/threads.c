/* As many threads as it may. */
#include "attack.h"

#include <pthread.h>

static void *wait_for_ever(void *nothing)
{
	for (;;)
		sleep(1000);
	return nothing;
}

int main(void)
{
	for (int i = 0; i < 10000; i++) {
		pthread_t thread;

		if (pthread_create(&thread, NULL, wait_for_ever, NULL) != 0)
			held();
	}
	breach("ten thousand threads were had");
}
