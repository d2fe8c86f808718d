#include "process_tree.h"

#include "base/memory.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A bomb's tree is as large as the process limit lets it be; deeper than this it is not looked at. */
#define DEEPEST 512

static uint64_t ticks_of(pid_t pid)
{
	unsigned long long user = 0, system = 0, waited_user = 0, waited_system = 0;
	char path[32], line[1024];
	const char *fields;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	file = fopen(path, "re");
	if (!file)
		return 0;
	fields = fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL; /* the name before it may hold anything */
	if (fields)
		sscanf(fields + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu %llu %llu", &user, &system,
		       &waited_user, &waited_system);
	fclose(file);
	return user + system + waited_user + waited_system;
}

static uint64_t ticks_below(pid_t pid, int depth)
{
	uint64_t ticks = ticks_of(pid);
	char path[64];
	FILE *children;
	int child;

	/* children are listed by thread; that a thread other than the first forks is left to the wall limit */
	snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
	children = depth < DEEPEST ? fopen(path, "re") : NULL;
	while (children && fscanf(children, "%d", &child) == 1)
		ticks += ticks_below(child, depth + 1);
	if (children)
		fclose(children);
	return ticks;
}

uint64_t process_tree_cpu_us(pid_t root)
{
	return ticks_below(root, 0) * 1000000 / (uint64_t)sysconf(_SC_CLK_TCK);
}
