/*
 * The Rust toolchain that is on this machine: where it is, what it is, and
 * what of the file system a box must see to run it.
 *
 * toolchain_find looks in this order: what the caller asks for (a folder that
 * holds bin/rustc, or the name of a rustup toolchain), RUSTUP_TOOLCHAIN,
 * rustup's default, any rustup toolchain with clippy, and last rustc in PATH
 * (Debian's /usr/bin/rustc). rustup's own proxies are never run: they look at
 * the current folder and may want the network.
 *
 * rustc takes 10 to 20 ms to say its version, so what it said is kept in the
 * cache folder and believed as long as the file is the same one.
 */
#ifndef ASSAY_TOOLCHAIN_H
#define ASSAY_TOOLCHAIN_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct toolchain {
	char *root;  /* folder with bin/rustc: a rustup toolchain, or "/usr" */
	char *rustc; /* absolute paths */
	char *clippy_driver;
	char *rustfmt;	      /* NULL where there is none */
	char *linker;	      /* a C compiler that drives the linker, resolved (no /etc/alternatives) */
	char *libraries;      /* <root>/lib/rustlib/<host>/lib */
	char *version;	      /* "1.95.0" */
	char *clippy_version; /* "0.1.95" */
	char *host;	      /* "x86_64-unknown-linux-gnu" */
	char *shared_std;     /* path of libstd-*.so; NULL where std is static only (Debian) */
	char *lint_groups;    /* lines "clippy::style: clippy::a, clippy::b" as `clippy-driver -W help` lists them; one more of lints that rustc leaves off */
	char id[65];	      /* digest of all that may change what it compiles */
};

/* wanted may be NULL. `cache` is the cache folder. ERROR_OTHER with a remedy where none is found or clippy is missing.
 */
int toolchain_find(const char *wanted, const char *cache, struct toolchain *toolchain, struct error **err);
void toolchain_release(struct toolchain *toolchain);

/*
 * An argument of rustc. Where a toolchain has the sources of std, panics in generic code of std would name them where they
 * lie, and with them somebody's home; so they are called what they are called where it has none. The caller frees it.
 */
char *toolchain_remapping(const struct toolchain *toolchain);

/* True where `lint` ("clippy::needless_return") is in `group` ("clippy::style"), or is it. "rustc" is every lint
 * without a tool's prefix. */
bool toolchain_lint_in(const struct toolchain *toolchain, const char *lint, const char *group);

#endif
