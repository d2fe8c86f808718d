#include "process_tree.h"

#include "base/memory.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A bomb's tree is as large as the process limit lets it be; deeper than this it is not looked at. */
#define DEEPEST 512
#define MOST_LOOKED_AT 32

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

typedef bool visit(pid_t pid, void *context); /* false: enough */

static bool walk(pid_t pid, int depth, visit *at_each, void *context)
{
	char path[64];
	FILE *children;
	bool more = at_each(pid, context);
	int child;

	/* children are listed by thread; that a thread other than the first forks is left to the wall limit */
	snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
	children = more && depth < DEEPEST ? fopen(path, "re") : NULL;
	while (children && more && fscanf(children, "%d", &child) == 1)
		more = walk(child, depth + 1, at_each, context);
	if (children)
		fclose(children);
	return more;
}

static bool add_ticks(pid_t pid, void *context)
{
	uint64_t *ticks = context;

	*ticks += ticks_of(pid);
	return true;
}

uint64_t process_tree_cpu_us(pid_t root)
{
	uint64_t ticks = 0;

	walk(root, 0, add_ticks, &ticks);
	return ticks * 1000000 / (uint64_t)sysconf(_SC_CLK_TCK);
}

/* ---- descriptors ------------------------------------------------------------ */

struct search {
	pid_t root; /* not looked at */
	unsigned int wanted, looked_at;
	bool found;
};

static unsigned int count_descriptors(pid_t pid)
{
	unsigned int count = 0;
	char path[32];
	DIR *list;

	snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
	list = opendir(path);
	while (list && readdir(list))
		count++;
	if (list)
		closedir(list);
	return count < 2 ? 0 : count - 2; /* "." and ".." */
}

static bool look_for_descriptors(pid_t pid, void *context)
{
	struct search *search = context;

	if (pid != search->root)
		search->found = count_descriptors(pid) >= search->wanted;
	return !search->found && ++search->looked_at <= MOST_LOOKED_AT;
}

bool process_tree_has_descriptors(pid_t root, unsigned int count)
{
	struct search search = {.root = root, .wanted = count};

	walk(root, 0, look_for_descriptors, &search);
	return search.found;
}
