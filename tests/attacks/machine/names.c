/* File names as long as they can be, of what terminals and scripts stumble over. */
#include "attack.h"

#include <fcntl.h>

int main(void)
{
	static const char *const beginnings[] = {"\n",	     "\033[2J", "-rf ",		"..\t",
						 "\xff\xfe", "%n%s",	"\xe2\x80\xae", " "};

	for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
		char name[256];

		memset(name, '\n', sizeof name - 1);
		name[255] = '\0';
		memcpy(name, beginnings[i], strlen(beginnings[i]));
		if (open(name, O_CREAT | O_WRONLY, 0600) < 0)
			held_by("open: %s", strerror(errno));
	}
	held();
}
