#include "process_tree.h"

#include "base/clock.h"
#include "base/memory.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MOST_LOOKED_AT 32
#define MOST_REMEMBERED 4096
#define LONGEST_US 50000

struct tree_process {
	pid_t pid;
	uint64_t ticks; /* its own */
};

/* Its own, and those of the children that it waited for. */
static void ticks_of(pid_t pid, uint64_t *own, uint64_t *waited)
{
	unsigned long long user = 0, system = 0, waited_user = 0, waited_system = 0;
	char path[32], line[1024];
	const char *fields;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	file = fopen(path, "re");
	fields = file && fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL; /* the name before may hold anything */
	if (fields)
		sscanf(fields + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu %llu %llu", &user, &system,
		       &waited_user, &waited_system);
	if (file)
		fclose(file);
	*own = user + system;
	*waited = waited_user + waited_system;
}

static uint64_t memory_of(pid_t pid)
{
	static const char *const keys[] = {"RssAnon:", "RssShmem:"};
	unsigned long long kib, sum = 0;
	char path[32], line[256];
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	file = fopen(path, "re");
	while (file && fgets(line, sizeof line, file))
		for (size_t i = 0; i < ARRAY_LENGTH(keys); i++)
			if (strncmp(line, keys[i], strlen(keys[i])) == 0 && sscanf(line + strlen(keys[i]), "%llu", &kib) == 1)
				sum += kib;
	if (file)
		fclose(file);
	return sum;
}

/* Breadth first, each list of children read at once: a deep tree needs no more descriptors than a flat one. */
struct walk {
	pid_t *found;
	size_t count;
};

/* Children are listed by thread; that a thread other than the first forks is left to the wall limit. */
static void find_children(struct walk *walk, pid_t pid)
{
	char path[64];
	FILE *children;
	int child;

	snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
	children = fopen(path, "re");
	while (children && fscanf(children, "%d", &child) == 1)
		*ARRAY_ADD(walk->found, walk->count) = child;
	if (children)
		fclose(children);
}

/* Until `visit` has enough (false), or the time is over: against a bomb the caller has better to do. */
static void walk_tree(pid_t root, bool (*visit)(pid_t pid, void *context), void *context)
{
	int64_t until_us = clock_us() + LONGEST_US;
	struct walk walk = {0};

	*ARRAY_ADD(walk.found, walk.count) = root;
	for (size_t i = 0; i < walk.count && visit(walk.found[i], context) && clock_us() < until_us; i++)
		find_children(&walk, walk.found[i]);
	free(walk.found);
}

struct sums {
	struct tree_use *use;
	uint64_t ticks, memory_kib;
	pid_t root; /* whose memory is the caller's, copied */
};

static void remember(struct tree_use *use, pid_t pid, uint64_t ticks)
{
	size_t at = 0;

	while (at < use->seen_count && use->seen[at].pid != pid)
		at++;
	if (at == MOST_REMEMBERED)
		return;
	if (at == use->seen_count)
		*ARRAY_ADD(use->seen, use->seen_count) = (struct tree_process){.pid = pid};
	else if (ticks < use->seen[at].ticks) /* another one by the same number */
		use->gone_ticks += use->seen[at].ticks;
	use->seen[at].ticks = ticks;
}

static bool add(pid_t pid, void *context)
{
	struct sums *sums = context;
	uint64_t own, waited;

	ticks_of(pid, &own, &waited);
	remember(sums->use, pid, own);
	sums->ticks += own + waited;
	if (pid != sums->root)
		sums->memory_kib += memory_of(pid);
	return true;
}

void process_tree_look(pid_t root, struct tree_use *use)
{
	struct sums sums = {.use = use, .root = root};
	uint64_t ever;

	walk_tree(root, add, &sums);
	ever = use->gone_ticks;
	for (size_t i = 0; i < use->seen_count; i++)
		ever += use->seen[i].ticks;
	use->cpu_us = (sums.ticks > ever ? sums.ticks : ever) * 1000000 / (uint64_t)sysconf(_SC_CLK_TCK);
	use->memory_kib = sums.memory_kib;
}

void process_tree_forget(struct tree_use *use)
{
	free(use->seen);
	*use = (struct tree_use){0};
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

	walk_tree(root, look_for_descriptors, &search);
	return search.found;
}
