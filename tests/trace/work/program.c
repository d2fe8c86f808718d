/* What C programs do at run time, a part each: `program PART`. */
#include <assert.h>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int by_value(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int plain(void)
{
	int *numbers = malloc(3000000 * sizeof *numbers), word = 0;
	char line[100];
	struct timespec now;
	time_t seconds = time(NULL);

	setlocale(LC_ALL, "");
	while (fgets(line, sizeof line, stdin))
		word += (int)strlen(line);
	for (int i = 0; i < 3000000; i++)
		numbers[i] = rand();
	qsort(numbers, 3000000, sizeof *numbers, by_value);
	numbers = realloc(numbers, 6000000 * sizeof *numbers);
	free(numbers);
	clock_gettime(CLOCK_MONOTONIC, &now);
	printf("%d %ld %ld %s %d\n", word, (long)clock(), (long)getpid(), asctime(localtime(&seconds)), isatty(1));
	printf("%ld %d %ld\n", sysconf(_SC_NPROCESSORS_ONLN), get_nprocs_conf(), sysconf(_SC_PHYS_PAGES));
	fprintf(stderr, "%s\n", getenv("LANG"));
	return 3;
}

static int files(void)
{
	char real[4096], start[4];
	FILE *file = fopen("/proc/self/exe", "r");
	DIR *folder = opendir("/lib64");
	struct stat status;

	assert(file && folder && readdir(folder));
	closedir(folder);
	assert(fread(start, 1, 4, file) == 4 && fseek(file, 0, SEEK_END) == 0 && ftell(file) > 4);
	fclose(file);
	assert(realpath("/lib64", real) && getcwd(real, sizeof real) && access("/lib64", R_OK) == 0);
	assert(stat("/lib64", &status) == 0 && lstat("/lib64", &status) == 0 && fstat(0, &status) == 0);
	assert(dlopen("libm.so.6", RTLD_NOW));
	assert(close(dup(0)) == 0);
	return 0;
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int count;

static void *work(void *argument)
{
	pthread_attr_t attributes;

	assert(pthread_getattr_np(pthread_self(), &attributes) == 0);
	pthread_attr_destroy(&attributes);
	pthread_setname_np(pthread_self(), "worker");
	for (int i = 0; i < 10000; i++) {
		pthread_mutex_lock(&lock);
		count++;
		pthread_cond_broadcast(&changed);
		pthread_mutex_unlock(&lock);
		free(malloc((size_t)i * 20));
	}
	return argument;
}

static void *wait_for_ever(void *argument)
{
	for (;;)
		pause();
	return argument;
}

static int threads(void)
{
	pthread_t workers[4], waiting;
	struct timespec deadline;

	for (int i = 0; i < 4; i++)
		assert(pthread_create(&workers[i], NULL, work, NULL) == 0);
	pthread_mutex_lock(&lock);
	while (count < 40000)
		pthread_cond_wait(&changed, &lock);
	clock_gettime(CLOCK_REALTIME, &deadline);
	deadline.tv_nsec = 0;
	pthread_cond_timedwait(&changed, &lock, &deadline);
	pthread_mutex_unlock(&lock);
	for (int i = 0; i < 4; i++)
		pthread_join(workers[i], NULL);
	assert(pthread_create(&waiting, NULL, wait_for_ever, NULL) == 0);
	usleep(1000);
	pthread_cancel(waiting);
	pthread_join(waiting, NULL);
	return 0;
}

static sigjmp_buf back;

static void caught(int number)
{
	siglongjmp(back, number);
}

static int signals(void)
{
	static char room[65536];
	const stack_t stack = {.ss_sp = room, .ss_size = sizeof room};
	struct sigaction action = {.sa_handler = caught, .sa_flags = SA_ONSTACK};
	volatile int *nowhere = NULL;

	sigaltstack(&stack, NULL);
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGUSR1, &action, NULL);
	if (sigsetjmp(back, 1) == 0)
		*nowhere = 1;
	if (sigsetjmp(back, 1) == 0)
		raise(SIGUSR1);
	sleep(0);
	nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	return 0;
}

static int deeper(int depth)
{
	volatile char room[1000];

	room[0] = (char)depth;
	return deeper(depth + 1) + room[0];
}

int main(int argc, char **argv)
{
	const char *part = argc > 1 ? argv[1] : "";

	if (strcmp(part, "plain") == 0)
		return plain();
	if (strcmp(part, "files") == 0)
		return files();
	if (strcmp(part, "threads") == 0)
		return threads();
	if (strcmp(part, "signals") == 0)
		return signals();
	if (strcmp(part, "overflow") == 0)
		return deeper(0);
	if (strcmp(part, "abort") == 0)
		abort();
	assert(!"such a part");
	return 1;
}
