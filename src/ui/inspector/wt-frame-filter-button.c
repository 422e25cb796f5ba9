/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-frame-filter-button.h"

#include <glib/gi18n-lib.h>

#include "wt-session.h"

struct _WtFrameFilterButton
{
  GtkWidget parent_instance;

  /* owned */
  WtFrameFilter *filter;
  GListModel *sessions;
  GArray *account_ids; /* of gint64: as the account's choices, after the first */

  /* children */
  GtkWidget *button;
  GtkWidget *account;
  GtkWidget *way;
  GtkWidget *sort;
  GtkWidget *only_warnings;
};

G_DEFINE_FINAL_TYPE (WtFrameFilterButton, wt_frame_filter_button, GTK_TYPE_WIDGET)

static void
on_chosen (WtFrameFilterButton *self)
{
  guint account = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->account));
  gboolean narrowed;

  if (account > 0 && account <= self->account_ids->len)
    wt_frame_filter_set_account (self->filter,
                                 g_array_index (self->account_ids, gint64, account - 1));
  else
    wt_frame_filter_set_account (self->filter, 0);
  wt_frame_filter_set_way (self->filter,
                           (WtFrameWay) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->way)));
  wt_frame_filter_set_sort (self->filter,
                            (WtFrameSort) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->sort)));
  wt_frame_filter_set_only_warnings (
      self->filter, gtk_check_button_get_active (GTK_CHECK_BUTTON (self->only_warnings)));

  narrowed = account > 0 || gtk_drop_down_get_selected (GTK_DROP_DOWN (self->way)) > 0
             || gtk_drop_down_get_selected (GTK_DROP_DOWN (self->sort)) > 0
             || gtk_check_button_get_active (GTK_CHECK_BUTTON (self->only_warnings));
  if (narrowed)
    gtk_widget_add_css_class (self->button, "accent");
  else
    gtk_widget_remove_css_class (self->button, "accent");
}

/* The choice stays with its account while there is one. */
static void
update_accounts (WtFrameFilterButton *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->account));
  gint64 id = chosen > 0 && chosen <= self->account_ids->len
                  ? g_array_index (self->account_ids, gint64, chosen - 1)
                  : 0;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  chosen = 0;
  g_array_set_size (self->account_ids, 0);
  gtk_string_list_append (names, _ ("All Accounts"));
  for (guint i = 0; i < g_list_model_get_n_items (self->sessions); i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (self->sessions, i);
      WtAccount *account = wt_session_get_account (session);
      gint64 account_id = wt_account_get_id (account);
      g_autofree char *name = wt_account_dup_display_name (account);

      gtk_string_list_append (names, name);
      g_array_append_val (self->account_ids, account_id);
      if (account_id == id)
        chosen = i + 1;
    }
  g_signal_handlers_block_by_func (self->account, on_chosen, self);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->account), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->account), chosen);
  g_signal_handlers_unblock_by_func (self->account, on_chosen, self);
  on_chosen (self);
}

static void
wt_frame_filter_button_dispose (GObject *object)
{
  WtFrameFilterButton *self = WT_FRAME_FILTER_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->filter);
  g_clear_object (&self->sessions);

  G_OBJECT_CLASS (wt_frame_filter_button_parent_class)->dispose (object);
}

static void
wt_frame_filter_button_finalize (GObject *object)
{
  g_clear_pointer (&WT_FRAME_FILTER_BUTTON (object)->account_ids, g_array_unref);

  G_OBJECT_CLASS (wt_frame_filter_button_parent_class)->finalize (object);
}

static void
wt_frame_filter_button_class_init (WtFrameFilterButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_frame_filter_button_dispose;
  object_class->finalize = wt_frame_filter_button_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
add_choice (WtFrameFilterButton *self, GtkGrid *grid, int row, const char *title)
{
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (choice, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, choice, 1, row, 1, 1);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  return choice;
}

static void
set_choices (GtkWidget *choice, const char *const *names)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);

  gtk_drop_down_set_model (GTK_DROP_DOWN (choice), G_LIST_MODEL (model));
}

static GtkWidget *
make_grid (WtFrameFilterButton *self)
{
  GtkWidget *grid = gtk_grid_new ();
  const char *const ways[] = { _ ("Sent and Received"), C_ ("frame", "Sent"),
                               C_ ("frame", "Received"), NULL };
  const char *const sorts[] = { _ ("Everything"), _ ("Messages"),      _ ("Acknowledgements"),
                                _ ("Connection"), _ ("Anything Else"), NULL };

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_widget_add_css_class (grid, "frame-filter");
  self->only_warnings = gtk_check_button_new_with_label (_ ("Only with Warnings"));
  self->account = add_choice (self, GTK_GRID (grid), 0, _ ("Account"));
  self->way = add_choice (self, GTK_GRID (grid), 1, _ ("Direction"));
  self->sort = add_choice (self, GTK_GRID (grid), 2, _ ("Type"));
  g_signal_handlers_block_by_func (self->way, on_chosen, self);
  g_signal_handlers_block_by_func (self->sort, on_chosen, self);
  set_choices (self->way, ways);
  set_choices (self->sort, sorts);
  g_signal_handlers_unblock_by_func (self->way, on_chosen, self);
  g_signal_handlers_unblock_by_func (self->sort, on_chosen, self);
  gtk_grid_attach (GTK_GRID (grid), self->only_warnings, 0, 3, 2, 1);
  g_signal_connect_object (self->only_warnings, "toggled", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  return grid;
}

static void
wt_frame_filter_button_init (WtFrameFilterButton *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->account_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "wt-filter-symbolic");
  gtk_widget_set_tooltip_text (self->button, _ ("Filter"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Filter"), -1);
  gtk_popover_set_child (GTK_POPOVER (popover), make_grid (self));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * wt_frame_filter_button_new:
 * @filter: what it sets
 * @sessions: of #WtSession: whose accounts there are to choose from
 *
 * Returns: (transfer floating): a button
 */
GtkWidget *
wt_frame_filter_button_new (WtFrameFilter *filter, GListModel *sessions)
{
  WtFrameFilterButton *self = g_object_new (WT_TYPE_FRAME_FILTER_BUTTON, NULL);

  self->filter = g_object_ref (filter);
  self->sessions = g_object_ref (sessions);
  g_signal_connect_object (sessions, "items-changed", G_CALLBACK (update_accounts), self,
                           G_CONNECT_SWAPPED);
  update_accounts (self);
  return GTK_WIDGET (self);
}

/**
 * wt_frame_filter_button_reset:
 * @self: a button
 *
 * Lets everything pass.
 */
void
wt_frame_filter_button_reset (WtFrameFilterButton *self)
{
  g_return_if_fail (WT_IS_FRAME_FILTER_BUTTON (self));

  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->account), 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->way), 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->sort), 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->only_warnings), FALSE);
}
