/*
 * Names of std, imported by name into every module of a file of plain tests.
 *
 * A test file says `use their_crate::*`, and what the submission exports under
 * a name of std would then be what the test means by it: an `assert_eq!` that
 * does nothing, a `Some` that equals everything. An import by name wins over a
 * glob, and over `#[macro_use]`. So each module of the file gets one such
 * import, and so does each block that holds a glob, on the line of its first
 * item: no line moves. It leaves out what the
 * module, or one around it, imports or defines by name itself.
 *
 * The names are those of the module `pins` in harness/plain.rs.
 */
#ifndef ASSAY_PINS_H
#define ASSAY_PINS_H

#include "base/buffer.h"
#include "exercise/exercise.h"

#include <stddef.h>

/*
 * Appends the source with its pins. `modules` gets what the file takes in from
 * other files: "helper" for `mod helper;`, "parts/x.rs" where #[path] says so.
 */
void pins_insert(const char *source, size_t length, const char *edition, struct buffer *out,
		 struct string_list *modules);

#endif
