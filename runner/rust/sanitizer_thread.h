/*
 * The part of sanitizer_build that only ThreadSanitizer needs.
 *
 *     sanitizer_thread_std      the toolchain's std once more, its atomics instrumented
 *     sanitizer_thread_watch    source of what a program is linked with
 *     sanitizer_thread_options  what the linker is told besides
 */
#ifndef ASSAY_SANITIZER_THREAD_H
#define ASSAY_SANITIZER_THREAD_H

#include "base/buffer.h"
#include "base/error.h"
#include "rust/toolchain.h"

/* Two of the runtime's own functions, by the names that the linker knows. */
#define SANITIZER_OPEN "_ZN11__sanitizer13internal_openEPKcij"
#define SANITIZER_SLEEP "_ZN11__sanitizer15internal_usleepEy"

/*
 * Leaves the folder SANITIZER_SYSROOT below `folder`: links to the toolchain's libraries, but for std. Takes some
 * seconds. An error, where the toolchain has no linker of its own or the machine no binutils, is a reason why
 * there is no such sanitizer.
 */
int sanitizer_thread_std(const struct toolchain *toolchain, const char *folder, struct error **err);
void sanitizer_thread_watch(struct buffer *source);
/* Leaves the file SANITIZER_OPTIONS in `folder`. */
int sanitizer_thread_options(const char *folder, struct error **err);

#endif
