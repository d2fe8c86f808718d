/*
 * clone3(2) for a child that shares memory and so needs a stack of its own. libc (2.36) has a function for clone only,
 * which knows no control groups.
 */
#ifndef ASSAY_SANDBOX_CLONE3_H
#define ASSAY_SANDBOX_CLONE3_H

#include <linux/sched.h>

/*
 * The child calls `run` on `arguments->stack`, whose end is to be a multiple of 16, and exits with what it returns.
 * The child's pid, or -1 with errno.
 */
long clone3_on_stack(struct clone_args *arguments, int (*run)(void *), void *context);

#endif
