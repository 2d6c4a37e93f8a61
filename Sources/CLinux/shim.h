// Linux calls that Swift's Glibc module does not show, because the C library hides them without _GNU_SOURCE
// (which must not be defined here: it changes headers that the Glibc module has already imported).
#ifndef CLINUX_SHIM_H
#define CLINUX_SHIM_H

#include <stddef.h>
#include <stdint.h>
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

/// accept4(2) without the address of the peer: the new socket does not block and is closed in started programs.
static inline int linux_accept(int listener, int flags) {
  return (int)syscall(SYS_accept4, listener, NULL, NULL, flags);
}

/// eventfd(2): a counter that can be waited for.
static inline int linux_event_counter(int flags) {
  return (int)syscall(SYS_eventfd2, 0U, flags);
}

/// signalfd(2) for the signals whose bits (1 << (number - 1)) are set.
static inline int linux_signal_descriptor(uint64_t signals, int flags) {
  return (int)syscall(SYS_signalfd4, -1, &signals, sizeof signals, flags);
}

/// The number of the next signal of a descriptor of `linux_signal_descriptor`, or -1.
static inline int linux_read_signal(int descriptor) {
  // struct signalfd_siginfo: 128 bytes that open with the number.
  union { uint32_t number; unsigned char bytes[128]; } information;
  ssize_t count = read(descriptor, &information, sizeof information);
  return count == (ssize_t)sizeof information ? (int)information.number : -1;
}

/// What happened to a descriptor.
struct linux_event {
  uint64_t token;
  uint32_t flags;
};

// <sys/epoll.h> cannot be included: it brings types that belong to the Glibc module.
static const uint32_t linux_event_readable = 0x001;
static const uint32_t linux_event_writable = 0x004;
/// EPOLLERR and EPOLLHUP.
static const uint32_t linux_event_failed = 0x008 | 0x010;
static const int linux_epoll_add = 1;
static const int linux_epoll_remove = 2;
static const int linux_epoll_change = 3;

/// `struct epoll_event` as the kernel lays it out: on x86-64 without a gap.
struct linux_raw_event {
  uint32_t flags;
  uint64_t token;
#if defined(__x86_64__)
} __attribute__((packed));
#else
};
#endif

static inline int linux_epoll_create(int flags) {
  return (int)syscall(SYS_epoll_create1, flags);
}

static inline int linux_epoll_control(int poll, int operation, int descriptor, uint32_t flags, uint64_t token) {
  struct linux_raw_event event = {.flags = flags, .token = token};
  return (int)syscall(SYS_epoll_ctl, poll, operation, descriptor, &event);
}

/// epoll_wait(2) for at most 256 events, and no more than `capacity`.
static inline int linux_epoll_wait(int poll, struct linux_event *events, int capacity, int milliseconds) {
  struct linux_raw_event raw[256];
  int most = capacity < 256 ? capacity : 256;
  int count = (int)syscall(SYS_epoll_pwait, poll, raw, most, milliseconds, NULL, (size_t)8);
  for (int index = 0; index < count; index++) {
    events[index].token = raw[index].token;
    events[index].flags = raw[index].flags;
  }
  return count;
}

// unistd.h declares it for _GNU_SOURCE only.
extern char **environ;

/// The environment of this process; Swift refuses the global variable as shared mutable state.
static inline char **linux_environment(void) {
  return environ;
}

#endif
