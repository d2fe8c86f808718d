/*
 * The program's descriptors: what each is inside, and what of its pipes comes
 * out at the parent's end.
 */
#ifndef ASSAY_SANDBOX_STREAMS_H
#define ASSAY_SANDBOX_STREAMS_H

#include "box.h"

/* The parent's end of one of the program's pipes. */
struct outlet {
	int fd; /* -1 when it came to its end */
	struct sandbox_stream *stream;
	size_t limit;
};

/*
 * Opens all that the program gets (`descriptors`, whose numbers inside are in the order), and an outlet for each
 * of the command's streams. Where it fails, what was opened is closed by streams_close.
 */
int streams_open(const struct box *box, struct sandbox_command *command, int descriptors[ORDER_STREAMS],
		 struct outlet *outlets, struct error **err);
/* Closes the program's ends in the parent, once they are sent. */
void streams_close(const struct box *box, const int descriptors[ORDER_STREAMS]);

/* Takes one piece. False when the stream is over its limit; an outlet at its end is closed. */
bool outlet_take(struct outlet *outlet, struct sandbox_live *live);
/* After the end: what is still in the pipe. False as above. */
bool outlet_drain(struct outlet *outlet, struct sandbox_live *live);

#endif
