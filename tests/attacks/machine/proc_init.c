/* The way into init, a copy of the supervisor, by /proc/1. */
#include "attack.h"

#include <fcntl.h>

int main(void)
{
	static const char *const files[] = {
		"mem",	   "environ", "maps",	     "smaps",		"auxv",		  "cwd",
		"root",	   "exe",     "fd",	     "fdinfo",		"map_files",	  "ns/net",
		"ns/mnt",  "ns/user", "ns/pid",	     "root/etc/passwd", "cwd/etc/passwd", "stack",
		"syscall", "io",      "personality", "task/1/mem",	"task/1/fd",	  "attr/current",
		"cmdline", "comm",    "stat",	     "status",		"statm",	  "mountinfo"};
	static const char *const links[] = {"exe", "cwd", "root", "ns/mnt", "ns/user", "fd/0", "fd/3", "fd/10"};
	char path[64], target[256];

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		int fd;

		snprintf(path, sizeof path, "/proc/1/%s", files[i]);
		fd = open(path, O_RDONLY);
		/* some open for everybody and refuse to be read */
		if (fd >= 0 && (read(fd, target, sizeof target) > 0 || errno == EISDIR))
			breach("%s was opened", path);
	}
	for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
		snprintf(path, sizeof path, "/proc/1/%s", links[i]);
		if (readlink(path, target, sizeof target) > 0)
			breach("%s was read", path);
	}
	if (access("/proc/1", F_OK) == 0)
		breach("/proc/1 is there");
	held();
}
