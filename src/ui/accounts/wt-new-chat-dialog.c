/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-new-chat-dialog.h"

#include "wt-account-checks.h"
#include "wt-account-mark.h"
#include "wt-error-words.h"
#include "wt-form-keys.h"
#include "wt-hint-row.h"
#include "wt-shrinking.h"

#include <glib/gi18n-lib.h>

struct _WtNewChatDialog
{
  AdwWindow parent_instance;

  WtConversationKind kind;

  /* Owned. */
  WtProfile *profile;

  /* Template children. */
  GtkWidget *open;
  GtkLabel *problem;
  GtkWidget *page;
  AdwComboRow *account;
  GtkEditable *peer;
  WtHintRow *peer_hint;
  GtkEditable *name;
  WtHintRow *name_hint;
  GtkEditable *key;
  WtHintRow *key_hint;
  GtkEditable *platform;
  WtHintRow *platform_hint;
};

G_DEFINE_FINAL_TYPE (WtNewChatDialog, wt_new_chat_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_READY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
dup_text (GtkEditable *field)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (field)));
}

static gboolean
show_check (WtHintRow *hint, WtCheck check, const char *words)
{
  wt_hint_row_tell (hint, check == WT_CHECK_BAD ? WT_HINT_ERROR : WT_HINT_EXPLANATION, words);
  return wt_check_allows (check);
}

static void
check (WtNewChatDialog *self)
{
  g_autofree char *peer = dup_text (self->peer);
  g_autofree char *key = dup_text (self->key);
  g_autofree char *platform = dup_text (self->platform);
  g_autofree char *peer_words = NULL;
  g_autofree char *key_words = NULL;
  g_autofree char *platform_words = NULL;
  gboolean good = show_check (self->peer_hint, wt_account_checks_user_id (peer, &peer_words), NULL);
  WtCheck key_check = wt_account_checks_key (key, TRUE, &key_words);
  WtCheck platform_check = wt_account_checks_target_platform (platform, &platform_words);

  if (peer_words != NULL)
    wt_hint_row_tell (self->peer_hint, WT_HINT_ERROR, peer_words);
  good = show_check (self->key_hint, key_check, key_words) && good;
  good = show_check (self->platform_hint, platform_check, platform_words) && good;
  gtk_widget_set_sensitive (self->open, good && gtk_widget_get_sensitive (self->page));
}

static void
on_changed (WtNewChatDialog *self)
{
  if (self->profile == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  check (self);
}

static void
on_ensured (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtNewChatDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtConversation) conversation = wt_session_ensure_conversation_finish (
      WT_SESSION (source), result, &error);

  if (conversation != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_READY], 0, conversation);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  g_autofree char *words = wt_error_words_sentence (error);

  gtk_label_set_label (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gtk_widget_set_sensitive (self->page, TRUE);
  check (self);
}

static void
on_open (WtNewChatDialog *self)
{
  g_autoptr (WtSession) session = g_list_model_get_item (
      wt_profile_get_sessions (self->profile), adw_combo_row_get_selected (self->account));
  g_autofree char *peer = dup_text (self->peer);
  g_autofree char *name = dup_text (self->name);
  g_autofree char *key = dup_text (self->key);
  g_autofree char *platform = dup_text (self->platform);
  const char *target_platform = *platform != '\0' ? platform : NULL;

  if (session == NULL)
    return;

  /* An entry that turns insensitive under its cursor complains. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (self->page, FALSE);
  gtk_widget_set_sensitive (self->open, FALSE);
  wt_session_ensure_conversation_async (session, self->kind, target_platform, peer,
                                        *name != '\0' ? name : peer, *key != '\0' ? key : NULL,
                                        target_platform, NULL, on_ensured, g_object_ref (self));
}

static char *
dup_account_name (WtSession *session)
{
  return wt_account_dup_display_name (wt_session_get_account (session));
}

static void
on_account_setup (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_box_append (GTK_BOX (box), wt_account_mark_new (NULL));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
}

static void
on_account_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  WtSession *session = gtk_list_item_get_item (item);
  GtkWidget *mark = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  g_autofree char *name = dup_account_name (session);

  wt_account_mark_set_account (WT_ACCOUNT_MARK (mark), wt_session_get_account (session));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (mark)), name);
}

static void
fill_accounts (WtNewChatDialog *self)
{
  GListModel *sessions = wt_profile_get_sessions (self->profile);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkExpression) name = gtk_cclosure_expression_new (
      G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (dup_account_name), NULL, NULL);

  g_signal_connect (factory, "setup", G_CALLBACK (on_account_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_account_bind), NULL);
  adw_combo_row_set_factory (self->account, factory);
  /* What a screen reader reads out of the chosen one. */
  adw_combo_row_set_expression (self->account, name);
  adw_combo_row_set_model (self->account, sessions);
  gtk_widget_set_visible (GTK_WIDGET (self->account), g_list_model_get_n_items (sessions) > 1);
}

static void
wt_new_chat_dialog_dispose (GObject *object)
{
  WtNewChatDialog *self = WT_NEW_CHAT_DIALOG (object);

  g_clear_object (&self->profile);

  G_OBJECT_CLASS (wt_new_chat_dialog_parent_class)->dispose (object);
}

static void
wt_new_chat_dialog_class_init (WtNewChatDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_new_chat_dialog_dispose;

  signals[SIGNAL_READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, WT_TYPE_CONVERSATION);

  g_type_ensure (WT_TYPE_HINT_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/accounts/wt-new-chat-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WtNewChatDialog, open);
  gtk_widget_class_bind_template_child (widget_class, WtNewChatDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, WtNewChatDialog, page);
  gtk_widget_class_bind_template_child (widget_class, WtNewChatDialog, account);
  gtk_widget_class_bind_template_child (widget_class, WtNewChatDialog, peer);
  gtk_widget_class_bind_template_child (widget_class, WtNewChatDialog, peer_hint);
  gtk_widget_class_bind_template_child (widget_class, WtNewChatDialog, name);
  gtk_widget_class_bind_template_child (widget_class, WtNewChatDialog, name_hint);
  gtk_widget_class_bind_template_child (widget_class, WtNewChatDialog, key);
  gtk_widget_class_bind_template_child (widget_class, WtNewChatDialog, key_hint);
  gtk_widget_class_bind_template_child (widget_class, WtNewChatDialog, platform);
  gtk_widget_class_bind_template_child (widget_class, WtNewChatDialog, platform_hint);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
}

static void
wt_new_chat_dialog_init (WtNewChatDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wt_form_keys_attach (self->page);
  wt_shrinking_allow (GTK_WIDGET (self));
}

/**
 * wt_new_chat_dialog_new:
 * @profile: an open profile with at least one account
 * @kind: what is to be made
 *
 * Returns: (transfer none): a dialog
 */
GtkWidget *
wt_new_chat_dialog_new (WtProfile *profile, WtConversationKind kind)
{
  g_return_val_if_fail (WT_IS_PROFILE (profile), NULL);

  WtNewChatDialog *self = g_object_new (WT_TYPE_NEW_CHAT_DIALOG, NULL);

  self->kind = kind;
  self->profile = g_object_ref (profile);
  fill_accounts (self);
  if (kind == WT_CONVERSATION_GROUP)
    {
      gtk_window_set_title (GTK_WINDOW (self), _ ("New Group"));
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->peer), _ ("Group Id"));
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key), _ ("The Group’s API Key"));
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->platform),
                                     _ ("The Group’s Platform"));
      wt_hint_row_set_text (self->peer_hint, _ ("Everyone in the group writes to this id."));
      wt_hint_row_set_text (self->name_hint, _ ("If left empty: the id."));
    }
  else
    {
      wt_hint_row_set_text (self->peer_hint, _ ("As the server and the others know them."));
      wt_hint_row_set_text (self->name_hint,
                            _ ("If left empty: their id, until they write to you."));
    }
  check (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->peer));
  return GTK_WIDGET (self);
}
