/* Folders of exercises, as people name them on the command line. */
#ifndef ASSAY_COMMANDS_BANK_H
#define ASSAY_COMMANDS_BANK_H

#include "exercise/exercise.h"

/* Adds the path, where it is an exercise's folder, or each exercise in it, in order of names; none is ERROR_EXERCISE.
 */
int bank_folders(const char *path, struct string_list *folders, struct error **err);

#endif
