#include "cgroup.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

#define PREFIX "assay"

/* ---- finding hierarchies ---------------------------------------------- */

/* Is `word` one of the comma-separated words? */
static bool has_word(const char *words, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = words; (at = strstr(at, word)); at += length)
		if ((at == words || at[-1] == ',') && (at[length] == '\0' || at[length] == ',' || at[length] == '\n'))
			return true;
	return false;
}

/* Our own group's path in that hierarchy, from /proc/self/cgroup ("4:memory:/path"). */
static bool own_path(const char *controller, char *path, size_t size)
{
	FILE *groups = fopen("/proc/self/cgroup", "re");
	char line[4096];
	bool found = false;

	while (groups && !found && fgets(line, sizeof line, groups)) {
		char *names = strchr(line, ':'), *where = names ? strchr(names + 1, ':') : NULL;

		if (!where)
			continue;
		*names++ = *where++ = '\0';
		where[strcspn(where, "\n")] = '\0';
		found = *controller ? has_word(names, controller) : *names == '\0';
		if (found)
			snprintf(path, size, "%s", where);
	}
	if (groups)
		fclose(groups);
	return found;
}

/* Where that hierarchy is mounted and which of its folders the mount shows, from /proc/self/mountinfo. */
static bool find_mount(const char *controller, char *root, char *point, size_t size)
{
	FILE *mounts = fopen("/proc/self/mountinfo", "re");
	char line[4096];
	bool found = false;

	while (mounts && !found && fgets(line, sizeof line, mounts)) {
		char seen_root[1024], seen_point[1024], kind[32], options[1024];
		char *tail = strstr(line, " - ");

		if (!tail || sscanf(line, "%*s %*s %*s %1023s %1023s", seen_root, seen_point) != 2 ||
		    sscanf(tail, " - %31s %*s %1023s", kind, options) != 2)
			continue;
		found = *controller ? strcmp(kind, "cgroup") == 0 && has_word(options, controller)
				    : strcmp(kind, "cgroup2") == 0;
		if (found) {
			snprintf(root, size, "%s", seen_root);
			snprintf(point, size, "%s", seen_point);
		}
	}
	if (mounts)
		fclose(mounts);
	return found;
}

int cgroup_open_own(const char *controller)
{
	char path[1024], root[1024], point[1024];
	cleanup_free char *folder = NULL;
	const char *below = path;
	size_t length;

	if (!own_path(controller, path, sizeof path) || !find_mount(controller, root, point, sizeof point))
		return -1;
	/* a container's mount shows a part of the hierarchy only, of which our path may or may not know */
	length = strlen(root);
	if (length > 1)
		below = strncmp(path, root, length) == 0 ? path + length : "";
	folder = text_format("%s%s", point, below);
	return open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* ---- files of a group ------------------------------------------------- */

static int open_file(int folder, const char *group, const char *file, int flags)
{
	char path[160];

	snprintf(path, sizeof path, "%s/%s", group, file);
	return openat(folder, path, flags | O_CLOEXEC);
}

int cgroup_write(int folder, const char *group, const char *file, const char *value)
{
	int fd = open_file(folder, group, file, O_WRONLY);
	ssize_t written;
	int saved;

	if (fd < 0)
		return -1;
	written = write(fd, value, strlen(value));
	saved = errno;
	close(fd);
	errno = saved;
	return written < 0 ? -1 : 0;
}

int cgroup_write_number(int folder, const char *group, const char *file, uint64_t value)
{
	char text[32];

	snprintf(text, sizeof text, "%llu", (unsigned long long)value);
	return cgroup_write(folder, group, file, text);
}

/* After `key` and a blank, at a line's beginning; NULL where there is none. */
static const char *find_key(const char *text, const char *key)
{
	size_t length = strlen(key);

	for (const char *at = text; at; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (strncmp(at, key, length) == 0 && at[length] == ' ')
			return at + length;
	}
	return NULL;
}

bool cgroup_read_number(int folder, const char *group, const char *file, const char *key, uint64_t *number)
{
	char text[4096];
	const char *at = text;
	int fd = open_file(folder, group, file, O_RDONLY);
	ssize_t length;

	if (fd < 0)
		/* older kernels lack some; but a group that somebody removed lacks them all */
		return errno == ENOENT && faccessat(folder, group, F_OK, 0) == 0;
	length = read(fd, text, sizeof text - 1);
	close(fd);
	if (length < 0)
		return false;
	text[length] = '\0';
	if (key)
		at = find_key(text, key);
	if (at && length > 0)
		*number = strtoull(at, NULL, 10);
	return true;
}

bool cgroup_has_file(int folder, const char *group, const char *file)
{
	char path[160];

	snprintf(path, sizeof path, "%s/%s", group, file);
	return faccessat(folder, path, W_OK, AT_EACCESS) == 0;
}

/* ---- a box's group ---------------------------------------------------- */

/* One hierarchy's group, with the file opened by which it is entered. */
static int make_in(const struct cgroup_host *host, struct cgroup *group, int role, struct error **err)
{
	int fd;

	if (host->folders[role] < 0 || host->shared[role])
		return 0;
	if (mkdirat(host->folders[role], group->name, 0755) < 0)
		return error_set_errno(err, ERROR_SANDBOX, "control group %s", group->name);
	fd = role == CGROUP_UNIFIED ? open_file(host->folders[role], group->name, "", O_RDONLY | O_DIRECTORY)
				    : open_file(host->folders[role], group->name, "tasks", O_WRONLY);
	if (fd < 0)
		return error_set_errno(err, ERROR_SANDBOX, "opening control group %s", group->name);
	if (role == CGROUP_UNIFIED)
		group->birth = fd;
	else
		group->joins[group->join_count++] = fd;
	return 0;
}

int cgroup_create(const struct cgroup_host *host, struct cgroup *group, unsigned int number, struct error **err)
{
	*group = (struct cgroup){.host = host, .birth = -1, .made = true};
	/* the thread's id, since a handle may be forked, and the copies then number alike */
	snprintf(group->name, sizeof group->name, "%s-%d.%x.%u", host->prefix, (int)gettid(), host->nonce, number);
	return make_in(host, group, CGROUP_UNIFIED, err);
}

int cgroup_complete(struct cgroup *group, const struct sandbox_limits *limits, struct error **err)
{
	if (group->complete && group->limits.memory_kib == limits->memory_kib &&
	    group->limits.processes == limits->processes)
		return 0;
	for (int role = 0; role < CGROUP_ROLE_COUNT && !group->complete; role++)
		if (role != CGROUP_UNIFIED && make_in(group->host, group, role, err) < 0)
			return -1;
	group->complete = true;
	group->limits = *limits;
	return group->host->driver->limit(group, limits, err);
}

bool cgroup_usage(struct cgroup *group, struct cgroup_usage *usage)
{
	bool complete;

	*usage = (struct cgroup_usage){0};
	if (!group->made)
		return true;
	complete = group->host->driver->usage(group, &group->counted);
	*usage = group->counted;
	usage->cpu_us -= group->before.cpu_us;
	usage->oom_kills -= group->before.oom_kills;
	usage->refused_forks -= group->before.refused_forks;
	return complete;
}

bool cgroup_renew(struct cgroup *group)
{
	if (!group->complete || !group->host->driver->renew(group))
		return false;
	group->before = group->counted;
	return true;
}

void cgroup_kill(const struct cgroup *group)
{
	if (group->made)
		group->host->driver->kill(group->host, group->name);
}

/* The kernel keeps a group busy for a moment after its last process was reaped. */
static int remove_folder(int folder, const char *name, int64_t deadline)
{
	while (unlinkat(folder, name, AT_REMOVEDIR) < 0) {
		if (errno == ENOENT)
			return 0;
		if (errno != EBUSY || clock_ms() > deadline)
			return -1;
		nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL);
	}
	return 0;
}

static int remove_everywhere(const struct cgroup_host *host, const char *name, int64_t deadline)
{
	int result = 0;

	for (int role = 0; role < CGROUP_ROLE_COUNT; role++)
		if (host->folders[role] >= 0 && !host->shared[role] &&
		    remove_folder(host->folders[role], name, deadline) < 0)
			result = -1;
	return result;
}

int cgroup_destroy(struct cgroup *group, unsigned int wait_ms)
{
	for (size_t i = 0; i < group->join_count; i++)
		close(group->joins[i]);
	group->join_count = 0;
	if (group->birth >= 0)
		close(group->birth);
	group->birth = -1;
	group->complete = false;
	if (!group->made)
		return 0;
	if (remove_everywhere(group->host, group->name, clock_ms() + wait_ms) < 0)
		return -1;
	group->made = false;
	return 0;
}

/* ---- what dead supervisors left --------------------------------------- */

/* When the process started, in ticks since boot: with the pid, a name that is never used twice. 0, or an errno. */
static int start_time(pid_t pid, unsigned long long *ticks)
{
	char path[32], text[1024];
	const char *at;
	ssize_t length;
	int fd, failed;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	length = read(fd, text, sizeof text - 1);
	failed = length < 0 ? errno : 0;
	close(fd);
	if (failed)
		return failed;
	text[length] = '\0';
	at = strrchr(text, ')'); /* the name before it may hold anything */
	for (int field = 2; at && field < 22; field++)
		at = strchr(at + 1, ' ');
	if (!at)
		return EIO;
	*ticks = strtoull(at, NULL, 10);
	return 0;
}

/*
 * Only what is known to be dead is: that we could not look (no descriptor left, for example) says nothing, nor does a
 * /proc that hides other people's processes.
 */
static bool has_died(pid_t pid, unsigned long long started)
{
	unsigned long long ticks;
	int failed = start_time(pid, &ticks);

	if (failed)
		return (failed == ENOENT || failed == ESRCH) && kill(pid, 0) < 0 && errno == ESRCH;
	return ticks != started;
}

/*
 * Control groups are seen from every PID namespace, and a pid says nothing in
 * another one: whose namespace it was is part of the name, and only one's own
 * dead are swept. (A supervisor in a container would else look dead from
 * outside, and its boxes would be killed.)
 */
static unsigned long pid_namespace(void)
{
	struct stat status;

	return stat("/proc/self/ns/pid", &status) == 0 ? (unsigned long)status.st_ino : 0;
}

static bool is_stale(const char *name)
{
	unsigned long long started;
	unsigned long namespace;
	int pid, thread;

	return sscanf(name, PREFIX "-%lx-%d-%llu-%d", &namespace, &pid, &started, &thread) == 4 &&
	       namespace == pid_namespace() && has_died(pid, started);
}

static void sweep(const struct cgroup_host *host, int folder)
{
	int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *list = copy >= 0 ? fdopendir(copy) : NULL;
	struct dirent *entry;

	while (list && (entry = readdir(list))) {
		if (!is_stale(entry->d_name))
			continue;
		host->driver->kill(host, entry->d_name);
		remove_everywhere(host, entry->d_name, clock_ms() + 1000);
	}
	if (list)
		closedir(list);
}

static void forget_folders(struct cgroup_host *host)
{
	for (int role = 0; role < CGROUP_ROLE_COUNT; role++) {
		if (host->folders[role] >= 0)
			close(host->folders[role]);
		host->folders[role] = -1;
	}
}

bool cgroup_probe_driver(struct cgroup_host *host, const struct cgroup_driver *driver)
{
	unsigned long long started = 0;
	int pid = (int)getpid();
	bool has_name = start_time(pid, &started) == 0; /* without its own, a group would look like a dead one's */

	*host = (struct cgroup_host){.driver = driver};
	for (int role = 0; role < CGROUP_ROLE_COUNT; role++)
		host->folders[role] = -1;
	snprintf(host->prefix, sizeof host->prefix, PREFIX "-%lx-%d-%llu", pid_namespace(), pid, started);
	if ((!has_name && driver != &cgroup_none) || getrandom(&host->nonce, sizeof host->nonce, 0) < 0 ||
	    !driver->probe(host)) {
		forget_folders(host);
		return false;
	}
	for (int role = 0; role < CGROUP_ROLE_COUNT; role++)
		if (host->folders[role] >= 0 && !host->shared[role])
			sweep(host, host->folders[role]);
	return true;
}

/* Version 1 is what a hybrid has its controllers in; but not all of them, where a kernel has memory in version 2 only. */
void cgroup_probe(struct cgroup_host *host)
{
	static const struct cgroup_driver *const drivers[] = {&cgroup_v1, &cgroup_v2};
	const unsigned int memory = 1u << SANDBOX_LAYER_CGROUP_MEMORY;
	struct cgroup_host found;

	cgroup_probe_driver(host, &cgroup_none); /* which never fails */
	for (size_t i = 0; i < ARRAY_LENGTH(drivers) && !(host->layers & memory); i++) {
		if (!cgroup_probe_driver(&found, drivers[i]))
			continue;
		if (host->layers && !(found.layers & memory)) {
			cgroup_release_host(&found);
			continue;
		}
		cgroup_release_host(host);
		*host = found;
	}
}

void cgroup_release_host(struct cgroup_host *host)
{
	forget_folders(host);
}
