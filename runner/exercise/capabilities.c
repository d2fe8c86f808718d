#include "exercise/capabilities.h"

#include <stddef.h>

const char *const capability_names[CAPABILITY_COUNT + 1] = {
	[CAPABILITY_ALLOC] = "alloc", [CAPABILITY_ENV] = "env",		[CAPABILITY_FFI] = "ffi",
	[CAPABILITY_FS] = "fs",	      [CAPABILITY_IO] = "io",		[CAPABILITY_NET] = "net",
	[CAPABILITY_PATH] = "path",   [CAPABILITY_PROCESS] = "process", [CAPABILITY_TIME] = "time",
	[CAPABILITY_HANDLES] = "handles",
	[CAPABILITY_COUNT] = NULL,
};
