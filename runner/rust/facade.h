/*
 * The std that submissions are compiled against.
 *
 * A facade is a small crate named `std` that re-exports the real one without
 * what a graded exercise has no business with: files, processes, environment,
 * sockets, standard input, panic hooks. It is passed as `--extern std=…` with a
 * sysroot that holds only core and alloc, so that `std::`, `::std::` and
 * `extern crate std as x` all lead to it, whatever a submission does with names.
 * What the manifest lists under `allow: std:` is added back; what there is, and
 * what of it is offered, is the table of std_items.h. Which of it a toolchain's
 * std has is found out by trial when the facade is built for it.
 *
 * The trick rests on rustc injecting `extern crate std` by name and looking at
 * --extern before the sysroot; tried with 1.95, 1.96 and 1.97.
 */
#ifndef ASSAY_FACADE_H
#define ASSAY_FACADE_H

#include "exercise/exercise.h"
#include "rust/toolchain.h"

/*
 * Builds the facade that offers `added` (names of capabilities) besides the default set into `folder` (which exists and is empty):
 *   sysroot/           core and alloc, by links to the toolchain's
 *   libstd-assay.rlib  the facade
 *   libassay.rlib      the harness
 *   gated-linker       a linker that waits at /gate for "go" (steps.h)
 * ERROR_OTHER where the toolchain's std lacks what every exercise is given.
 */
int facade_build(const struct toolchain *toolchain, const struct string_list *added, const char *folder,
		 struct error **err);

/* A digest of all our own sources that go into it. */
void facade_digest_sources(const struct string_list *added, char text[65]);

#endif
