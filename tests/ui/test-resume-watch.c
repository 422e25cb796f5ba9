/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-resume-watch.h"

#include "wt-test.h"

#define NAME "org.freedesktop.login1"
#define PATH "/org/freedesktop/login1"
#define MANAGER "org.freedesktop.login1.Manager"

static void
on_resumed (WtResumeWatch *watch, gpointer data)
{
  ++*(guint *) data;
}

static void
on_acquired (GDBusConnection *bus, const char *name, gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
say (GDBusConnection *logind, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (logind, NULL, PATH, MANAGER, "PrepareForSleep", parameters,
                                 &error);
  g_assert_no_error (error);
}

/* A bus of its own with a logind on it. */
static void
test_resume (void)
{
  g_autoptr (GTestDBus) daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) logind = NULL;
  g_autoptr (WtResumeWatch) watch = NULL;
  g_autoptr (GError) error = NULL;
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  guint resumed = 0;
  gboolean acquired = FALSE;
  guint name;

  g_test_dbus_up (daemon);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (daemon), TRUE);
  logind = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (daemon),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  name = g_bus_own_name_on_connection (logind, NAME, G_BUS_NAME_OWNER_FLAGS_NONE, on_acquired, NULL,
                                       &acquired, NULL);
  wt_test_wait_until (acquired);

  watch = wt_resume_watch_new ();
  g_signal_connect (watch, "resumed", G_CALLBACK (on_resumed), &resumed);
  /* Going to sleep is nothing, and nonsense neither; until one is heard nobody knows whether it listens. */
  while (resumed == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      say (logind, g_variant_new ("(b)", TRUE));
      say (logind, g_variant_new ("(s)", "nonsense"));
      say (logind, g_variant_new ("(b)", FALSE));
      wt_test_wait_until (resumed > 0 || !g_main_context_pending (NULL));
    }

  g_clear_object (&watch);
  g_bus_unown_name (name);
  g_dbus_connection_close_sync (logind, NULL, NULL);
  g_clear_object (&logind);
  g_test_dbus_stop (daemon);
}

/* Nobody there, or gone before anybody answered. */
static void
test_absent (void)
{
  g_autoptr (WtResumeWatch) watch = NULL;

  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  watch = wt_resume_watch_new ();
  g_clear_object (&watch);
  watch = wt_resume_watch_new ();
  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
}

int
main (int argc, char **argv)
{
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/resume-watch/absent", test_absent);
  if (daemon != NULL)
    g_test_add_func ("/ui/resume-watch/resume", test_resume);
  return g_test_run ();
}
