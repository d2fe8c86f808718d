#include "base/process.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/wait.h>

extern char **environ;

static void drain(int fds[2], struct buffer *into[2])
{
	struct pollfd polls[2] = {{.fd = fds[0], .events = POLLIN}, {.fd = fds[1], .events = POLLIN}};
	char chunk[16384];

	while (polls[0].fd >= 0 || polls[1].fd >= 0) {
		if (poll(polls, 2, -1) < 0 && errno != EINTR)
			return;
		for (int i = 0; i < 2; i++) {
			ssize_t got;

			if (polls[i].fd < 0 || !polls[i].revents)
				continue;
			got = read(polls[i].fd, chunk, sizeof chunk);
			if (got > 0 && into[i])
				buffer_add(into[i], chunk, (size_t)got);
			if (got == 0 || (got < 0 && errno != EINTR))
				polls[i].fd = -1;
		}
	}
}

int process_run(const char *const *argv, struct buffer *out, struct buffer *errors, struct error **err)
{
	int out_pipe[2] = {-1, -1}, error_pipe[2] = {-1, -1};
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int failed, status;

	if (pipe2(out_pipe, O_CLOEXEC) < 0)
		return error_set_errno(err, ERROR_OTHER, "cannot make a pipe");
	if (pipe2(error_pipe, O_CLOEXEC) < 0) {
		error_set_errno(err, ERROR_OTHER, "cannot make a pipe");
		close(out_pipe[0]);
		close(out_pipe[1]);
		return -1;
	}
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out_pipe[1], 1);
	posix_spawn_file_actions_adddup2(&actions, error_pipe[1], 2);
	/* execvp takes char *const[]; it changes neither the array nor the strings */
	failed = posix_spawnp(&pid, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(out_pipe[1]);
	close(error_pipe[1]);
	if (!failed) {
		drain((int[2]){out_pipe[0], error_pipe[0]}, (struct buffer *[2]){out, errors});
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	close(out_pipe[0]);
	close(error_pipe[0]);
	if (failed) {
		errno = failed;
		return error_set_errno(err, ERROR_OTHER, "cannot run %s", argv[0]);
	}
	if (!WIFEXITED(status))
		return error_set(err, ERROR_OTHER, "%s was ended by signal %d", argv[0], WTERMSIG(status));
	return WEXITSTATUS(status);
}
