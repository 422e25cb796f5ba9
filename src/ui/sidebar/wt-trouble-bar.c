/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-trouble-bar.h"

#include "wt-session-words.h"

#include <glib/gi18n-lib.h>

struct _WtTroubleBar
{
  GtkWidget parent_instance;

  /* Owned. */
  WtSessionWatch *watch;
  guint countdown_source; /* only while the details are open */

  /* Template children. */
  GtkRevealer *revealer;
  GtkLabel *sentence;
  GtkMenuButton *details;
  GtkButton *mend;
  GtkPopover *popover;
  GtkLabel *full_sentence;
  GtkLabel *remedy;
  GtkLabel *detail;
  GtkLabel *countdown;
  GtkButton *check;
  GtkButton *edit;
  GtkButton *retry;
};

G_DEFINE_FINAL_TYPE (WtTroubleBar, wt_trouble_bar, GTK_TYPE_WIDGET)

static void
show_text (GtkLabel *label, const char *text)
{
  gboolean some = text != NULL && *text != '\0';

  gtk_label_set_label (label, some ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), some);
}

static gboolean
update_countdown (gpointer data)
{
  WtTroubleBar *self = data;
  WtSession *worst = wt_session_watch_get_worst (self->watch);
  g_autofree char *words = NULL;

  if (worst != NULL && wt_session_get_state (worst) == WT_CONNECTION_WAITING)
    words = wt_session_words_countdown (wt_session_get_retry_at (worst), g_get_monotonic_time ());
  show_text (self->countdown, words);
  return G_SOURCE_CONTINUE;
}

static void
on_details_map (WtTroubleBar *self)
{
  update_countdown (self);
  if (self->countdown_source == 0)
    self->countdown_source = g_timeout_add_seconds (1, update_countdown, self);
}

static void
on_details_unmap (WtTroubleBar *self)
{
  g_clear_handle_id (&self->countdown_source, g_source_remove);
}

static void
on_chosen (WtTroubleBar *self)
{
  gtk_popover_popdown (self->popover);
}

static void
offer (GtkButton *button, WtSessionMending mending, WtSession *session)
{
  gboolean pointless = mending == WT_SESSION_MENDING_RETRY
                       && wt_session_words_is_connecting (wt_session_get_state (session));

  gtk_button_set_label (button, wt_session_words_mending_label (mending));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x",
                                    wt_account_get_id (wt_session_get_account (session)));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), wt_session_words_action (mending));
  gtk_widget_set_visible (GTK_WIDGET (button), mending != WT_SESSION_MENDING_NONE && !pointless);
}

/* The likeliest remedy beside the sentence; the remedy's words may name the others, so they are below those. */
static void
update_mend (WtTroubleBar *self, WtSession *session, WtDiagnosis *diagnosis)
{
  WtSessionMending mending = wt_session_words_mending (wt_session_get_state (session), diagnosis);

  offer (self->mend, mending, session);
  offer (self->edit,
         mending != WT_SESSION_MENDING_EDIT ? WT_SESSION_MENDING_EDIT : WT_SESSION_MENDING_NONE,
         session);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->check), "x",
                                    wt_account_get_id (wt_session_get_account (session)));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->check), "win.check-account");
  offer (self->retry,
         mending != WT_SESSION_MENDING_RETRY ? WT_SESSION_MENDING_RETRY : WT_SESSION_MENDING_NONE,
         session);
}

static void
update (WtTroubleBar *self)
{
  WtSession *worst = wt_session_watch_get_worst (self->watch);
  WtDiagnosis *diagnosis = worst != NULL ? wt_session_get_diagnosis (worst) : NULL;

  if (diagnosis == NULL || wt_session_get_state (worst) == WT_CONNECTION_ONLINE
      || !wt_account_get_record (wt_session_get_account (worst))->enabled)
    {
      gtk_popover_popdown (self->popover);
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
      return;
    }

  g_autofree char *sentence = wt_diagnosis_get_sentence (diagnosis);
  g_autofree char *remedy = wt_diagnosis_get_remedy (diagnosis);
  g_autofree char *line = NULL;

  if (g_list_model_get_n_items (wt_session_watch_get_sessions (self->watch)) > 1)
    {
      g_autofree char *name = wt_account_dup_display_name (wt_session_get_account (worst));

      /* TRANSLATORS: an account's name, and what is wrong with its connection */
      line = g_strdup_printf (_ ("%s: %s"), name, sentence);
    }

  gtk_label_set_label (self->sentence, line != NULL ? line : sentence);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sentence), remedy);
  gtk_label_set_label (self->full_sentence, line != NULL ? line : sentence);
  show_text (self->remedy, remedy);
  show_text (self->detail, wt_diagnosis_get_detail (diagnosis));
  update_mend (self, worst, diagnosis);
  update_countdown (self);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static void
wt_trouble_bar_dispose (GObject *object)
{
  WtTroubleBar *self = WT_TROUBLE_BAR (object);

  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_func (self->watch, update, self);
  g_clear_handle_id (&self->countdown_source, g_source_remove);
  g_clear_object (&self->watch);
  gtk_widget_dispose_template (GTK_WIDGET (self), WT_TYPE_TROUBLE_BAR);

  G_OBJECT_CLASS (wt_trouble_bar_parent_class)->dispose (object);
}

static void
wt_trouble_bar_class_init (WtTroubleBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_trouble_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/sidebar/wt-trouble-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, WtTroubleBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, WtTroubleBar, sentence);
  gtk_widget_class_bind_template_child (widget_class, WtTroubleBar, details);
  gtk_widget_class_bind_template_child (widget_class, WtTroubleBar, mend);
  gtk_widget_class_bind_template_child (widget_class, WtTroubleBar, popover);
  gtk_widget_class_bind_template_child (widget_class, WtTroubleBar, full_sentence);
  gtk_widget_class_bind_template_child (widget_class, WtTroubleBar, remedy);
  gtk_widget_class_bind_template_child (widget_class, WtTroubleBar, detail);
  gtk_widget_class_bind_template_child (widget_class, WtTroubleBar, countdown);
  gtk_widget_class_bind_template_child (widget_class, WtTroubleBar, edit);
  gtk_widget_class_bind_template_child (widget_class, WtTroubleBar, check);
  gtk_widget_class_bind_template_child (widget_class, WtTroubleBar, retry);
  gtk_widget_class_bind_template_callback (widget_class, on_details_map);
  gtk_widget_class_bind_template_callback (widget_class, on_details_unmap);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
}

static void
wt_trouble_bar_init (WtTroubleBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wt_trouble_bar_set_watch:
 * @self: a trouble bar
 * @watch: watches the accounts' sessions
 *
 * To be called once.
 */
void
wt_trouble_bar_set_watch (WtTroubleBar *self, WtSessionWatch *watch)
{
  g_return_if_fail (WT_IS_TROUBLE_BAR (self));
  g_return_if_fail (self->watch == NULL);

  self->watch = g_object_ref (watch);
  g_signal_connect_object (watch, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
