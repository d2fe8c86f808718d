/*
 * What `allow: std:` of a manifest can add to the std that submissions see. The
 * names are here, where the manifest's reader and the facade (rust/std_items.h)
 * both see them; what each adds is the facade's table.
 */
#ifndef ASSAY_CAPABILITIES_H
#define ASSAY_CAPABILITIES_H

enum capability {
	CAPABILITY_ALLOC,
	CAPABILITY_ENV,
	CAPABILITY_FFI,
	CAPABILITY_FS,
	CAPABILITY_IO,
	CAPABILITY_NET,
	CAPABILITY_PATH,
	CAPABILITY_PROCESS,
	CAPABILITY_TIME,
	CAPABILITY_HANDLES, /* of programs only: their process is what is observed */
	CAPABILITY_COUNT
};

extern const char *const capability_names[CAPABILITY_COUNT + 1]; /* ends with NULL */

#endif
