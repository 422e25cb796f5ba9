/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-accounts-row.h"

#include "wt-account-mark.h"
#include "wt-error-words.h"
#include "wt-session-words.h"

#include <glib/gi18n-lib.h>

struct _WtAccountsRow
{
  AdwActionRow parent_instance;

  /* Owned. */
  WtProfile *profile;
  WtSession *session;

  /* Children. */
  GtkWidget *handle;
  GtkSwitch *enabled;
  GtkMenuButton *menu;

  gboolean updating;
};

G_DEFINE_FINAL_TYPE (WtAccountsRow, wt_accounts_row, ADW_TYPE_ACTION_ROW)

static const WtAccountRecord *
get_record (WtAccountsRow *self)
{
  return wt_account_get_record (wt_session_get_account (self->session));
}

static char *
dup_state (WtAccountsRow *self)
{
  WtConnectionState state = wt_session_get_state (self->session);
  WtDiagnosis *diagnosis = wt_session_get_diagnosis (self->session);
  g_autofree char *sentence = NULL;

  if (!get_record (self)->enabled)
    return g_strdup (_ ("Switched off"));
  if (diagnosis == NULL || state == WT_CONNECTION_ONLINE)
    return g_strdup (wt_session_words_state (state));
  sentence = wt_diagnosis_get_sentence (diagnosis);
  /* TRANSLATORS: the state of a connection, and why it is not there */
  return g_strdup_printf (_ ("%s: %s"), wt_session_words_state (state), sentence);
}

static void
update (WtAccountsRow *self)
{
  g_autofree char *name = wt_account_dup_display_name (wt_session_get_account (self->session));
  g_autofree char *state = dup_state (self);
  g_autofree char *connect = g_strdup_printf (_ ("Connect %s"), name);
  g_autofree char *more = g_strdup_printf (_ ("More about %s"), name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), state);
  self->updating = TRUE;
  gtk_switch_set_active (self->enabled, get_record (self)->enabled);
  self->updating = FALSE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->enabled), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  connect, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, more,
                                  -1);
}

/* Switching it on or off */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtAccountsRow) self = data;
  g_autoptr (GError) error = NULL;
  WtSession *session = wt_profile_save_account_finish (WT_PROFILE (source), result, &error);

  if (session == NULL)
    {
      g_autofree char *words = wt_error_words_sentence (error);

      update (self);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
      return;
    }
  wt_session_stop (session);
  if (wt_account_get_record (wt_session_get_account (session))->enabled)
    wt_session_start (session);
}

static void
on_switched (WtAccountsRow *self)
{
  g_autoptr (WtAccountRecord) record = NULL;

  if (self->updating || gtk_switch_get_active (self->enabled) == get_record (self)->enabled)
    return;
  record = wt_account_record_copy (get_record (self));
  record->enabled = gtk_switch_get_active (self->enabled);
  wt_profile_save_account_async (self->profile, record, NULL, NULL, NULL, on_saved,
                                 g_object_ref (self));
}

/* The menu */

static void
add_item (GMenu *menu, const char *label, const char *action, gint64 id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "x", id);
  g_menu_append_item (menu, item);
}

/* Made when it is asked for: by then the account may stand elsewhere. */
static void
on_menu (GtkMenuButton *button, gpointer data)
{
  WtAccountsRow *self = data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();
  g_autoptr (GMenu) removal = g_menu_new ();
  gint64 id = get_record (self)->id;

  add_item (menu, _ ("_Edit"), "accounts.edit", id);
  add_item (menu, _ ("_Check Connection"), "accounts.check", id);
  if (gtk_widget_get_prev_sibling (GTK_WIDGET (self)) != NULL)
    add_item (order, _ ("Move _Up"), "accounts.up", id);
  if (gtk_widget_get_next_sibling (GTK_WIDGET (self)) != NULL)
    add_item (order, _ ("Move _Down"), "accounts.down", id);
  add_item (removal, _ ("_Remove…"), "accounts.remove", id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (order));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (removal));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
on_activated (WtAccountsRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "accounts.edit", "x", get_record (self)->id);
}

static gboolean
move (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  WtAccountsRow *self = WT_ACCOUNTS_ROW (widget);
  const char *action = g_variant_get_boolean (arguments) ? "accounts.up" : "accounts.down";

  return gtk_widget_activate_action (widget, action, "x", get_record (self)->id);
}

/* Dragging */

static GdkContentProvider *
on_drag (GtkDragSource *source, double x, double y, WtAccountsRow *self)
{
  return gdk_content_provider_new_typed (WT_TYPE_ACCOUNT, wt_session_get_account (self->session));
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, WtAccountsRow *self)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, paintable, 0, 0);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, WtAccountsRow *self)
{
  WtAccount *dropped = g_value_get_object (value);

  return gtk_widget_activate_action (GTK_WIDGET (self), "accounts.drop", "(xx)",
                                     wt_account_get_id (dropped), get_record (self)->id);
}

static void
add_dragging (WtAccountsRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (WT_TYPE_ACCOUNT, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_drag), self, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (on_drag_begin), self, 0);
  gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (source));
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
wt_accounts_row_dispose (GObject *object)
{
  WtAccountsRow *self = WT_ACCOUNTS_ROW (object);

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->session, update, self);
      g_signal_handlers_disconnect_by_func (wt_session_get_account (self->session), update, self);
    }
  g_clear_object (&self->session);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (wt_accounts_row_parent_class)->dispose (object);
}

static void
wt_accounts_row_class_init (WtAccountsRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_accounts_row_dispose;

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK, move, "b", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK, move, "b", FALSE);
}

static void
wt_accounts_row_init (WtAccountsRow *self)
{
  self->handle = g_object_new (GTK_TYPE_IMAGE, "icon-name", "list-drag-handle-symbolic",
                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (self->handle, "handle");
  gtk_widget_set_cursor_from_name (self->handle, "grab");
  gtk_widget_set_tooltip_text (self->handle, _ ("Drag to Reorder, or Press Alt+Up and Alt+Down"));

  self->enabled = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->enabled), GTK_ALIGN_CENTER);
  g_signal_connect_object (self->enabled, "notify::active", G_CALLBACK (on_switched), self,
                           G_CONNECT_SWAPPED);

  self->menu = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->menu, "view-more-symbolic");
  gtk_widget_set_valign (GTK_WIDGET (self->menu), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->menu), "flat");
  gtk_menu_button_set_create_popup_func (self->menu, on_menu, self, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  g_signal_connect_object (self, "activated", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
}

/**
 * wt_accounts_row_new:
 * @profile: an open profile
 * @session: one of its accounts' session
 *
 * Returns: (transfer floating): a row that follows it
 */
GtkWidget *
wt_accounts_row_new (WtProfile *profile, WtSession *session)
{
  g_return_val_if_fail (WT_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (WT_IS_SESSION (session), NULL);

  WtAccountsRow *self = g_object_new (WT_TYPE_ACCOUNTS_ROW, NULL);
  WtAccount *account = wt_session_get_account (session);
  GtkWidget *mark = wt_account_mark_new (account);

  self->profile = g_object_ref (profile);
  self->session = g_object_ref (session);
  gtk_widget_add_css_class (mark, "large");
  /* Prefixes go before each other. */
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), mark);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->handle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->enabled));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->menu));
  add_dragging (self);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * wt_accounts_row_get_session:
 * @self: a row
 *
 * Returns: (transfer none): whose row it is
 */
WtSession *
wt_accounts_row_get_session (WtAccountsRow *self)
{
  g_return_val_if_fail (WT_IS_ACCOUNTS_ROW (self), NULL);

  return self->session;
}
