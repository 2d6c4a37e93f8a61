// Linux calls that Swift's Glibc module does not show, because the C library hides them without _GNU_SOURCE
// (which must not be defined here: it changes headers that the Glibc module has already imported).
#ifndef CLINUX_SHIM_H
#define CLINUX_SHIM_H

#include <stddef.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/// renameat2(2): fail with EEXIST rather than replace the target.
static const unsigned int linux_rename_noreplace = 1 << 0;
/// renameat2(2): swap the two names in one step; both must exist.
static const unsigned int linux_rename_exchange = 1 << 1;

static inline int linux_renameat2(int from_directory, const char *from, int to_directory, const char *to,
                                  unsigned int flags) {
  return (int)syscall(SYS_renameat2, from_directory, from, to_directory, to, flags);
}

static inline ssize_t linux_getrandom(void *bytes, size_t count) {
  return syscall(SYS_getrandom, bytes, count, 0);
}

static inline int linux_syncfs(int descriptor) {
  return (int)syscall(SYS_syncfs, descriptor);
}

static inline int linux_pipe2(int descriptors[2], int flags) {
  return (int)syscall(SYS_pipe2, descriptors, flags);
}

/// memfd_create(2) with MFD_CLOEXEC: an anonymous file that lives in memory.
static inline int linux_memory_file(const char *name) {
  return (int)syscall(SYS_memfd_create, name, 1U);
}

/// The magic number of the file system that holds a path (statfs(2)), or -1.
static inline long linux_file_system_kind(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (long)status.f_type : -1;
}

/// `TMPFS_MAGIC` of linux/magic.h.
static const long linux_tmpfs = 0x01021994;

/// UTIME_NOW of utimensat(2), which Swift does not import.
static const long linux_time_now = (1L << 30) - 1L;

// unistd.h declares it for _GNU_SOURCE only.
extern char **environ;

/// The environment of this process; Swift refuses the global variable as shared mutable state.
static inline char **linux_environment(void) {
  return environ;
}

#endif
