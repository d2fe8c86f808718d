#include "row.h"

const struct verdict_rows verdict_lints = {0};
