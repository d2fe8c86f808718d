#include "grading/session.h"

#include "base/memory.h"
#include "grading/cache.h"
#include "grading/scratch.h"

#include <sched.h>
#include <sys/stat.h>

static unsigned int processors(void)
{
	cpu_set_t set;
	int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;

	return count > 0 ? (unsigned int)count : 1;
}

int session_open(const char *toolchain, unsigned int jobs, struct session *session, struct error **err)
{
	*session = (struct session){.jobs = jobs ? jobs : processors(), .umask = umask(022)};
	scratch_sweep();
	session->cache = cache_folder(err);
	if (!session->cache || toolchain_find(toolchain, session->cache, &session->toolchain, err) < 0 ||
	    sandbox_open(&session->sandbox, err) < 0) {
		session_close(session);
		return -1;
	}
	return 0;
}

void session_close(struct session *session)
{
	if (session->sandbox)
		sandbox_close(session->sandbox);
	toolchain_release(&session->toolchain);
	free(session->cache);
	if (session->jobs) /* not closed before */
		umask(session->umask);
	*session = (struct session){0};
}
