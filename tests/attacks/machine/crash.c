/* Ends by a signal, and would leave a core. */
#include "attack.h"

int main(void)
{
	abort();
}
