/* No attack: the box beside one, which is to notice nothing. Nothing is executed by it, so any profile will do. */
#include "attack.h"

int main(void)
{
	for (int i = 0; i < 40; i++)
		usleep(10000);
	printf("ALIVE\n");
	return 0;
}
