/* Gives each file named, and each with a byte changed or its end cut off here and there, to a fuzz target. */
#include "fuzz.h"

#include "base/file.h"
#include "base/memory.h"

#include <fcntl.h>
#include <stdio.h>

#define INPUT_BYTES ((size_t)1 << 20)
#define VARIANTS 200

static void replay(struct buffer *input)
{
	LLVMFuzzerTestOneInput((const uint8_t *)buffer_text(input), input->length);
	/* the same variants every time: a failure here is a failure anywhere */
	for (size_t i = 0; i < VARIANTS && input->length; i++) {
		size_t place = i * 7919 % input->length;
		char held = input->data[place];

		input->data[place] = (char)(i * 31 + 1);
		LLVMFuzzerTestOneInput((const uint8_t *)input->data, i % 4 ? input->length : place);
		input->data[place] = held;
	}
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		cleanup_buffer struct buffer input = {0};
		cleanup_error struct error *err = NULL;

		if (file_read(AT_FDCWD, argv[i], INPUT_BYTES, &input, &err) < 0) {
			fprintf(stderr, "%s\n", err->message);
			return 1;
		}
		replay(&input);
	}
	printf("%d inputs\n", argc - 1);
	/* a corpus that was not found tests nothing */
	return argc > 1 ? 0 : 1;
}
