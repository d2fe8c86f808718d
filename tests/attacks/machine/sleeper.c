/* Never ends: sleeps ("sleep"), stops itself ("stop"), or spins in "threads" or "children". */
#include "attack.h"

#include <pthread.h>
#include <signal.h>

static void *spin(void *nothing)
{
	for (;;)
		__asm__ volatile("" ::: "memory");
	return nothing;
}

int main(int argc, char **argv)
{
	const char *way = argc > 1 ? argv[1] : "sleep";
	pthread_t thread;

	signal(SIGTERM, SIG_IGN);
	signal(SIGXCPU, SIG_IGN);
	if (strcmp(way, "stop") == 0)
		raise(SIGSTOP);
	if (strcmp(way, "threads") == 0)
		for (int i = 0; i < 3; i++)
			pthread_create(&thread, NULL, spin, NULL);
	if (strcmp(way, "children") == 0)
		for (int i = 0; i < 3; i++)
			if (fork() == 0)
				spin(NULL);
	for (;;)
		pause();
}
