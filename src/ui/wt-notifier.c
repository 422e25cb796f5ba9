/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-notifier.h"

#include "wt-notifier-icons.h"
#include "wt-notifier-service.h"
#include "wt-notifier-words.h"

#include <glib/gi18n-lib.h>

/* A flood of messages becomes one notification a conversation in this time, and the next ones come this much later. */
#define GATHER_MILLISECONDS 400
#define REST_MILLISECONDS 2000

/* Of more conversations at a time only the number is told. */
#define MOST_AT_ONCE 5

#define MORE_ID "more"

struct _WtNotifier
{
  GObject parent_instance;

  /* Owned. */
  WtProfile *profile;
  GSettings *settings;
  WtNotifierService *service;
  WtNotifierIcons *icons;
  GCancellable *cancellable;
  WtConversation *seen; /* NULL while the window is not looked at */
  GHashTable *waiting;  /* WtConversation → WtMessage: to be notified of */
  GHashTable *shown;    /* of WtConversation: notified of, not read yet */
  GHashTable *failed;   /* of WtConversation: where something could not be sent */
  guint gather_source;

  gint64 last_time; /* when something was shown, monotonic; 0: never */
  gboolean more;    /* MORE_ID is shown */
  gboolean on;      /* as the settings say */
};

G_DEFINE_FINAL_TYPE (WtNotifier, wt_notifier, G_TYPE_OBJECT)

static char *
make_id (const char *kind, WtConversation *conversation)
{
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT, kind, wt_conversation_get_id (conversation));
}

/* Withdrawing */

static void on_changed (WtConversation *conversation, GParamSpec *pspec, WtNotifier *self);

static void
forget (WtNotifier *self, WtConversation *conversation)
{
  g_autofree char *id = make_id ("conversation", conversation);

  g_hash_table_remove (self->waiting, conversation);
  if (!g_hash_table_contains (self->shown, conversation))
    return;
  g_signal_handlers_disconnect_by_func (conversation, on_changed, self);
  wt_notifier_service_withdraw (self->service, id);
  g_hash_table_remove (self->shown, conversation);
}

static void
forget_failure (WtNotifier *self, WtConversation *conversation)
{
  g_autofree char *id = make_id ("failure", conversation);

  if (!g_hash_table_contains (self->failed, conversation))
    return;
  wt_notifier_service_withdraw (self->service, id);
  g_hash_table_remove (self->failed, conversation);
}

static void
forget_more (WtNotifier *self)
{
  if (self->more)
    wt_notifier_service_withdraw (self->service, MORE_ID);
  self->more = FALSE;
}

static gboolean
is_gone (WtNotifier *self, WtConversation *conversation)
{
  return wt_conversation_list_lookup (wt_profile_get_conversations (self->profile),
                                      wt_conversation_get_id (conversation))
             != conversation
         || wt_conversation_get_hidden (conversation);
}

static gboolean
is_worth_it (WtNotifier *self, WtConversation *conversation)
{
  return wt_conversation_count_wanted (conversation) > 0 && !is_gone (self, conversation);
}

/* It was read, muted, or is as good as deleted. */
static void
on_changed (WtConversation *conversation, GParamSpec *pspec, WtNotifier *self)
{
  if (!is_worth_it (self, conversation))
    forget (self, conversation);
}

static void
forget_gone (WtNotifier *self,
             GHashTable *table,
             void (*function) (WtNotifier *, WtConversation *),
             gboolean all)
{
  g_autofree gpointer *conversations = g_hash_table_get_keys_as_array (table, NULL);

  for (guint i = 0; conversations[i] != NULL; i++)
    if (all || is_gone (self, conversations[i]))
      {
        g_autoptr (WtConversation) conversation = g_object_ref (conversations[i]);

        function (self, conversation);
      }
}

static void
forget_all (WtNotifier *self)
{
  g_hash_table_remove_all (self->waiting);
  forget_gone (self, self->shown, forget, TRUE);
  forget_gone (self, self->failed, forget_failure, TRUE);
  forget_more (self);
}

static void
on_conversations_changed (WtNotifier *self, guint position, guint removed, guint added)
{
  if (removed <= added)
    return;
  forget_gone (self, self->shown, forget, FALSE);
  forget_gone (self, self->failed, forget_failure, FALSE);
}

static void
on_counts_changed (WtNotifier *self, GParamSpec *pspec, WtConversationList *conversations)
{
  if (wt_conversation_list_get_unread (conversations, WT_CONVERSATION_DIRECT)
          + wt_conversation_list_get_unread (conversations, WT_CONVERSATION_GROUP)
      == 0)
    forget_more (self);
}

static void
on_setting_changed (WtNotifier *self)
{
  self->on = g_settings_get_boolean (self->settings, "notifications");
  if (!self->on)
    forget_all (self);
}

/* Showing */

typedef struct
{
  WtNotifier *notifier;
  WtConversation *conversation;
  WtMessage *message;
} Showing;

static void
showing_free (Showing *showing)
{
  g_object_unref (showing->message);
  g_object_unref (showing->conversation);
  g_object_unref (showing->notifier);
  g_free (showing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Showing, showing_free)

static void
show_now (WtNotifier *self, WtConversation *conversation, WtMessage *message, GIcon *icon)
{
  gboolean preview = g_settings_get_boolean (self->settings, "notification-preview");
  g_autofree char *id = make_id ("conversation", conversation);
  g_autofree char *body = wt_notifier_words_body (conversation, message, preview);
  g_autoptr (GNotification) notification = wt_notifier_words_make (
      conversation, body, wt_notifier_service_get_markup (self->service), "im.received");

  if (icon != NULL)
    g_notification_set_icon (notification, icon);
  g_notification_add_button_with_target (notification, _ ("Mark as Read"), "app.mark-read", "x",
                                         wt_conversation_get_id (conversation));
  wt_notifier_service_send (self->service, id, notification);
  if (g_hash_table_add (self->shown, g_object_ref (conversation)))
    g_signal_connect_object (conversation, "notify", G_CALLBACK (on_changed), self, 0);
}

/* Without a picture it is shown, too. Meanwhile it may have been read. */
static void
on_icon (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Showing) showing = data;
  WtNotifier *self = showing->notifier;
  g_autoptr (GError) error = NULL;
  g_autoptr (GIcon) icon = wt_notifier_icons_get_finish (WT_NOTIFIER_ICONS (source), result,
                                                         &error);

  if (g_cancellable_is_cancelled (self->cancellable) || showing->conversation == self->seen
      || wt_message_get_seq (showing->message)
             <= wt_conversation_get_read_seq (showing->conversation)
      || !is_worth_it (self, showing->conversation)
      || !wt_notifier_service_get_available (self->service))
    return;
  if (icon == NULL)
    g_debug ("No picture for a notification: %s", error->message);
  show_now (self, showing->conversation, showing->message, icon);
}

static void
show (WtNotifier *self, WtConversation *conversation, WtMessage *message)
{
  g_autofree char *title = wt_notifier_words_title (conversation);
  Showing *showing = g_new0 (Showing, 1);

  showing->notifier = g_object_ref (self);
  showing->conversation = g_object_ref (conversation);
  showing->message = g_object_ref (message);
  wt_notifier_icons_get_async (self->icons, title,
                               wt_notifier_service_get_wants_files (self->service),
                               self->cancellable, on_icon, showing);
}

static void
show_more (WtNotifier *self, guint conversations)
{
  g_autofree char *title = wt_notifier_words_more (conversations);
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_category (notification, "im.received");
  wt_notifier_service_send (self->service, MORE_ID, notification);
  self->more = TRUE;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 left = wt_conversation_get_last_time (*(WtConversation *const *) a);
  gint64 right = wt_conversation_get_last_time (*(WtConversation *const *) b);

  return left > right ? -1 : left < right ? 1 : 0;
}

static gboolean
show_waiting (gpointer data)
{
  WtNotifier *self = data;
  g_autoptr (GPtrArray) newest = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer conversation;

  self->gather_source = 0;
  self->last_time = g_get_monotonic_time ();
  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &conversation, NULL))
    if (is_worth_it (self, conversation))
      g_ptr_array_add (newest, g_object_ref (conversation));
  g_ptr_array_sort (newest, compare_times);
  if (wt_notifier_service_get_available (self->service))
    {
      for (guint i = 0; i < MIN (newest->len, MOST_AT_ONCE); i++)
        show (self, newest->pdata[i], g_hash_table_lookup (self->waiting, newest->pdata[i]));
      if (newest->len > MOST_AT_ONCE)
        show_more (self, newest->len - MOST_AT_ONCE);
    }
  g_hash_table_remove_all (self->waiting);
  return G_SOURCE_REMOVE;
}

static void
show_soon (WtNotifier *self)
{
  gint64 rest = 0;

  if (self->gather_source != 0)
    return;
  if (self->last_time != 0)
    rest = REST_MILLISECONDS - (g_get_monotonic_time () - self->last_time) / 1000;
  self->gather_source = g_timeout_add ((guint) MAX (rest, GATHER_MILLISECONDS), show_waiting, self);
}

/* Sessions */

/* By the conversation's level. What one wrote oneself, on another device say, is no news. */
static gboolean
is_wanted (WtConversation *conversation, WtMessage *message)
{
  WtLevel level = wt_conversation_get_record (conversation)->level;
  const WtMessageRecord *record = wt_message_get_record (message);
  const WtAccountRecord *account = wt_account_get_record (
      wt_conversation_get_account (conversation));

  if (record == NULL || record->direction == WT_DIRECTION_OUT
      || (g_strcmp0 (record->author_id, account->user_id) == 0
          && g_strcmp0 (record->author_platform, account->platform) == 0))
    return FALSE;
  return level == WT_LEVEL_ALL || (level == WT_LEVEL_MENTIONS && record->mentions_me);
}

/* A mention is not pushed aside by what comes right after it. */
static void
on_message_received (WtNotifier *self, WtConversation *conversation, WtMessage *message)
{
  WtMessage *waiting = g_hash_table_lookup (self->waiting, conversation);

  if (!self->on || conversation == self->seen || !is_wanted (conversation, message))
    return;

  if (waiting == NULL || !wt_message_get_record (waiting)->mentions_me
      || wt_message_get_record (message)->mentions_me)
    g_hash_table_insert (self->waiting, g_object_ref (conversation), g_object_ref (message));
  show_soon (self);
}

static void
show_failure (WtNotifier *self, WtConversation *conversation)
{
  g_autofree char *id = make_id ("failure", conversation);
  g_autoptr (GNotification) notification = wt_notifier_words_make (
      conversation, _ ("Your message could not be sent."),
      wt_notifier_service_get_markup (self->service), "im.error");

  wt_notifier_service_send (self->service, id, notification);
  g_hash_table_add (self->failed, g_object_ref (conversation));
}

static void
on_delivery_changed (WtNotifier *self, const WtMessageRecord *record)
{
  WtConversation *conversation = wt_conversation_list_lookup (
      wt_profile_get_conversations (self->profile), record->conversation_id);

  if (conversation == NULL)
    return;
  if (record->delivery != WT_DELIVERY_FAILED)
    forget_failure (self, conversation);
  else if (self->on && conversation != self->seen && !is_gone (self, conversation)
           && wt_notifier_service_get_available (self->service))
    show_failure (self, conversation);
}

static void
on_sessions_changed (WtNotifier *self,
                     guint position,
                     guint removed,
                     guint added,
                     GListModel *sessions)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (sessions, position + i);

      /* One that was only moved is known. */
      g_signal_handlers_disconnect_by_data (session, self);
      g_signal_connect_object (session, "message-received", G_CALLBACK (on_message_received), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "delivery-changed", G_CALLBACK (on_delivery_changed), self,
                               G_CONNECT_SWAPPED);
    }
}

/* Life */

static void
wt_notifier_dispose (GObject *object)
{
  WtNotifier *self = WT_NOTIFIER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->gather_source, g_source_remove);
  if (self->profile != NULL)
    forget_all (self);
  g_clear_object (&self->seen);
  g_clear_object (&self->service);
  g_clear_object (&self->icons);
  g_clear_object (&self->settings);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (wt_notifier_parent_class)->dispose (object);
}

static void
wt_notifier_finalize (GObject *object)
{
  WtNotifier *self = WT_NOTIFIER (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  g_clear_pointer (&self->failed, g_hash_table_unref);

  G_OBJECT_CLASS (wt_notifier_parent_class)->finalize (object);
}

static void
wt_notifier_class_init (WtNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_notifier_dispose;
  object_class->finalize = wt_notifier_finalize;
}

static void
wt_notifier_init (WtNotifier *self)
{
  self->cancellable = g_cancellable_new ();
  self->icons = wt_notifier_icons_new ();
  self->waiting = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
  self->shown = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->failed = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

/**
 * wt_notifier_new:
 * @application: a registered application
 * @profile: whose messages to notify of
 * @settings: the program's settings
 *
 * Returns: (transfer full): a notifier
 */
WtNotifier *
wt_notifier_new (GApplication *application, WtProfile *profile, GSettings *settings)
{
  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (WT_IS_PROFILE (profile), NULL);

  WtNotifier *self = g_object_new (WT_TYPE_NOTIFIER, NULL);
  GListModel *sessions = wt_profile_get_sessions (profile);
  WtConversationList *conversations = wt_profile_get_conversations (profile);

  self->profile = g_object_ref (profile);
  self->settings = g_object_ref (settings);
  self->service = wt_notifier_service_new (application);
  g_signal_connect_object (settings, "changed::notifications", G_CALLBACK (on_setting_changed),
                           self, G_CONNECT_SWAPPED);
  /* Of a key that was read before that, settings need not tell. */
  self->on = g_settings_get_boolean (settings, "notifications");
  g_signal_connect_object (conversations, "items-changed", G_CALLBACK (on_conversations_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (conversations, "notify", G_CALLBACK (on_counts_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sessions, "items-changed", G_CALLBACK (on_sessions_changed), self,
                           G_CONNECT_SWAPPED);
  on_sessions_changed (self, 0, 0, g_list_model_get_n_items (sessions), sessions);
  return self;
}

/**
 * wt_notifier_set_seen:
 * @self: a notifier
 * @conversation: (nullable): the conversation in front of the user's eyes; %NULL: the window is not looked at
 */
void
wt_notifier_set_seen (WtNotifier *self, WtConversation *conversation)
{
  g_return_if_fail (WT_IS_NOTIFIER (self));

  if (!g_set_object (&self->seen, conversation) || conversation == NULL)
    return;
  forget (self, conversation);
  forget_failure (self, conversation);
  forget_more (self);
}
