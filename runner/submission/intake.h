/*
 * The rules at the door, the same for folders and archives.
 *
 * A walker offers each entry by name and type; the intake answers whether its
 * bytes (or, of a folder, its entries) are wanted, notes what is passed over,
 * and counts against the caps. Nothing here opens anything.
 *
 *     intake_offer → INTAKE_WANTED → intake_keep, or intake_refuse where the bytes cannot be had
 *     intake_finish
 */
#ifndef ASSAY_SUBMISSION_INTAKE_H
#define ASSAY_SUBMISSION_INTAKE_H

#include "base/buffer.h"
#include "submission/path_set.h"
#include "submission/submission.h"

#include <stdbool.h>

enum entry_type { ENTRY_FILE, ENTRY_FOLDER, ENTRY_LINK, ENTRY_SPECIAL };

struct intake {
	const struct submission_caps *caps;
	struct submission *submission; /* filled; the caller's */
	size_t entries, total;
	struct path_set taken;    /* paths that something stands at */
	struct path_set left_out; /* folders noted once */
	char *top;                /* name of the one folder that everything is in, so far */
	bool tops_differ;         /* or there is no such folder */
};

enum intake_answer { INTAKE_FAILED = -1, INTAKE_WANTED, INTAKE_PASSED };

/* `path` is what the entry calls itself, whatever its bytes are, without a "./" before it or a "/" behind. */
enum intake_answer intake_offer(struct intake *intake, const char *path, enum entry_type type, struct error **err);
/* Takes the bytes out of the buffer. */
int intake_keep(struct intake *intake, const char *path, struct buffer *data, struct error **err);
void intake_refuse(struct intake *intake, const char *path, enum refusal why);
/* Enters a wrapper folder, drops what has no effect, sorts. An error where no source is left. */
int intake_finish(struct intake *intake, struct error **err);
void intake_release(struct intake *intake);

/* The walkers. `fd` is at the start of the archive, or a folder; both stay the caller's. */
int intake_folder(struct intake *intake, int fd, struct error **err);
int intake_archive(struct intake *intake, int fd, struct error **err);

#define cleanup_intake __attribute__((cleanup(intake_release)))

#endif
