// SQLite's interface, and inline wrappers for what Swift cannot import: variadic functions and function-pointer macros.
#ifndef CSQLITE_SHIM_H
#define CSQLITE_SHIM_H

#include <sqlite3.h>

/// Turns off the counting of memory, for which every allocation would wait for one lock of the whole process; to be
/// called before SQLite is used.
static inline int csqlite_leave_memory_uncounted(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/// Sets one yes-or-no option of sqlite3_db_config and writes back the value now in force.
static inline int csqlite_set_option(sqlite3 *connection, int option, int wanted, int *in_force) {
  return sqlite3_db_config(connection, option, wanted, in_force);
}

/// Binds UTF-8 that SQLite copies; a null pointer stands for the empty text, not for NULL.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *bytes, sqlite3_uint64 count) {
  return sqlite3_bind_text64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// Binds a blob that SQLite copies; a null pointer stands for the empty blob, not for NULL.
static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
  return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

#endif
