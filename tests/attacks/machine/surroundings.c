/* What can be learnt of the host: environment, name, files, processes, terminal. */
#include "attack.h"

#include <fcntl.h>
#include <sys/utsname.h>

extern char **environ;

static void try_file(const char *path, int flags)
{
	int fd = open(path, flags);

	if (fd >= 0)
		breach("%s was opened", path);
}

int main(int argc, char **argv)
{
	static const char *const secrets[] = {
		"/etc/passwd",
		"/etc/shadow",
		"/etc/hostname",
		"/root",
		"/home",
		"/sys",
		"/sys/kernel",
		"/run",
		"/var",
		"/dev/sda",
		"/dev/vda",
		"/dev/mem",
		"/dev/kmsg",
		"/dev/tty",
		"/dev/pts",
		"/dev/shm",
		"/proc/1/environ",
		"/proc/1/mem",
		"/proc/1/maps",
		"/proc/1/root",
		"/proc/1/cwd",
		"/proc/1/fd",
		"/proc/kcore",
		"/proc/sys/kernel/core_pattern",
		"/proc/cmdline",
		"/proc/self/root/etc/passwd",
		"../../etc/passwd",
		"/tmp/../etc/passwd",
	};
	struct utsname host;

	if (argc > 1 && strcmp(argv[1], "writes") == 0) {
		static const char *const places[] = {"/x",
						     "/bin/x",
						     "/usr/x",
						     "/dev/x",
						     "/proc/x",
						     "/proc/self/oom_score_adj",
						     "/proc/sys/kernel/core_pattern"};

		for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
			try_file(places[i], O_CREAT | O_WRONLY);
		try_file(argv[0], O_WRONLY);
		try_file("/proc/self/exe", O_WRONLY);
		held();
	}
	if (environ[0])
		breach("the environment has %s", environ[0]);
	for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++)
		try_file(secrets[i], O_RDONLY);
	uname(&host);
	if (strcmp(host.nodename, "box") != 0)
		breach("the host is called %s", host.nodename);
	if (getuid() != 1000 || getgid() != 1000)
		breach("the user is %d, %d", getuid(), getgid());
	if (getppid() > 1)
		breach("the parent is %d", getppid());
	held();
}
