/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-found-servers.h"

#include <glib/gi18n-lib.h>

struct _WtFoundServers
{
  AdwPreferencesGroup parent_instance;

  /* Owned. */
  WtServerFinder *finder;

  /* Borrowed: children, each the row of a server. */
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (WtFoundServers, wt_found_servers, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_activated (WtFoundServers *self, AdwActionRow *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, adw_action_row_get_subtitle (row));
}

static void
on_found (WtServerFinder *finder, const char *url, WtFoundServers *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Found a Server on This Computer"));
  adw_preferences_row_set_title_selectable (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), url);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
on_map (WtFoundServers *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  wt_server_finder_start (self->finder);
}

static void
on_unmap (WtFoundServers *self)
{
  wt_server_finder_stop (self->finder);
}

static void
wt_found_servers_dispose (GObject *object)
{
  wt_server_finder_stop (WT_FOUND_SERVERS (object)->finder);

  G_OBJECT_CLASS (wt_found_servers_parent_class)->dispose (object);
}

static void
wt_found_servers_finalize (GObject *object)
{
  WtFoundServers *self = WT_FOUND_SERVERS (object);

  g_object_unref (self->finder);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (wt_found_servers_parent_class)->finalize (object);
}

static void
wt_found_servers_class_init (WtFoundServersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_found_servers_dispose;
  object_class->finalize = wt_found_servers_finalize;

  /**
   * WtFoundServers::chosen:
   * @self: the servers
   * @url: the server's address
   *
   * The user wants to use that one.
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wt_found_servers_init (WtFoundServers *self)
{
  self->rows = g_ptr_array_new ();
  self->finder = wt_server_finder_new ();
  g_signal_connect_object (self->finder, "found", G_CALLBACK (on_found), self, 0);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * wt_found_servers_follow:
 * @self: the servers
 * @page: what they are on
 *
 * Searches when @page is shown, and no longer than it is.
 */
void
wt_found_servers_follow (WtFoundServers *self, GtkWidget *page)
{
  g_return_if_fail (WT_IS_FOUND_SERVERS (self));

  g_signal_connect_object (page, "map", G_CALLBACK (on_map), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "unmap", G_CALLBACK (on_unmap), self, G_CONNECT_SWAPPED);
}

/**
 * wt_found_servers_unfollow:
 * @self: the servers
 * @page: what they are on
 *
 * Searches no more, and shows nothing: the choice is made.
 */
void
wt_found_servers_unfollow (WtFoundServers *self, GtkWidget *page)
{
  g_return_if_fail (WT_IS_FOUND_SERVERS (self));

  g_signal_handlers_disconnect_by_data (page, self);
  wt_server_finder_stop (self->finder);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * wt_found_servers_get_finder:
 * @self: the servers
 *
 * Returns: (transfer none): what searches for them
 */
WtServerFinder *
wt_found_servers_get_finder (WtFoundServers *self)
{
  g_return_val_if_fail (WT_IS_FOUND_SERVERS (self), NULL);

  return self->finder;
}
