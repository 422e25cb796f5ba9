/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-account-row.h"

#include "wt-account-mark.h"
#include "wt-safety-words.h"
#include "wt-session-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _WtAccountRow
{
  GtkListBoxRow parent_instance;

  /* Owned. */
  WtSession *session;

  /* Template children. */
  WtAccountMark *mark;
  GtkLabel *name;
  GtkWidget *dot;
  GtkLabel *state;
  GtkLabel *safety;
  GtkWidget *check;
  GtkWidget *retry;
  GtkWidget *edit;
};

G_DEFINE_FINAL_TYPE (WtAccountRow, wt_account_row, GTK_TYPE_LIST_BOX_ROW)

static void
update_safety (WtAccountRow *self, const WtAccountRecord *record)
{
  WtSafety safety = wt_safety_of_account (record);
  const char *words = wt_safety_words_short (safety);
  g_autofree char *notice = wt_safety_words_notice (safety, NULL);

  gtk_label_set_label (self->safety, words != NULL ? words : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->safety), notice);
  gtk_widget_set_visible (GTK_WIDGET (self->safety), words != NULL);
}

static void
update (WtAccountRow *self)
{
  WtAccount *account = wt_session_get_account (self->session);
  WtConnectionState state = wt_session_get_state (self->session);
  WtDiagnosis *diagnosis = wt_session_get_diagnosis (self->session);
  const char *classes[] = { "state-dot", wt_session_words_style (state), NULL };
  g_autofree char *name = wt_account_dup_display_name (account);
  g_autofree char *sentence = NULL;
  g_autofree char *retry = NULL;
  g_autofree char *edit = NULL;
  g_autofree char *check = NULL;

  const char *words = wt_account_get_record (account)->enabled ? wt_session_words_state (state)
                                                               : _ ("Switched off");

  if (diagnosis != NULL && state != WT_CONNECTION_ONLINE)
    sentence = wt_diagnosis_get_sentence (diagnosis);

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->state, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->state), sentence);
  gtk_widget_set_css_classes (self->dot, classes);
  gtk_widget_set_visible (self->retry, state == WT_CONNECTION_WAITING
                                           || state == WT_CONNECTION_REFUSED
                                           || state == WT_CONNECTION_OFFLINE);

  update_safety (self, wt_account_get_record (account));

  retry = g_strdup_printf (_ ("Connect %s now"), name);
  edit = g_strdup_printf (_ ("Edit %s"), name);
  check = g_strdup_printf (_ ("Check the connection of %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  check, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->retry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  retry, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->edit), GTK_ACCESSIBLE_PROPERTY_LABEL, edit,
                                  -1);
}

/* A dialog opens: the list of accounts would be in its way. */
static void
on_chosen (WtAccountRow *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
wt_account_row_dispose (GObject *object)
{
  WtAccountRow *self = WT_ACCOUNT_ROW (object);

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->session, update, self);
      g_signal_handlers_disconnect_by_func (wt_session_get_account (self->session), update, self);
    }
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), WT_TYPE_ACCOUNT_ROW);

  G_OBJECT_CLASS (wt_account_row_parent_class)->dispose (object);
}

static void
wt_account_row_class_init (WtAccountRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_account_row_dispose;

  g_type_ensure (WT_TYPE_ACCOUNT_MARK);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/sidebar/wt-account-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WtAccountRow, mark);
  gtk_widget_class_bind_template_child (widget_class, WtAccountRow, name);
  gtk_widget_class_bind_template_child (widget_class, WtAccountRow, dot);
  gtk_widget_class_bind_template_child (widget_class, WtAccountRow, state);
  gtk_widget_class_bind_template_child (widget_class, WtAccountRow, safety);
  gtk_widget_class_bind_template_child (widget_class, WtAccountRow, check);
  gtk_widget_class_bind_template_child (widget_class, WtAccountRow, retry);
  gtk_widget_class_bind_template_child (widget_class, WtAccountRow, edit);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
}

static void
wt_account_row_init (WtAccountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The target first: GTK warns of an action that has another parameter than it wants. */
static void
set_action (gpointer button, const char *action, gint64 account_id)
{
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", account_id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

/**
 * wt_account_row_new:
 * @session: an account's session
 *
 * Returns: (transfer floating): a row that follows it
 */
GtkWidget *
wt_account_row_new (WtSession *session)
{
  g_return_val_if_fail (WT_IS_SESSION (session), NULL);

  WtAccountRow *self = g_object_new (WT_TYPE_ACCOUNT_ROW, NULL);
  WtAccount *account = wt_session_get_account (session);
  gint64 id = wt_account_get_id (account);

  self->session = g_object_ref (session);
  wt_account_mark_set_account (self->mark, account);
  set_action (self->check, "win.check-account", id);
  set_action (self->retry, "win.retry-account", id);
  set_action (self->edit, "win.edit-account", id);
  g_signal_connect_object (session, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
