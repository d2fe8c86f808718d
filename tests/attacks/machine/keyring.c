/* The secret that the caller has in its session's keyring. */
#include "attack.h"

#include <sys/syscall.h>

int main(void)
{
	char secret[64] = "";
	long key = syscall(SYS_keyctl, 10 /* SEARCH */, -3L /* the session's */, "user", "assay-secret", 0L);

	if (key < 0)
		held_by("keyctl: %s", strerror(errno));
	syscall(SYS_keyctl, 11 /* READ */, key, secret, sizeof secret - 1);
	breach("the key holds %s", secret);
}
