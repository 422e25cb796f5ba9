/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-details-page.h"

#include "wt-avatar.h"
#include "wt-copy-row.h"
#include "wt-dialect-row.h"
#include "wt-details-words.h"
#include "wt-display-text.h"
#include "wt-error-words.h"
#include "wt-picture-strip.h"
#include "wt-target-check.h"

#include <glib/gi18n-lib.h>

#define TITLE_CHARACTERS 120

struct _WtDetailsPage
{
  GtkWidget parent_instance;

  /* owned */
  WtMessageContext *context;
  WtSession *session;
  WtConversation *conversation;
  GListModel *members;
  GSignalGroup *conversation_signals;
  GSignalGroup *members_signals;

  gboolean filling; /* what changes is ours, not the user's */

  /* template children */
  GtkWidget *scroller;
  WtAvatar *avatar;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *name_row;
  AdwComboRow *level_row;
  GtkWidget *members_row;
  GtkLabel *members_count;
  WtPictureStrip *strip;
  WtCopyRow *id_row;
  WtCopyRow *platform_row;
  WtCopyRow *account_row;
  AdwActionRow *target_row;
  GtkWidget *clear_button;
  GtkWidget *target_platform_row;
  WtHintRow *target_platform_hint;
  GtkWidget *target_key_row;
  WtHintRow *target_key_hint;
  WtDialectRow *dialect_row;
  GtkWidget *archive_button;
  GtkWidget *delete_button;
};

G_DEFINE_FINAL_TYPE (WtDetailsPage, wt_details_page, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_LIST,
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What stands there */

/* A chat of two has no mentions to tell from the rest. */
static const WtLevel direct_levels[] = { WT_LEVEL_ALL, WT_LEVEL_NONE };
static const WtLevel group_levels[] = { WT_LEVEL_ALL, WT_LEVEL_MENTIONS, WT_LEVEL_NONE };

static gboolean
is_group (WtDetailsPage *self)
{
  return wt_conversation_get_kind (self->conversation) == WT_CONVERSATION_GROUP;
}

static const char *
level_words (WtLevel level)
{
  switch (level)
    {
    case WT_LEVEL_MENTIONS:
      return _ ("Mentions Only");
    case WT_LEVEL_NONE:
      return _ ("None");
    case WT_LEVEL_ALL:
    default:
      return _ ("All Messages");
    }
}

static void
fill_levels (WtDetailsPage *self)
{
  const WtLevel *levels = is_group (self) ? group_levels : direct_levels;
  guint n = is_group (self) ? G_N_ELEMENTS (group_levels) : G_N_ELEMENTS (direct_levels);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (model, level_words (levels[i]));
  adw_combo_row_set_model (self->level_row, G_LIST_MODEL (model));
}

static void
update_level (WtDetailsPage *self)
{
  WtLevel level = wt_conversation_get_record (self->conversation)->level;
  const WtLevel *levels = is_group (self) ? group_levels : direct_levels;
  guint n = is_group (self) ? G_N_ELEMENTS (group_levels) : G_N_ELEMENTS (direct_levels);

  for (guint i = 0; i < n; i++)
    {
      if (levels[i] == level)
        adw_combo_row_set_selected (self->level_row, i);
    }
}

static void
update_title (WtDetailsPage *self)
{
  const WtConversationRecord *record = wt_conversation_get_record (self->conversation);
  g_autofree char *title = wt_display_text_line (wt_conversation_get_title (self->conversation),
                                                 TITLE_CHARACTERS);

  gtk_label_set_label (self->title, title);
  wt_avatar_set_name (self->avatar, title);
  if (!gtk_widget_has_focus (self->name_row))
    gtk_editable_set_text (GTK_EDITABLE (self->name_row),
                           record->name != NULL ? record->name : title);
}

static void
update_members (WtDetailsPage *self)
{
  guint n = self->members != NULL ? g_list_model_get_n_items (self->members) : 0;
  g_autofree char *count = g_strdup_printf ("%u", n);
  g_autofree char *words = NULL;

  if (self->conversation == NULL)
    return;
  gtk_label_set_label (self->members_count, count);
  if (is_group (self))
    words = n > 0 ? g_strdup_printf (
                ngettext ("Group, %u has written", "Group, %u have written", n), n)
                  : g_strdup (_ ("Group"));
  else
    words = g_strdup (_ ("Direct chat"));
  gtk_label_set_label (self->subtitle, words);
}

static void
update_target (WtDetailsPage *self)
{
  const WtConversationRecord *record = wt_conversation_get_record (self->conversation);
  WtAccount *account = wt_conversation_get_account (self->conversation);
  const WtAccountRecord *mine = wt_account_get_record (account);
  const char *platform = record->target_platform;
  const char *words = _ ("The account’s own");

  if (record->target_secret != NULL)
    words = g_str_has_prefix (record->target_secret, "reply:")
                ? _ ("Learned from the last message that came")
                : _ ("Set for this chat");
  else if (mine->has_target)
    words = _ ("The account’s target");
  adw_action_row_set_subtitle (self->target_row, words);
  gtk_widget_set_visible (self->clear_button, record->target_secret != NULL);
  if (platform == NULL || *platform == '\0')
    platform = record->target_secret == NULL && mine->target_platform != NULL
                   ? mine->target_platform
                   : record->platform;
  if (!gtk_widget_has_focus (self->target_platform_row))
    gtk_editable_set_text (GTK_EDITABLE (self->target_platform_row),
                           platform != NULL ? platform : "");
}

static void
update_actions (WtDetailsPage *self)
{
  const WtConversationRecord *record = wt_conversation_get_record (self->conversation);

  gtk_button_set_label (GTK_BUTTON (self->archive_button),
                        record->archived ? _ ("Unarchive") : _ ("Archive"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->archive_button), "(xb)", record->id,
                                    !record->archived);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->delete_button), "x", record->id);
  /* After their targets: without those the actions do not fit. */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->archive_button), "win.set-archived");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->delete_button), "win.delete-conversation");
}

static void
update (WtDetailsPage *self)
{
  if (self->conversation == NULL)
    return;
  self->filling = TRUE;
  update_title (self);
  update_level (self);
  update_target (self);
  update_actions (self);
  self->filling = FALSE;
}

static void
update_ids (WtDetailsPage *self)
{
  const WtConversationRecord *record = wt_conversation_get_record (self->conversation);
  g_autofree char *account = wt_account_dup_display_name (
      wt_conversation_get_account (self->conversation));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->id_row),
                                 is_group (self) ? _ ("Group ID") : _ ("User ID"));
  wt_copy_row_set_text (self->id_row, record->peer_id);
  wt_copy_row_set_text (self->platform_row, record->platform);
  wt_copy_row_set_text (self->account_row, account);
}

/* What the user does */

static void
on_name_applied (WtDetailsPage *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));
  const char *title = self->conversation != NULL
                          ? wt_conversation_get_record (self->conversation)->title
                          : NULL;

  if (self->conversation != NULL)
    wt_session_set_name (self->session, self->conversation,
                         g_strcmp0 (name, title) != 0 ? name : NULL);
}

static void
on_level_selected (WtDetailsPage *self)
{
  guint selected = adw_combo_row_get_selected (self->level_row);

  if (self->filling || self->conversation == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  wt_session_set_level (self->session, self->conversation,
                        is_group (self) ? group_levels[selected] : direct_levels[selected]);
}

static void
on_target_set (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtDetailsPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!wt_session_set_target_finish (WT_SESSION (source), result, &error))
    {
      g_autofree char *words = wt_error_words_sentence (error);

      if (self->context != NULL)
        wt_message_context_report (self->context, words);
    }
  if (self->conversation != NULL)
    update (self);
}

static void
set_target (WtDetailsPage *self, const char *key, const char *platform)
{
  if (self->conversation != NULL)
    wt_session_set_target_async (self->session, self->conversation, key, platform, NULL,
                                 on_target_set, g_object_ref (self));
}

static gboolean
is_target_good (WtDetailsPage *self)
{
  return wt_target_check_allows (GTK_EDITABLE (self->target_platform_row),
                                 GTK_EDITABLE (self->target_key_row));
}

static void
on_target_platform_applied (WtDetailsPage *self)
{
  if (is_target_good (self))
    set_target (self, NULL, gtk_editable_get_text (GTK_EDITABLE (self->target_platform_row)));
}

/* The key leaves the window as soon as it is handed over. */
static void
on_target_key_applied (WtDetailsPage *self)
{
  const char *key = gtk_editable_get_text (GTK_EDITABLE (self->target_key_row));

  if (*key == '\0' || !is_target_good (self))
    return;
  set_target (self, key, gtk_editable_get_text (GTK_EDITABLE (self->target_platform_row)));
  gtk_editable_set_text (GTK_EDITABLE (self->target_key_row), "");
}

static void
on_target_cleared (WtDetailsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->target_key_row), "");
  set_target (self, "", NULL);
}

static void
on_members (WtDetailsPage *self)
{
  g_signal_emit (self, signals[SIGNAL_LIST], 0, "members");
}

static void
on_pictures (WtDetailsPage *self)
{
  g_signal_emit (self, signals[SIGNAL_LIST], 0, "image");
}

static void
on_picture_chosen (WtDetailsPage *self, WtShared *shared)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, shared);
}

static void
on_files (WtDetailsPage *self)
{
  g_signal_emit (self, signals[SIGNAL_LIST], 0, "file");
}

static void
on_links (WtDetailsPage *self)
{
  g_signal_emit (self, signals[SIGNAL_LIST], 0, "link");
}

static void
on_voices (WtDetailsPage *self)
{
  g_signal_emit (self, signals[SIGNAL_LIST], 0, "voice");
}

/* Life */

static void
wt_details_page_dispose (GObject *object)
{
  WtDetailsPage *self = WT_DETAILS_PAGE (object);

  g_clear_object (&self->conversation_signals);
  g_clear_object (&self->members_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), WT_TYPE_DETAILS_PAGE);
  g_clear_object (&self->members);
  g_clear_object (&self->conversation);
  g_clear_object (&self->session);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (wt_details_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, title);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, level_row);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, members_row);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, members_count);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, strip);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, id_row);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, platform_row);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, account_row);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, target_row);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, clear_button);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, target_platform_row);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, target_platform_hint);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, target_key_row);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, target_key_hint);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, dialect_row);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, archive_button);
  gtk_widget_class_bind_template_child (widget_class, WtDetailsPage, delete_button);
}

static void
wt_details_page_class_init (WtDetailsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_details_page_dispose;

  signals[SIGNAL_LIST] = g_signal_new ("list", WT_TYPE_DETAILS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", WT_TYPE_DETAILS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, WT_TYPE_SHARED);

  g_type_ensure (WT_TYPE_AVATAR);
  g_type_ensure (WT_TYPE_COPY_ROW);
  g_type_ensure (WT_TYPE_DIALECT_ROW);
  g_type_ensure (WT_TYPE_HINT_ROW);
  g_type_ensure (WT_TYPE_PICTURE_STRIP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/details/wt-details-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_name_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_level_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_target_platform_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_target_key_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_target_cleared);
  gtk_widget_class_bind_template_callback (widget_class, on_members);
  gtk_widget_class_bind_template_callback (widget_class, on_pictures);
  gtk_widget_class_bind_template_callback (widget_class, on_picture_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_files);
  gtk_widget_class_bind_template_callback (widget_class, on_links);
  gtk_widget_class_bind_template_callback (widget_class, on_voices);
}

static void
wt_details_page_init (WtDetailsPage *self)
{
  static const char *const watched[] = { "notify::title", "notify::level", "notify::archived" };

  gtk_widget_init_template (GTK_WIDGET (self));
  wt_target_check_follow (GTK_EDITABLE (self->target_platform_row), self->target_platform_hint,
                          GTK_EDITABLE (self->target_key_row), self->target_key_hint);
  self->conversation_signals = g_signal_group_new (WT_TYPE_CONVERSATION);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_group_connect_swapped (self->conversation_signals, watched[i], G_CALLBACK (update),
                                    self);
  self->members_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->members_signals, "items-changed",
                                  G_CALLBACK (update_members), self);
}

/**
 * wt_details_page_new:
 * @context: the chat view's
 *
 * Returns: (transfer floating): a page without a conversation
 */
GtkWidget *
wt_details_page_new (WtMessageContext *context)
{
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (context), NULL);

  WtDetailsPage *self = g_object_new (WT_TYPE_DETAILS_PAGE, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

/**
 * wt_details_page_set_conversation:
 * @self: a page
 * @session: (nullable): the conversation's session
 * @conversation: (nullable): what to show; %NULL with @session
 * @members: (nullable): who wrote in it
 */
void
wt_details_page_set_conversation (WtDetailsPage *self,
                                  WtSession *session,
                                  WtConversation *conversation,
                                  GListModel *members)
{
  g_return_if_fail (WT_IS_DETAILS_PAGE (self));
  g_return_if_fail ((session == NULL) == (conversation == NULL));

  g_set_object (&self->session, session);
  g_set_object (&self->conversation, conversation);
  g_set_object (&self->members, members);
  wt_dialect_row_set_conversation (self->dialect_row, session, conversation);
  gtk_editable_set_text (GTK_EDITABLE (self->target_key_row), "");
  if (conversation != NULL)
    {
      self->filling = TRUE;
      fill_levels (self);
      self->filling = FALSE;
      update_ids (self);
      update (self);
      gtk_widget_set_visible (self->members_row, is_group (self));
    }
  g_signal_group_set_target (self->conversation_signals, conversation);
  g_signal_group_set_target (self->members_signals, members);
  update_members (self);
  wt_picture_strip_set_conversation (self->strip, self->context, session, conversation);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}
