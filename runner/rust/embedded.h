/* The harness's Rust sources, carried inside the program (embedded.c) so that nothing must be installed beside it. */
#ifndef ASSAY_EMBEDDED_H
#define ASSAY_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
	const char *name; /* "assay.rs" */
	const char *data;
	const char *end;
};

extern const struct embedded_file harness_files[];
extern const size_t harness_file_count;

#endif
