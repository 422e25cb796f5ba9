/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>
#include <sys/stat.h>

#include "wt-log.h"
#include "wt-mock-keyring.h"
#include "wt-secrets.h"
#include "wt-store-test.h"
#include "wt-test.h"

#define APP_ID "io.github.wheatear_im.Wheatear"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static GTestDBus *bus;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = wt_store_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "profile", "secrets.ini", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wt_store_test_remove_folder (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
  g_clear_pointer (&fixture->path, g_free);
}

static gboolean
store (WtSecrets *secrets, const char *name, const char *value, GError **error)
{
  wt_store_test_call (result, wt_secrets_store_async, secrets, name, "Label", value);

  return wt_secrets_store_finish (secrets, result, error);
}

static char *
lookup (WtSecrets *secrets, const char *name, GError **error)
{
  wt_store_test_call (result, wt_secrets_lookup_async, secrets, name);

  return wt_secrets_lookup_finish (secrets, result, error);
}

static gboolean
forget (WtSecrets *secrets, const char *name, GError **error)
{
  wt_store_test_call (result, wt_secrets_forget_async, secrets, name);

  return wt_secrets_forget_finish (secrets, result, error);
}

static void
assert_value (WtSecrets *secrets, const char *name, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = lookup (secrets, name, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (value, ==, expected);
}

static void
assert_mode (const char *path, guint mode)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, mode);
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  WtSecrets *secrets = wt_secrets_new (fixture->path, NULL, TRUE);

  g_assert_cmpint (wt_secrets_get_backend (secrets), ==, WT_SECRETS_FILE);
  g_assert_nonnull (wt_secrets_get_fallback_reason (secrets));
  g_assert_finalize_object (secrets);
  secrets = wt_secrets_new (fixture->path, "p", FALSE);
  g_assert_cmpint (wt_secrets_get_backend (secrets), ==, WT_SECRETS_KEYRING);
  g_assert_null (wt_secrets_get_fallback_reason (secrets));
  g_assert_finalize_object (secrets);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  static const char *const values[] = {
    "sk-plain",        "",
    " spaces around ", "two\nlines\r\n\ttab",
    "麦穗 😀",          "back\\slash = [section] ; # \"quotes\"",
  };
  static const char *const names[] = { "account/u/key", "a=b", "[x]", "名字", " ", "a\nb", "%2F" };
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint j = 0; j < G_N_ELEMENTS (values); j++)
      {
        g_autoptr (WtSecrets) secrets = wt_secrets_new (fixture->path, NULL, TRUE);
        g_autoptr (WtSecrets) again = wt_secrets_new (fixture->path, NULL, TRUE);

        g_assert_true (store (secrets, names[i], values[j], &error));
        g_assert_no_error (error);
        assert_value (again, names[i], values[j]);
      }

  assert_mode (fixture->path, 0600);
  assert_mode (folder, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (WtSecrets) secrets = wt_secrets_new (fixture->path, NULL, TRUE);

      assert_value (secrets, names[i], values[G_N_ELEMENTS (values) - 1]);
      g_assert_true (forget (secrets, names[i], &error));
      g_assert_true (forget (secrets, names[i], &error));
      assert_value (secrets, names[i], NULL);
    }
}

static void
test_file_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtSecrets) secrets = wt_secrets_new (fixture->path, NULL, TRUE);
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  /* Reading and forgetting make nothing. */
  assert_value (secrets, "nothing", NULL);
  g_assert_true (forget (secrets, "nothing", NULL));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_file_errors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtSecrets) secrets = wt_secrets_new (fixture->path, NULL, TRUE);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  static const char garbage[] = "[secrets]\nkey=sk-value\nthis is sk-not a key file\n";

  g_assert_false (store (secrets, "name", "\xff\xfe", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);

  /* What is not understood is neither overwritten nor quoted. */
  g_assert_true (store (secrets, "name", "value", NULL));
  g_assert_true (g_file_set_contents (fixture->path, garbage, -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  g_assert_false (store (secrets, "name", "other", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_null (strstr (error->message, "sk-"));
  g_clear_error (&error);
  g_assert_null (lookup (secrets, "name", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, garbage);
  assert_mode (fixture->path, 0600);

  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  g_assert_false (store (secrets, "name", "value", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  wt_secrets_store_finish (WT_SECRETS (source), result, &error);
  g_assert_no_error (error);
  (*(guint *) data)++;
}

static void
test_file_concurrent (Fixture *fixture, gconstpointer data)
{
  WtSecrets *secrets[2] = { wt_secrets_new (fixture->path, NULL, TRUE),
                            wt_secrets_new (fixture->path, NULL, TRUE) };
  guint done = 0;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("name-%u", i);

      wt_secrets_store_async (secrets[i % 2], name, NULL, name, NULL, on_stored, &done);
    }
  wt_test_wait_until (done == 40);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("name-%u", i);

      assert_value (secrets[0], name, name);
    }
  g_clear_object (&secrets[0]);
  g_clear_object (&secrets[1]);
}

static void
test_redaction (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtSecrets) secrets = wt_secrets_new (fixture->path, NULL, TRUE);
  g_autofree char *stored = NULL;
  g_autofree char *found = NULL;
  g_autofree char *text = NULL;

  g_assert_true (store (secrets, "n", "sk-passing-through", NULL));
  stored = wt_log_redact ("key sk-passing-through.");
  g_assert_null (strstr (stored, "passing"));

  /* What is only read, too. */
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  memcpy (strstr (text, "passing"), "reading", strlen ("reading"));
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  assert_value (secrets, "n", "sk-reading-through");
  found = wt_log_redact ("key sk-reading-through.");
  g_assert_null (strstr (found, "reading"));
}

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(guint *) data)++;
}

static void
assert_falls_back (Fixture *fixture)
{
  g_autoptr (WtSecrets) secrets = wt_secrets_new (fixture->path, NULL, FALSE);
  guint notified = 0;

  g_signal_connect (secrets, "notify::backend", G_CALLBACK (on_notify), &notified);
  g_signal_connect (secrets, "notify::fallback-reason", G_CALLBACK (on_notify), &notified);
  assert_value (secrets, "name", NULL);
  g_assert_cmpint (wt_secrets_get_backend (secrets), ==, WT_SECRETS_FILE);
  g_assert_cmpint (notified, ==, 2);
  g_test_message ("reason: %s", wt_secrets_get_fallback_reason (secrets));
  g_assert_nonnull (wt_secrets_get_fallback_reason (secrets));

  g_assert_true (store (secrets, "name", "value", NULL));
  assert_value (secrets, "name", "value");
  g_assert_true (forget (secrets, "name", NULL));
  assert_value (secrets, "name", NULL);
  assert_mode (fixture->path, 0600);
  g_assert_cmpint (notified, ==, 2);
}

static void
ignore (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  return g_strcmp0 (domain, "libsecret") != 0;
}

/* A newer libsecret says so aloud as well. */
static void
test_no_bus (Fixture *fixture, gconstpointer data)
{
  guint handler = g_log_set_handler ("libsecret", G_LOG_LEVEL_WARNING | G_LOG_FLAG_FATAL, ignore,
                                     NULL);

  g_test_log_set_fatal_handler (is_fatal, NULL);
  assert_falls_back (fixture);
  g_log_remove_handler ("libsecret", handler);
}

static void
start_bus (void)
{
  g_autoptr (GDBusConnection) connection = NULL;

  if (bus != NULL)
    return;

  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_assert_nonnull (connection);
  g_dbus_connection_set_exit_on_close (connection, FALSE);
}

static void
test_no_service (Fixture *fixture, gconstpointer data)
{
  start_bus ();
  assert_falls_back (fixture);
}

static void
test_keyring (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMockKeyring) keyring = NULL;
  g_autoptr (WtSecrets) secrets = wt_secrets_new (fixture->path, "work", FALSE);
  g_autoptr (WtSecrets) other_profile = wt_secrets_new (fixture->path, NULL, FALSE);
  g_autofree char *description = NULL;
  g_autoptr (GError) error = NULL;

  start_bus ();
  keyring = wt_mock_keyring_new (g_test_dbus_get_bus_address (bus));
  assert_value (secrets, "account/u/key", NULL);
  g_assert_cmpint (wt_secrets_get_backend (secrets), ==, WT_SECRETS_KEYRING);
  g_assert_true (store (secrets, "account/u/key", "麦穗\nsecond line", &error));
  g_assert_no_error (error);
  g_assert_cmpint (wt_mock_keyring_count (keyring), ==, 1);
  description = wt_mock_keyring_describe (keyring);
  g_assert_cmpstr (description, ==, "Label|" APP_ID "|account/u/key|work");
  assert_value (secrets, "account/u/key", "麦穗\nsecond line");
  assert_value (other_profile, "account/u/key", NULL);

  g_assert_true (store (secrets, "account/u/key", "changed", NULL));
  assert_value (secrets, "account/u/key", "changed");
  g_assert_cmpint (wt_mock_keyring_count (keyring), ==, 1);
  g_assert_true (forget (secrets, "account/u/key", &error));
  g_assert_no_error (error);
  g_assert_cmpint (wt_mock_keyring_count (keyring), ==, 0);
  g_assert_true (forget (secrets, "account/u/key", &error));
  assert_value (secrets, "account/u/key", NULL);
  g_assert_null (wt_secrets_get_fallback_reason (secrets));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  secret_service_disconnect ();
}

/* A keyring that is locked, or gone after it worked, is an error: no second place is opened. */
static void
test_keyring_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMockKeyring) keyring = NULL;
  g_autoptr (WtSecrets) secrets = wt_secrets_new (fixture->path, NULL, FALSE);
  g_autoptr (GError) error = NULL;

  start_bus ();
  keyring = wt_mock_keyring_new (g_test_dbus_get_bus_address (bus));
  g_assert_true (store (secrets, "name", "value", NULL));
  wt_mock_keyring_set_locked (keyring, TRUE);
  g_assert_null (lookup (secrets, "name", &error));
  g_assert_error (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED);
  g_clear_error (&error);
  g_assert_false (store (secrets, "name", "other", &error));
  g_assert_error (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED);
  g_clear_error (&error);
  g_assert_cmpint (wt_secrets_get_backend (secrets), ==, WT_SECRETS_KEYRING);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  wt_mock_keyring_set_locked (keyring, FALSE);
  assert_value (secrets, "name", "value");

  g_clear_pointer (&keyring, wt_mock_keyring_free);
  g_assert_null (lookup (secrets, "name", &error));
  g_assert_nonnull (error);
  g_assert_cmpint (wt_secrets_get_backend (secrets), ==, WT_SECRETS_KEYRING);
  secret_service_disconnect ();
}

/* Keys from a time without a keyring are still found, and go once they are stored anew. */
static void
test_keyring_after_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMockKeyring) keyring = NULL;
  g_autoptr (WtSecrets) before = wt_secrets_new (fixture->path, NULL, TRUE);
  g_autoptr (WtSecrets) after = wt_secrets_new (fixture->path, NULL, FALSE);

  start_bus ();
  g_assert_true (store (before, "one", "1", NULL));
  g_assert_true (store (before, "two", "2", NULL));
  keyring = wt_mock_keyring_new (g_test_dbus_get_bus_address (bus));
  assert_value (after, "one", "1");
  g_assert_true (store (after, "one", "I", NULL));
  assert_value (after, "one", "I");
  assert_value (before, "one", NULL);
  g_assert_true (forget (after, "two", NULL));
  assert_value (before, "two", NULL);
  secret_service_disconnect ();
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtSecrets) secrets = wt_secrets_new (fixture->path, NULL, TRUE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  wt_secrets_store_async (secrets, "name", NULL, "value", cancellable, wt_store_test_on_ready,
                          &result);
  wt_store_test_wait (&result);
  g_assert_false (wt_secrets_store_finish (secrets, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_value (secrets, "name", NULL);
}

int
main (int argc, char **argv)
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/secrets/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("new", test_new);
  ADD ("file", test_file);
  ADD ("file-missing", test_file_missing);
  ADD ("file-errors", test_file_errors);
  ADD ("file-concurrent", test_file_concurrent);
  ADD ("redaction", test_redaction);
  ADD ("cancel", test_cancel);
  /* Before there is a bus, for once there is one the process keeps it. */
  ADD ("no-bus", test_no_bus);
  ADD ("no-service", test_no_service);
  ADD ("keyring", test_keyring);
  ADD ("keyring-locked", test_keyring_locked);
  ADD ("keyring-after-file", test_keyring_after_file);

  status = g_test_run ();
  /* Not freed: that waits for the process's connection to the bus, which libsecret keeps. */
  if (bus != NULL)
    g_test_dbus_stop (bus);

  return status;
}
