/*
 * What a name in a stranger's tree may look like, and what its ending says.
 * Pure functions over text; nothing is opened.
 */
#ifndef ASSAY_SUBMISSION_NAMES_H
#define ASSAY_SUBMISSION_NAMES_H

#include <stdbool.h>
#include <stddef.h>

enum name_form {
	NAME_PLAIN,
	NAME_NOT_PLAIN, /* absolute, "..", ".", empty parts, or a character outside [A-Za-z0-9._-] */
};

/* A relative path whose parts are all plain; "a/b", not "/a", "a//b", "a/", "../a". */
enum name_form name_check_path(const char *path);
/* The same of one part of `length` bytes. */
bool name_is_plain(const char *part, size_t length);

/* The last part of a path: "lib.rs" of "src/lib.rs". */
const char *name_last(const char *path);
/* A source of Rust by its ending. */
bool name_is_rust(const char *path);
/* One of the endings of sources and texts that are taken. */
bool name_has_wanted_ending(const char *path);
/*
 * Length of the leading part of a path that is a folder of build products, version control or settings (hidden ones
 * but for those of name_is_ci, target, node_modules), or 0. The path's last part counts where `is_folder`. Below src/ only hidden ones do: `mod
 * target;` is anyone's right. A path that is too long to be taken is not looked into.
 */
size_t name_left_out(const char *path, bool is_folder);
/* Settings of cargo, clippy, rustfmt and rustup, anywhere in the tree: no such tool reads them here. */
bool name_is_setting(const char *path);
/*
 * A file that tells a service for continuous integration what to run, in a project whose root is the path's beginning.
 * These are the only hidden files that are taken.
 */
bool name_is_ci(const char *path);
/* Whether the path, in a project that may lie in a folder, is such a file. */
bool name_may_be_ci(const char *path);
/* Some part of the path begins with ".". */
bool name_is_hidden(const char *path);
/* A source that a grading can begin with: Rust, or the answers of an explain exercise. */
bool name_is_source(const char *path);

#endif
