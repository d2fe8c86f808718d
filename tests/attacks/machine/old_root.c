/* What a careless pivot_root leaves: the start folder, folders above the root, the old root below it. */
#include "attack.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

int main(void)
{
	static const char *const ways[] = {"../../../../../../etc/passwd",
					   "/../etc/passwd",
					   "/./../../etc/shadow",
					   "/old",
					   "/.old",
					   "/oldroot",
					   "/put_old",
					   "/mnt",
					   "/root",
					   "/proc/1/root/etc/passwd",
					   "/host"};
	struct stat root, above;
	char folder[256];
	DIR *list = opendir("/");
	struct dirent *entry;

	if (!getcwd(folder, sizeof folder) || strcmp(folder, "/tmp") != 0)
		breach("the start folder is %s", folder);
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
		if (access(ways[i], F_OK) == 0)
			breach("%s is there", ways[i]);
	if (stat("/", &root) < 0 || stat("/..", &above) < 0 || root.st_ino != above.st_ino ||
	    root.st_dev != above.st_dev)
		breach("there is something above the root");
	while (list && (entry = readdir(list)))
		if (strcmp(entry->d_name, "etc") == 0 || strcmp(entry->d_name, "home") == 0)
			breach("/%s is there", entry->d_name);
	held();
}
