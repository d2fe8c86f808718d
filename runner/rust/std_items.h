/*
 * What submissions see of std, item by item.
 *
 * The table holds every name at the root of std, and every name within a module
 * of which a part is offered: offered to all, added by a capability of the
 * manifest, or withheld and why. What is not in the table is not offered.
 *
 * What is withheld is in the facade all the same, as a private name: so rustc
 * itself says of each road to it (an import in braces, `extern crate std as x`,
 * a macro's body) that it leads to that very item (E0603), and where the item
 * stands: the line of the facade's source, which is the row of the table. A
 * submission's own module `fs` or a misspelt name never leads there.
 */
#ifndef ASSAY_STD_ITEMS_H
#define ASSAY_STD_ITEMS_H

#include "base/buffer.h"
#include "exercise/capabilities.h"
#include "exercise/exercise.h"

#include <stdbool.h>
#include <stddef.h>

enum std_standing { STD_OFFERED, STD_ADDED, STD_WITHHELD };

struct std_item {
	const char *path; /* below std: "fs", "io::Read"; a macro ends with "!" */
	enum std_standing standing;
	bool may_lack;		    /* not every std that assay works with has it; what lacks otherwise is an error */
	enum capability capability; /* of STD_ADDED */
	const char *why;	    /* of STD_WITHHELD: what would be wrong with it */
};

extern const struct std_item std_items[];
extern const size_t std_item_count;

/* True where a submission may name it, given what the manifest adds. A module of which a part is offered counts. */
bool std_item_given(const struct std_item *item, const struct string_list *added);

/*
 * Appends the facade's source. `lacking` (one flag an item, NULL for none) says what this toolchain's std has not:
 * its lines stay empty.
 */
void std_items_write(const struct string_list *added, const bool *lacking, struct buffer *out);
/* The item at a line of the facade's source, 1.. ; NULL where none is. */
const struct std_item *std_item_at(unsigned int line);
/* "std::io::stdin", "std::dbg"; the caller frees it. */
char *std_item_name(const struct std_item *item);

#endif
