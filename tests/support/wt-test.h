/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest any single wait in a test may take before the test fails; everything takes many times as long under
 * valgrind, and some with a sanitizer. */
static inline guint
wt_test_get_deadline_seconds (void)
{
#ifdef __SANITIZE_ADDRESS__
  const guint usual = 80;
#else
  const guint usual = 20;
#endif

  return g_getenv ("WHEATEAR_TEST_VALGRIND") != NULL ? 200 : usual;
}

static inline gboolean
wt_test_deadline_passed (gpointer data)
{
  gboolean *passed = data;

  *passed = TRUE;
  return G_SOURCE_REMOVE;
}

/**
 * wt_test_wait_until:
 * @condition: an expression that becomes true
 *
 * Iterates the thread-default main context until @condition is true; fails the test at the deadline.
 */
#define wt_test_wait_until(condition)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    GMainContext *wt_context_ = g_main_context_get_thread_default ();                              \
    gboolean wt_passed_ = FALSE;                                                                   \
    GSource *wt_deadline_ = g_timeout_source_new_seconds (wt_test_get_deadline_seconds ());        \
    g_source_set_callback (wt_deadline_, wt_test_deadline_passed, &wt_passed_, NULL);              \
    g_source_attach (wt_deadline_, wt_context_);                                                   \
    while (!(condition) && !wt_passed_)                                                            \
      g_main_context_iteration (wt_context_, TRUE);                                                \
    g_source_destroy (wt_deadline_);                                                               \
    g_source_unref (wt_deadline_);                                                                 \
    if (wt_passed_ && !(condition))                                                                \
      g_error ("%s:%d: deadline passed waiting for: %s", __FILE__, __LINE__, #condition);          \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
