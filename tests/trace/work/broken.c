#include <absent.h>
int main(void) { return missing(; }
