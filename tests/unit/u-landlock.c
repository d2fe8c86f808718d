/* Landlock by itself, without a box around it: in a box the mount view would hide what it does. */
#include "suite.h"

#include "base/file.h"
#include "base/memory.h"
#include "landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static char *readable, *writable, *hidden;

/* Each returns 0 where it could do what its name says, or an errno. */
static int open_in(const char *folder, const char *name, int flags)
{
	cleanup_free char *path = file_join(folder, name);

	return open(path, flags, 0700) >= 0 ? 0 : errno;
}

static int read_readable(void)
{
	return open_in(readable, "file", O_RDONLY);
}

static int write_readable(void)
{
	return open_in(readable, "file", O_WRONLY);
}

static int create_readable(void)
{
	return open_in(readable, "new", O_CREAT | O_WRONLY);
}

static int truncate_readable(void)
{
	cleanup_free char *path = file_join(readable, "file");

	return truncate(path, 0) == 0 ? 0 : errno;
}

static int read_hidden(void)
{
	return open_in(hidden, "file", O_RDONLY);
}

static int list_hidden(void)
{
	return open_in(hidden, ".", O_RDONLY | O_DIRECTORY);
}

static int create_writable(void)
{
	return open_in(writable, "new", O_CREAT | O_WRONLY);
}

static int make_pipe_writable(void)
{
	cleanup_free char *path = file_join(writable, "pipe");

	return mkfifo(path, 0600) == 0 ? 0 : errno;
}

static int execute_writable(void)
{
	cleanup_free char *path = file_join(writable, "file");

	execl(path, path, NULL);
	return errno; /* ENOEXEC where it may, but is empty */
}

static int execute_readable(void)
{
	cleanup_free char *path = file_join(readable, "file");

	execl(path, path, NULL);
	return errno;
}

static int signal_parent(void)
{
	return kill(getppid(), 0) == 0 ? 0 : errno;
}

static int signal_self(void)
{
	return kill(getpid(), 0) == 0 ? 0 : errno;
}

/* The test listens on it. */
static socklen_t abstract_name(struct sockaddr_un *address)
{
	*address = (struct sockaddr_un){.sun_family = AF_UNIX};
	snprintf(address->sun_path + 1, sizeof address->sun_path - 1, "%s", hidden);
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(hidden));
}

static int connect_abstract(void)
{
	struct sockaddr_un address;
	socklen_t length = abstract_name(&address);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	return connect(fd, (struct sockaddr *)&address, length) == 0 ? 0 : errno;
}

static const struct {
	const char *name;
	int (*attempt)(void);
	int abi; /* that brought it */
	int confined; /* errno then */
	int free;     /* errno without Landlock, to see that the attempt means something */
} rows[] = {
	{"read_readable", read_readable, 1, 0, 0},
	{"write_readable", write_readable, 1, EACCES, 0},
	{"create_readable", create_readable, 1, EACCES, 0},
	{"truncate_readable", truncate_readable, 3, EACCES, 0},
	{"read_hidden", read_hidden, 1, EACCES, 0},
	{"list_hidden", list_hidden, 1, EACCES, 0},
	{"create_writable", create_writable, 1, 0, 0},
	{"make_pipe_writable", make_pipe_writable, 1, EACCES, 0},
	{"execute_writable", execute_writable, 1, EACCES, ENOEXEC},
	{"execute_readable", execute_readable, 1, ENOEXEC, ENOEXEC},
	{"signal_parent", signal_parent, 6, EPERM, 0},
	{"signal_self", signal_self, 6, 0, 0},
	{"connect_abstract", connect_abstract, 6, EPERM, 0},
};

static char *make_folder(void)
{
	struct error *err = NULL;
	char *folder = file_make_scratch("assay-landlock-", &err);
	cleanup_free char *file = file_join(folder, "file");

	ck_assert_int_eq(file_write(AT_FDCWD, file, "", 0, 0755, &err), 0);
	return folder;
}

static void drop_folder(char *folder)
{
	file_remove_tree(AT_FDCWD, folder);
	free(folder);
}

static void confine(int abi)
{
	int ruleset = landlock_begin(abi);
	int read_place = open(readable, O_PATH | O_CLOEXEC), write_place = open(writable, O_PATH | O_CLOEXEC);

	if (ruleset < 0 || landlock_allow(abi, ruleset, read_place, true, LANDLOCK_READ) < 0 ||
	    landlock_allow(abi, ruleset, write_place, true, LANDLOCK_WRITE) < 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || landlock_confine(ruleset) < 0)
		_exit(255);
}

/* The errno of a child that tries, confined or not. */
static int try_in_child(int row, bool confined, int abi)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		if (confined)
			confine(abi);
		_exit(rows[row].attempt());
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

START_TEST(confinement)
{
	int abi = landlock_probe(), listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_un address;
	socklen_t length;

	readable = make_folder();
	writable = make_folder();
	hidden = make_folder();
	length = abstract_name(&address);
	ck_assert_int_eq(bind(listener, (struct sockaddr *)&address, length), 0);
	ck_assert_int_eq(listen(listener, 4), 0);
	if (abi >= rows[_i].abi)
		ck_assert_msg(try_in_child(_i, true, abi) == rows[_i].confined, "%s", rows[_i].name);
	ck_assert_msg(try_in_child(_i, false, abi) == rows[_i].free, "%s, free", rows[_i].name);
	close(listener);
	drop_folder(readable);
	drop_folder(writable);
	drop_folder(hidden);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(confinement, .rows = ARRAY_LENGTH(rows)),
};

UNIT_MAIN("landlock", tests)
