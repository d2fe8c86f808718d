/*
 * A submission: the files of a stranger, taken in once.
 *
 * submission_open reads a folder, an archive (.tar, .tar.gz/.tgz, .tar.xz,
 * .tar.zst, .zip: known by its bytes, not by its name) or a single .rs file into
 * memory, each file once: what was checked is what is compiled. Nothing is
 * followed, nothing is executed, and nothing is written. submission_lay writes
 * the files kept into a folder of ours. submission_close frees.
 *
 * Kept are regular files whose relative path is made of plain names
 * ([A-Za-z0-9._-], no "..", not absolute) and whose ending is on the list
 * (.rs .toml .md .txt .yaml .yml .lock). Everything else is passed over and noted in
 * `refused` with a printable name and the reason; a submission that breaks a
 * cap, cannot be read, or holds no source at all is ERROR_SUBMISSION.
 * Hidden files are passed over too, but for those of continuous integration (.github/workflows/ and its like: names.c).
 * Build products and version control (target/, .git/, node_modules/, hidden folders)
 * are left out without a word for each file: one note a folder.
 *
 * An archive or folder whose only entry is one folder is entered ("project/"),
 * unless that folder is src: what is left out or hidden beside it does not count.
 */
#ifndef ASSAY_SUBMISSION_H
#define ASSAY_SUBMISSION_H

#include "base/error.h"

#include <stddef.h>

struct submission_file {
	char *path; /* relative, '/'-separated, plain names only */
	char *data; /* followed by a NUL that is not counted */
	size_t length;
	/* the first line that turns the direction of text, which hides from readers what is compiled; or 0 */
	unsigned int turned_line;
};

enum refusal {
	REFUSED_LINK,      /* symbolic or hard link */
	REFUSED_SPECIAL,   /* device, FIFO, socket */
	REFUSED_NAME,      /* absolute, "..", control characters, not UTF-8, not a plain name */
	REFUSED_ENDING,    /* not an ending on the list */
	REFUSED_DUPLICATE, /* the same path, or one that differs by case only, came before; or it lies below a file */
	REFUSED_FOLDER,    /* a folder of build products, version control or settings */
	REFUSED_CHANGED,   /* changed while it was read, or cannot be read */
	REFUSED_TOO_LARGE, /* over the cap for one file */
	REFUSED_HIDDEN,    /* a file whose name begins with "." */
	REFUSED_NO_EFFECT, /* settings of cargo, clippy, rustfmt, rustup, and the package's build.rs: nothing here reads them */
};

struct submission_refused {
	char *path; /* printable; of a folder with "/" at its end */
	enum refusal why;
};

struct submission {
	char *name; /* last part of the path given, printable */
	struct submission_file *files; /* sorted by path */
	size_t file_count;
	struct submission_refused *refused; /* at most 100 are kept */
	size_t refused_count;
	size_t refused_total;
	char digest[65]; /* SHA-256 over paths and bytes of the files kept: the same for a folder and for its archive */
};

/* Caps: beyond any honest take-home. */
struct submission_caps {
	size_t files;         /* 1,000 */
	size_t entries;       /* 20,000, refused and left-out ones too */
	size_t file_bytes;    /* 1 MiB */
	size_t total_bytes;   /* 16 MiB */
	size_t archive_bytes; /* 64 MiB read, compressed */
	size_t depth;         /* 12 folders */
	size_t passed_bytes;  /* 256 MiB unpacked from an archive, passed over or not */
};
extern const struct submission_caps submission_default_caps;

int submission_open(const char *path, const struct submission_caps *caps, struct submission **submission,
		    struct error **err);
void submission_close(struct submission *submission); /* NULL is fine */

/* NULL where there is no such file. */
const struct submission_file *submission_find(const struct submission *submission, const char *path);
/* Writes every file below `folder`, which exists and is empty; files 0644, folders 0755. */
int submission_lay(const struct submission *submission, const char *folder, struct error **err);
/*
 * Replaces files (or adds them) by those of another: how a mutant's overlay meets the reference. The digest is made anew.
 */
void submission_overlay(struct submission *base, const struct submission *over);

const char *refusal_name(enum refusal why); /* "link", … */
const char *refusal_says(enum refusal why); /* "symbolic or hard link; only regular files are taken" */

static inline void submission_cleanup(struct submission **submission)
{
	submission_close(*submission);
}
#define cleanup_submission __attribute__((cleanup(submission_cleanup)))

#endif
