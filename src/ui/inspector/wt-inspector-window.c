/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-inspector-window-private.h"

#include <glib/gi18n-lib.h>

#include "wt-frame-filter-button.h"

#define WIDTH 940
#define HEIGHT 640

G_DEFINE_FINAL_TYPE (WtInspectorWindow, wt_inspector_window, ADW_TYPE_WINDOW)

static void
update_subtitle (WtInspectorWindow *self)
{
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  guint all = g_list_model_get_n_items (G_LIST_MODEL (self->log));
  guint64 dropped = wt_frame_log_get_dropped (self->log);
  g_autoptr (GString) subtitle = g_string_new (NULL);

  if (shown < all)
    g_string_append_printf (subtitle, _ ("%u of %u"), shown, all);
  else
    g_string_append_printf (subtitle, ngettext ("%u frame", "%u frames", all), all);
  if (dropped > 0)
    {
      g_string_append (subtitle, " · ");
      /* Translators: how many old frames made way for new ones */
      g_string_append_printf (subtitle,
                              ngettext ("%lu older dropped", "%lu older dropped", (gulong) dropped),
                              (gulong) dropped);
    }
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), subtitle->str);
}

static void
update_page (WtInspectorWindow *self)
{
  const char *page = "list";

  if (g_list_model_get_n_items (G_LIST_MODEL (self->log)) == 0)
    page = "empty";
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->shown)) == 0)
    page = "no-match";
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page);
}

static void
update_recording (WtInspectorWindow *self)
{
  gboolean recording = wt_frame_log_get_recording (self->log);
  const char *label = recording ? _ ("Pause") : _ ("Go On Recording");

  gtk_button_set_icon_name (GTK_BUTTON (self->record),
                            recording ? "media-playback-pause-symbolic" : "media-record-symbolic");
  gtk_widget_set_tooltip_text (self->record, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->record), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->empty),
                                 recording ? "network-transmit-receive-symbolic"
                                           : "media-playback-pause-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->empty),
                             recording ? _ ("Nothing Yet") : _ ("Paused"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (self->empty),
      recording ? _ ("What goes to the server and comes from it appears here while this window is "
                     "open. Keys are hidden.")
                : _ ("What goes over the wire now is not recorded."));
}

/* Following the newest */

static gboolean
on_follow (gpointer data)
{
  WtInspectorWindow *self = data;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->shown));

  self->follow = 0;
  if (n_items > 0)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", n_items - 1);
  return G_SOURCE_REMOVE;
}

static void
on_scrolled (WtInspectorWindow *self)
{
  double left = gtk_adjustment_get_upper (self->scroll) - gtk_adjustment_get_value (self->scroll)
                - gtk_adjustment_get_page_size (self->scroll);

  if (self->follow == 0)
    self->ended = left < 1;
}

static void
on_shown_changed (WtInspectorWindow *self)
{
  update_page (self);
  update_subtitle (self);
  wt_inspector_window_update_actions (self);
  if (self->ended && self->follow == 0)
    self->follow = g_timeout_add (0, on_follow, self);
}

/* Choosing */

static void
on_selected (WtInspectorWindow *self)
{
  WtFrame *frame = gtk_single_selection_get_selected_item (self->selection);

  if (frame != NULL)
    wt_frame_view_set_frame (self->view, frame);
}

static void
on_activate (WtInspectorWindow *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, self->frame_page);
}

static guint
find_shown (WtInspectorWindow *self, WtFrame *frame)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->shown));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (WtFrame) other = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      if (other == frame)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/*< private >
 * wt_inspector_window_show_frame:
 * @self: an inspector
 * @serial: a frame's
 *
 * Shows the frame, also where the filter hides it; says so where it is no longer kept.
 */
void
wt_inspector_window_show_frame (WtInspectorWindow *self, guint64 serial)
{
  WtFrame *frame = wt_frame_log_lookup (self->log, serial);
  guint position = frame != NULL ? find_shown (self, frame) : GTK_INVALID_LIST_POSITION;

  if (frame == NULL)
    {
      adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("It is no longer kept")));
      return;
    }
  wt_frame_view_set_frame (self->view, frame);
  gtk_single_selection_set_selected (self->selection, position);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", position);
}

static void
on_search_changed (WtInspectorWindow *self)
{
  wt_frame_filter_set_text (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

/*< private >
 * wt_inspector_window_reset_filter:
 * @self: an inspector
 *
 * Shows everything again.
 */
void
wt_inspector_window_reset_filter (WtInspectorWindow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  wt_frame_filter_set_text (self->filter, "");
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search), FALSE);
  wt_frame_filter_button_reset (WT_FRAME_FILTER_BUTTON (self->filter_button));
  gtk_widget_grab_focus (self->list);
}

static void
wt_inspector_window_dispose (GObject *object)
{
  WtInspectorWindow *self = WT_INSPECTOR_WINDOW (object);

  if (self->log != NULL)
    wt_frame_log_set_recording (self->log, FALSE);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->follow, g_source_remove);
  g_clear_object (&self->chooser);
  g_clear_object (&self->selection);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter);
  g_clear_object (&self->log);
  g_clear_object (&self->sessions);

  G_OBJECT_CLASS (wt_inspector_window_parent_class)->dispose (object);
}

static void
wt_inspector_window_finalize (GObject *object)
{
  g_clear_object (&WT_INSPECTOR_WINDOW (object)->cancellable);

  G_OBJECT_CLASS (wt_inspector_window_parent_class)->finalize (object);
}

static void
wt_inspector_window_class_init (WtInspectorWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_inspector_window_dispose;
  object_class->finalize = wt_inspector_window_finalize;
  wt_inspector_window_install_actions (GTK_WIDGET_CLASS (klass));
}

static void
wt_inspector_window_init (WtInspectorWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->ended = TRUE;
  gtk_window_set_title (GTK_WINDOW (self), _ ("Inspector"));
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 294);
  gtk_widget_add_css_class (GTK_WIDGET (self), "inspector");
}

static void
make_models (WtInspectorWindow *self)
{
  self->log = wt_frame_log_new (self->sessions);
  self->filter = wt_frame_filter_new ();
  self->shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->log)),
                                           g_object_ref (GTK_FILTER (self->filter)));
  /* Ten thousand frames are searched while the window goes on. */
  gtk_filter_list_model_set_incremental (self->shown, TRUE);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
}

static void
connect_all (WtInspectorWindow *self)
{
  g_signal_connect_object (self->log, "notify::recording", G_CALLBACK (update_recording), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->log, "items-changed", G_CALLBACK (on_shown_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->log, "notify::dropped", G_CALLBACK (update_subtitle), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (on_shown_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (on_activate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scroll, "value-changed", G_CALLBACK (on_scrolled), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (on_search_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leaflet, "notify::folded",
                           G_CALLBACK (wt_inspector_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "pair", G_CALLBACK (wt_inspector_window_show_frame), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wt_inspector_window_new:
 * @sessions: of #WtSession: whose frames are shown
 *
 * It records from now on, until it is closed.
 *
 * Returns: (transfer none): a window, owned by GTK like every toplevel, not shown yet
 */
GtkWidget *
wt_inspector_window_new (GListModel *sessions)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (sessions), NULL);

  WtInspectorWindow *self = g_object_new (WT_TYPE_INSPECTOR_WINDOW, NULL);

  self->sessions = g_object_ref (sessions);
  make_models (self);
  wt_inspector_window_build (self);
  connect_all (self);
  wt_frame_log_set_recording (self->log, TRUE);
  on_shown_changed (self);
  return GTK_WIDGET (self);
}

/**
 * wt_inspector_window_get_log:
 * @self: an inspector
 *
 * Returns: (transfer none): what it recorded
 */
WtFrameLog *
wt_inspector_window_get_log (WtInspectorWindow *self)
{
  g_return_val_if_fail (WT_IS_INSPECTOR_WINDOW (self), NULL);

  return self->log;
}
