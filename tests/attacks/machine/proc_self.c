/* Writes to one's own files in /proc, each of which would change what the box rests on. */
#include "attack.h"

#include <fcntl.h>

int main(void)
{
	static const char *const files[] = {
		"mem",		 "uid_map",   "gid_map",	 "setgroups",
		"oom_score_adj", "oom_adj",   "coredump_filter", "clear_refs",
		"attr/current",	 "attr/exec", "timerslack_ns",	 "loginuid",
		"comm",		 "autogroup", "make-it-fail",	 "exe",
	};
	static const char *const elsewhere[] = {
		"/proc/sys/kernel/core_pattern",      "/proc/sysrq-trigger", "/proc/sys/vm/drop_caches",
		"/proc/sys/user/max_user_namespaces", "/proc/acpi",	     "/proc/kcore"};
	char path[64];

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		snprintf(path, sizeof path, "/proc/self/%s", files[i]);
		if (open(path, O_WRONLY) >= 0 || open(path, O_RDWR) >= 0)
			breach("%s was opened for writing", path);
	}
	for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++)
		if (open(elsewhere[i], O_WRONLY) >= 0 || open(elsewhere[i], O_RDONLY) >= 0)
			breach("%s was opened", elsewhere[i]);
	held();
}
