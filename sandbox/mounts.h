/* New file systems, as detached mounts: only system calls, for the child. Each returns a descriptor, or -1 with errno. */
#ifndef ASSAY_SANDBOX_MOUNTS_H
#define ASSAY_SANDBOX_MOUNTS_H

/* `size` and `inodes` as tmpfs(5) takes them, for example "64k" and "10". Its root belongs to the caller. */
int mounts_tmpfs(const char *size, const char *inodes);
/*
 * Read-only, of the caller's PID namespace, and of that nothing but the processes that the reader may trace: init is
 * not among them, which as a copy of the caller would tell the caller's command line. The kernel refuses it to a
 * user namespace that does not see a proc already (mount_namespaces(7)).
 */
int mounts_proc(void);
/* 0, or -1 with errno. */
int mounts_attach(int mount, const char *target);

#endif
