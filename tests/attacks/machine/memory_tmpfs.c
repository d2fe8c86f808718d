/* Memory by way of files: the scratch folder is larger than the memory limit in this row. */
#include "attack.h"

#include <fcntl.h>

int main(void)
{
	static char piece[1 << 20];
	int fd = open("/tmp/memory", O_CREAT | O_WRONLY, 0600);

	memset(piece, 1, sizeof piece);
	while (write(fd, piece, sizeof piece) > 0)
		continue;
	breach("the scratch folder was full before the memory: %s", strerror(errno));
}
