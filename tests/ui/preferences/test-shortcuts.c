/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-application-private.h"

#include "wt-ui-test.h"

/* The window of shortcuts says what the program does: neither less nor more. */

typedef struct
{
  GtkApplication *application; /* borrowed */
  GtkBuilder *builder;
  GtkWindow *overlay;
  GPtrArray *shortcuts; /* of GtkShortcutsShortcut */
} Fixture;

static void
collect (GtkWidget *widget, GPtrArray *shortcuts)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget))
    g_ptr_array_add (shortcuts, widget);
  for (GtkWidget *next = gtk_widget_get_first_child (widget); next != NULL;
       next = gtk_widget_get_next_sibling (next))
    collect (next, shortcuts);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->application = (GtkApplication *) data;
  fixture->builder = gtk_builder_new_from_resource (
      "/io/github/wheatear_im/Wheatear/help-overlay.ui");
  fixture->overlay = GTK_WINDOW (gtk_builder_get_object (fixture->builder, "help_overlay"));
  fixture->shortcuts = g_ptr_array_new ();
  g_assert_nonnull (fixture->overlay);
  collect (GTK_WIDGET (fixture->overlay), fixture->shortcuts);
  g_assert_cmpuint (fixture->shortcuts->len, >, 10);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->overlay);
  g_object_unref (fixture->builder);
  g_ptr_array_unref (fixture->shortcuts);
}

static gboolean
lists (Fixture *fixture, const char *property, const char *value)
{
  for (guint i = 0; i < fixture->shortcuts->len; i++)
    {
      g_autofree char *found = NULL;

      g_object_get (g_ptr_array_index (fixture->shortcuts, i), property, &found, NULL);
      if (g_strcmp0 (found, value) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Where an action has keys that are hard to tell apart, the first stands for them. */
static gboolean
lists_action (Fixture *fixture, const char *action)
{
  g_auto (GStrv) accels = gtk_application_get_accels_for_action (fixture->application, action);

  return lists (fixture, "action-name", action)
         || (accels[0] != NULL && lists (fixture, "accelerator", accels[0]));
}

/* Every key that an action has is listed. */
static void
test_all_listed (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (fixture->application);

  g_assert_cmpuint (g_strv_length (actions), >, 10);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      if (!lists_action (fixture, actions[i]))
        {
          g_test_message ("not in the window of shortcuts: %s", actions[i]);
          g_test_fail ();
        }
    }
}

/* And what is listed by its action has a key. */
static void
test_all_there (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < fixture->shortcuts->len; i++)
    {
      g_autofree char *action = NULL;
      g_autofree char *keys = NULL;
      g_auto (GStrv) accels = NULL;

      g_object_get (g_ptr_array_index (fixture->shortcuts, i), "action-name", &action,
                    "accelerator", &keys, NULL);
      if (action == NULL || *action == '\0')
        {
          g_assert_nonnull (keys);
          continue;
        }
      accels = gtk_application_get_accels_for_action (fixture->application, action);
      if (accels[0] == NULL)
        {
          g_test_message ("in the window of shortcuts without a key: %s", action);
          g_test_fail ();
        }
    }
}

static void
add_key (GHashTable *keys, const char *key, const char *owner)
{
  const char *before = g_hash_table_lookup (keys, key);

  if (before != NULL && !g_str_equal (before, owner))
    {
      g_test_message ("%s does two things: %s and %s", key, before, owner);
      g_test_fail ();
    }
  g_hash_table_insert (keys, g_strdup (key), g_strdup (owner));
}

/* No key of an action means two things. */
static void
test_no_key_twice (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (fixture->application);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) accels = gtk_application_get_accels_for_action (fixture->application,
                                                                     actions[i]);

      for (guint j = 0; accels[j] != NULL; j++)
        add_key (keys, accels[j], actions[i]);
    }
}

static void
test_titles (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < fixture->shortcuts->len; i++)
    {
      g_autofree char *title = NULL;

      g_object_get (g_ptr_array_index (fixture->shortcuts, i), "title", &title, NULL);
      g_assert_nonnull (title);
      g_assert_cmpstr (title, !=, "");
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (WtApplication) application = NULL;

  if (!wt_ui_test_init (&argc, &argv))
    return 77;

  application = wt_application_new ();
  wt_application_add_actions (application);

#define ADD(name, func)                                                                            \
  g_test_add ("/shortcuts/" name, Fixture, application, set_up, func, tear_down)
  ADD ("all-listed", test_all_listed);
  ADD ("all-there", test_all_there);
  ADD ("no-key-twice", test_no_key_twice);
  ADD ("titles", test_titles);

  return g_test_run ();
}
