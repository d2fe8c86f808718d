#include "row.h"

const struct verdict_rows verdict_symbols = {0};
