/* The rows of commands as pages: what --help prints and what the manual page holds. */
#ifndef ASSAY_COMMANDS_MANUAL_H
#define ASSAY_COMMANDS_MANUAL_H

#include "commands/command.h"
#include "commands/sheet.h"

/* Help of one command, or of the program where it is NULL, on a stream. */
void manual_print(const struct command *command, FILE *stream);

/* assay(1): everything, every command a section. */
void manual_page(struct buffer *out);

#endif
