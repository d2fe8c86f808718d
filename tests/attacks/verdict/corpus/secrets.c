#include "row.h"

const struct verdict_rows verdict_secrets = {0};
