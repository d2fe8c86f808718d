/* What the host looks at while a box lives, as it ends, and in the next one. */
#include "scene.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- processes, as the host sees them --------------------------------------------- */

static bool mentions(const char *path, const char *text)
{
	char line[256];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd >= 0 ? read(fd, line, sizeof line) : 0;

	if (fd >= 0)
		close(fd);
	return length > 0 && memmem(line, (size_t)length, text, strlen(text));
}

/* A thread with the scene's own path on its command line; 0 where there is none. */
static pid_t find_thread(const struct scene *scene)
{
	/* by thread: a process whose first thread has ended shows no command line */
	static const char pattern[] = "/proc/[0-9]*/task/[0-9]*/cmdline";
	glob_t found = {0};
	pid_t thread = 0;

	glob(pattern, 0, NULL, &found);
	for (size_t i = 0; i < found.gl_pathc && !thread; i++)
		if (mentions(found.gl_pathv[i], scene->target))
			sscanf(found.gl_pathv[i], "/proc/%*d/task/%d", &thread);
	globfree(&found);
	return thread;
}

/* At once: not a moment later, when init may have ended them after all. */
static char *nobody_is_left(struct scene *scene)
{
	return find_thread(scene) ? text_copy("a process outlived the run") : NULL;
}

const struct staging staging_gone = {.inspect = nobody_is_left};

/* ---- two boxes, one after another, in one slot --------------------------------------- */

/* In a handle of its own, or another scene's box might come between them. */
static void run_before(struct scene *scene)
{
	cleanup_error struct error *err = NULL;

	if (sandbox_open(&scene->own, &err) < 0)
		return; /* and the slot is seen to be another one */
	scene->sandbox = scene->own;
	if (sandbox_run(scene->own, &scene->policy, &scene->command, &scene->outcome, &err) == 0)
		scene->first_output = text_copy(buffer_text(&scene->streams[0].data));
	buffer_release(&scene->streams[0].data);
}

/* What was said tells the slot, where there was a /proc to learn it from. */
static char *was_same_slot(struct scene *scene)
{
	const char *second = buffer_text(&scene->streams[0].data);
	char *complaint = NULL;

	if (!scene->first_output || strcmp(scene->first_output, second) != 0)
		complaint = text_format("the box before was not the same: it said %s",
					scene->first_output ? scene->first_output : "nothing");
	free(scene->first_output);
	scene->first_output = NULL;
	sandbox_close(scene->own);
	scene->own = NULL;
	return complaint;
}

const struct staging staging_twice = {.begin = run_before, .inspect = was_same_slot};

/* ---- below the root -------------------------------------------------------------------- */

enum below { BELOW_EMPTY, BELOW_CLOSED, BELOW_CLIMBED, BELOW_COVERED, BELOW_FULL, BELOW_WRITABLE, BELOW_PEOPLED };

static const char *const seen_below[] = {
	[BELOW_EMPTY] = NULL,
	[BELOW_CLOSED] = "the host could not enter the box",
	[BELOW_CLIMBED] = "there is a way up from the root, for who may chroot",
	[BELOW_COVERED] = "the root could not be taken away",
	[BELOW_FULL] = "something lies below the root",
	[BELOW_WRITABLE] = "what lies below the root can be written to",
	[BELOW_PEOPLED] = "below the root somebody's processes are seen",
};

static bool enter_namespace(int namespace, int kind)
{
	return namespace >= 0 && setns(namespace, kind) == 0;
}

/* As the program's user, with all capabilities that there are in the box. */
static bool enter_box(int users, int mounts)
{
	return enter_namespace(users, CLONE_NEWUSER) && enter_namespace(mounts, CLONE_NEWNS) &&
	       syscall(SYS_setresgid, 1000, 1000, 1000) == 0 && syscall(SYS_setresuid, 1000, 1000, 1000) == 0;
}

/* A second root, and up from a folder that is not in it. */
static bool climbs(void)
{
	int root = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat before, after;

	if (fstat(root, &before) < 0 || chroot("/tmp") < 0 || fchdir(root) < 0)
		return true;
	for (int i = 0; i < 64; i++)
		if (chdir("..") < 0)
			return true;
	return chroot(".") < 0 || stat("/", &after) < 0 || after.st_dev != before.st_dev ||
	       after.st_ino != before.st_ino;
}

struct entry {
	unsigned long number, offset;
	unsigned short length;
	unsigned char kind;
	char name[];
};

/* Has it any entry but its own two and that one (NULL for none) that is not hidden? Without libc's memory: we are a
 * fork of threads. */
static bool has_more(const char *folder, const char *known)
{
	static char list[8192] __attribute__((aligned(8)));
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	long length;

	while ((length = syscall(SYS_getdents64, fd, list, sizeof list)) > 0)
		for (long at = 0; at < length;) {
			const struct entry *entry = (const struct entry *)(const void *)(list + at);

			if (entry->name[0] != '.' && !(known && strcmp(entry->name, known) == 0))
				return true;
			at += entry->length;
		}
	return length < 0;
}

/* Its proc shows nobody: who founded the slot is gone. */
static bool has_processes(void)
{
	char path[16] = "/proc/0";

	for (int i = 1; i < 10; i++) {
		path[6] = (char)('0' + i);
		if (access(path, F_OK) == 0)
			return true;
	}
	return false;
}

static enum below look_below(int users, int mounts)
{
	if (!enter_box(users, mounts))
		return BELOW_CLOSED;
	if (climbs())
		return BELOW_CLIMBED;
	/* entering it again leads to the lowest root, once nothing lies on that */
	if (umount2("/", MNT_DETACH) < 0 || !enter_namespace(mounts, CLONE_NEWNS))
		return BELOW_COVERED;
	if (has_more("/", "proc"))
		return BELOW_FULL;
	if (mkdir("/x", 0700) == 0 || errno != EROFS)
		return BELOW_WRITABLE;
	return has_processes() ? BELOW_PEOPLED : BELOW_EMPTY;
}

static int open_namespace(pid_t pid, const char *name)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/%d/ns/%s", (int)pid, name);
	return open(path, O_RDONLY | O_CLOEXEC);
}

/* In a process of its own: no other may change its namespaces, if there are threads. */
static const char *send_below(pid_t program)
{
	int users = open_namespace(program, "user"), mounts = open_namespace(program, "mnt"), status = 0;
	pid_t child = fork();

	if (child == 0)
		_exit((int)look_below(users, mounts));
	close(users);
	close(mounts);
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return seen_below[BELOW_CLOSED];
	return seen_below[WEXITSTATUS(status)];
}

static void look_when_ready(struct sandbox_stream *stream, const char *bytes, size_t length, struct sandbox_live *live)
{
	struct scene *scene = stream->context;
	pid_t program = scene->looked_below ? 0 : find_thread(scene);

	(void)bytes;
	(void)length;
	(void)live;
	if (!program)
		return;
	scene->looked_below = true;
	scene->seen_below = send_below(program);
	kill(program, SIGUSR1);
}

static int prepare_to_look(struct scene *scene)
{
	scene->streams[0].on_data = look_when_ready;
	scene->streams[0].context = scene;
	return 0;
}

static char *nothing_is_below(struct scene *scene)
{
	const char *seen = scene->seen_below;

	scene->looked_below = false;
	scene->seen_below = NULL;
	return seen ? text_copy(seen) : NULL;
}

const struct staging staging_below_root = {.prepare = prepare_to_look, .inspect = nothing_is_below};
