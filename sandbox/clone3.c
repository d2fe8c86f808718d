#include "clone3.h"

#include <errno.h>
#include <sys/syscall.h>

/* The kernel keeps all registers but the result's (and, on x86-64, two that it needs itself) for both. */
#if defined __x86_64__

static long call(struct clone_args *arguments, int (*run)(void *), void *context)
{
	long result;

	__asm__ volatile("syscall\n\t"
			 "test %%rax, %%rax\n\t"
			 "jnz 1f\n\t"
			 "xor %%ebp, %%ebp\n\t" /* where a walk up the stack ends */
			 "mov %[context], %%rdi\n\t"
			 "call *%[run]\n\t"
			 "mov %%eax, %%edi\n\t"
			 "mov %[exit], %%eax\n\t"
			 "syscall\n"
			 "1:"
			 : "=a"(result)
			 : "a"(SYS_clone3), "D"(arguments), "S"(sizeof *arguments), [run] "r"(run), [context] "r"(context),
			   [exit] "i"(SYS_exit)
			 : "rcx", "r11", "memory", "cc");
	return result;
}

#elif defined __aarch64__

static long call(struct clone_args *arguments, int (*run)(void *), void *context)
{
	register long number __asm__("x8") = SYS_clone3;
	register long first __asm__("x0") = (long)arguments;
	register long second __asm__("x1") = sizeof *arguments;
	register int (*entry)(void *) __asm__("x9") = run;
	register void *given __asm__("x10") = context;

	__asm__ volatile("svc 0\n\t"
			 "cbnz x0, 1f\n\t"
			 "mov x29, xzr\n\t" /* where a walk up the stack ends */
			 "mov x0, %[given]\n\t"
			 "blr %[entry]\n\t"
			 "mov x8, %[exit]\n\t"
			 "svc 0\n"
			 "1:"
			 : "+r"(first)
			 : "r"(number), "r"(second), [entry] "r"(entry), [given] "r"(given), [exit] "i"(SYS_exit)
			 : "memory", "cc");
	return first;
}

#else
#error "clone3_on_stack is not written for this architecture"
#endif

long clone3_on_stack(struct clone_args *arguments, int (*run)(void *), void *context)
{
	long result = call(arguments, run, context);

	if (result >= 0)
		return result;
	errno = (int)-result;
	return -1;
}
