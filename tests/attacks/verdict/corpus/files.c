#include "row.h"

const struct verdict_rows verdict_files = {0};
