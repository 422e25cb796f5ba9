/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-account-button.h"

#include "wt-account-mark.h"
#include "wt-account-row.h"
#include "wt-session-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _WtAccountButton
{
  GtkWidget parent_instance;

  /* Owned. */
  WtSessionWatch *watch;

  /* Template children. */
  GtkMenuButton *button;
  WtAccountMark *mark;
  GtkWidget *dot;
  GtkPopover *popover;
  GtkListBox *list;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (WtAccountButton, wt_account_button, GTK_TYPE_WIDGET)

static char *
describe (WtSession *session)
{
  g_autofree char *name = wt_account_dup_display_name (wt_session_get_account (session));

  /* TRANSLATORS: an account's name and its connection's state */
  return g_strdup_printf (_ ("%s: %s"), name,
                          wt_session_words_state (wt_session_get_state (session)));
}

static void
update (WtAccountButton *self)
{
  WtSession *worst = wt_session_watch_get_worst (self->watch);
  g_autoptr (WtSession) first = g_list_model_get_item (wt_session_watch_get_sessions (self->watch),
                                                       0);
  const char *classes[] = { "state-dot", NULL, NULL };
  g_autofree char *words = NULL;
  g_autofree char *label = NULL;

  if (worst == NULL || first == NULL)
    return;

  classes[1] = wt_session_words_style (wt_session_get_state (worst));
  words = describe (worst);
  /* TRANSLATORS: what a screen reader says for the account button; %s: an account and its state */
  label = g_strdup_printf (_ ("Accounts. %s"), words);

  wt_account_mark_set_account (self->mark, wt_session_get_account (first));
  gtk_widget_set_css_classes (self->dot, classes);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  return wt_account_row_new (item);
}

static void
wt_account_button_dispose (GObject *object)
{
  WtAccountButton *self = WT_ACCOUNT_BUTTON (object);

  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_func (self->watch, update, self);
  g_clear_object (&self->watch);
  gtk_widget_dispose_template (GTK_WIDGET (self), WT_TYPE_ACCOUNT_BUTTON);

  G_OBJECT_CLASS (wt_account_button_parent_class)->dispose (object);
}

static void
wt_account_button_class_init (WtAccountButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_account_button_dispose;

  g_type_ensure (WT_TYPE_ACCOUNT_MARK);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/sidebar/wt-account-button.ui");
  gtk_widget_class_bind_template_child (widget_class, WtAccountButton, button);
  gtk_widget_class_bind_template_child (widget_class, WtAccountButton, mark);
  gtk_widget_class_bind_template_child (widget_class, WtAccountButton, dot);
  gtk_widget_class_bind_template_child (widget_class, WtAccountButton, popover);
  gtk_widget_class_bind_template_child (widget_class, WtAccountButton, list);
  gtk_widget_class_bind_template_child (widget_class, WtAccountButton, note);
}

static void
wt_account_button_init (WtAccountButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wt_account_button_set_watch:
 * @self: an account button
 * @watch: watches the accounts' sessions
 *
 * To be called once.
 */
void
wt_account_button_set_watch (WtAccountButton *self, WtSessionWatch *watch)
{
  g_return_if_fail (WT_IS_ACCOUNT_BUTTON (self));
  g_return_if_fail (self->watch == NULL);

  self->watch = g_object_ref (watch);
  g_signal_connect_object (watch, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list, wt_session_watch_get_sessions (watch), make_row, NULL, NULL);
  update (self);
}

/**
 * wt_account_button_set_note:
 * @self: an account button
 * @note: (nullable): something to know about all accounts, such as where the keys are kept
 */
void
wt_account_button_set_note (WtAccountButton *self, const char *note)
{
  g_return_if_fail (WT_IS_ACCOUNT_BUTTON (self));

  gtk_label_set_label (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
}
