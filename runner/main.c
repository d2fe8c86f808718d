#include <stdio.h>
int main(void) { puts("assay"); return 0; }
