/*
 * Errors of a compile that are about something an exercise does not offer: a
 * part of std that the facade withholds (std_items.h), or a crate.
 *
 * Read from rustc's own resolution: where the name that it found stands in the
 * facade. So a submission's own module `fs`, or a misspelt name, is none.
 */
#ifndef ASSAY_WITHHELD_H
#define ASSAY_WITHHELD_H

#include "rust/diagnostics.h"

#include <cjson/cJSON.h>

/*
 * Says in our words what an error is about, where it is about something withheld: sets `withheld` and `message`, and
 * puts the message before what rustc said in `rendered`.
 */
void withheld_mark(const cJSON *error, struct diagnostic *diagnostic);

/*
 * A glob (`use std::io::*;`) takes no private name along, so that what it would have brought is a name not found: an
 * error about a name that std has and withholds, in a file of `folder` that globs the module it is in, is marked as well.
 */
void withheld_look_at_globs(const char *folder, struct diagnostics *diagnostics);

#endif
