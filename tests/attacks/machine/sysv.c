/* System V objects: the host's, which everybody may use, or one's own, which would stay ("shm", "msg", "sem"). */
#include "attack.h"

#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#define KEY_OF_HOST 0x61737361
#define KEY_OF_BOX 0x61737362

int main(int argc, char **argv)
{
	const char *kind = argc > 1 ? argv[1] : "shm";
	int made;

	if (strcmp(kind, "shm") == 0 && shmget(KEY_OF_HOST, 1, 0) >= 0)
		breach("the host's memory is in reach");
	if (strcmp(kind, "msg") == 0)
		made = msgget(KEY_OF_BOX, IPC_CREAT | 0666);
	else if (strcmp(kind, "sem") == 0)
		made = semget(KEY_OF_BOX, 1, IPC_CREAT | 0666);
	else
		made = shmget(KEY_OF_BOX, 1 << 20, IPC_CREAT | 0666);
	if (made < 0)
		held_by("%s", strerror(errno));
	held(); /* it is the box's, and the host looks whether it stays */
}
