/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-notifier.h"

#include "wt-display-text.h"

#include <glib/gi18n-lib.h>

/* A flood of messages becomes one notification a conversation in this time. */
#define GATHER_MILLISECONDS 400

#define TITLE_CHARACTERS 80
#define BODY_CHARACTERS 200

#define SERVICE "org.freedesktop.Notifications"

struct _WtNotifier
{
  GObject parent_instance;

  /* Owned. */
  WtProfile *profile;
  GSettings *settings;
  WtConversation *seen; /* NULL while the window is not looked at */
  GHashTable *waiting;  /* of WtConversation: to be notified of */
  GHashTable *shown;    /* of WtConversation: notified of, not read yet */
  guint gather_source;
  guint service_watch;

  /* Borrowed: the application owns this. */
  GApplication *application;

  gboolean available; /* somebody shows notifications */
};

G_DEFINE_FINAL_TYPE (WtNotifier, wt_notifier, G_TYPE_OBJECT)

static char *
make_id (WtConversation *conversation)
{
  return g_strdup_printf ("conversation-%" G_GINT64_FORMAT, wt_conversation_get_id (conversation));
}

/**
 * wt_notifier_make:
 * @conversation: a conversation with unread messages
 * @preview: whether the last message's text is shown
 *
 * Returns: (transfer full): its notification
 */
GNotification *
wt_notifier_make (WtConversation *conversation, gboolean preview)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (conversation), NULL);

  const WtConversationRecord *record = wt_conversation_get_record (conversation);
  guint unread = MAX (record->unread, 1);
  g_autofree char *title = wt_display_text_line (wt_conversation_get_title (conversation),
                                                 TITLE_CHARACTERS);
  g_autofree char *text = wt_display_text_line (record->last_text != NULL ? record->last_text : "",
                                                BODY_CHARACTERS);
  g_autofree char *author = wt_display_text_line (
      record->last_author != NULL ? record->last_author : "", TITLE_CHARACTERS);
  g_autofree char *count = g_strdup_printf (ngettext ("%u new message", "%u new messages", unread),
                                            unread);
  g_autofree char *body = NULL;
  g_autoptr (GNotification) notification = g_notification_new (title);

  if (!preview || *text == '\0')
    body = g_steal_pointer (&count);
  else if (record->kind == WT_CONVERSATION_GROUP && *author != '\0')
    /* TRANSLATORS: an author and what was written */
    body = g_strdup_printf (_ ("%s: %s"), author, text);
  else
    body = g_steal_pointer (&text);

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.open-conversation", "x",
                                                wt_conversation_get_id (conversation));
  return g_steal_pointer (&notification);
}

static void
withdraw (WtNotifier *self, WtConversation *conversation)
{
  g_autofree char *id = make_id (conversation);

  if (self->available)
    g_application_withdraw_notification (self->application, id);
}

static void
on_unread_changed (WtConversation *conversation, GParamSpec *pspec, WtNotifier *self)
{
  if (wt_conversation_get_unread (conversation) > 0)
    return;
  g_signal_handlers_disconnect_by_func (conversation, on_unread_changed, self);
  withdraw (self, conversation);
  g_hash_table_remove (self->waiting, conversation);
  g_hash_table_remove (self->shown, conversation);
}

static void
show (WtNotifier *self, WtConversation *conversation)
{
  gboolean preview = g_settings_get_boolean (self->settings, "notification-preview");
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *id = NULL;

  if (wt_conversation_get_unread (conversation) == 0)
    return;

  notification = wt_notifier_make (conversation, preview);
  id = make_id (conversation);
  g_application_send_notification (self->application, id, notification);
  if (g_hash_table_add (self->shown, g_object_ref (conversation)))
    g_signal_connect_object (conversation, "notify::unread", G_CALLBACK (on_unread_changed), self,
                             0);
}

static gboolean
show_waiting (gpointer data)
{
  WtNotifier *self = data;
  GHashTableIter iter;
  gpointer conversation;

  self->gather_source = 0;
  g_hash_table_iter_init (&iter, self->waiting);
  while (self->available && g_hash_table_iter_next (&iter, &conversation, NULL))
    show (self, conversation);
  g_hash_table_remove_all (self->waiting);
  return G_SOURCE_REMOVE;
}

/* By the conversation's level. */
static gboolean
is_wanted (WtConversation *conversation, WtMessage *message)
{
  WtLevel level = wt_conversation_get_record (conversation)->level;
  const WtMessageRecord *record = wt_message_get_record (message);

  return level == WT_LEVEL_ALL
         || (level == WT_LEVEL_MENTIONS && record != NULL && record->mentions_me);
}

static void
on_message_received (WtNotifier *self, WtConversation *conversation, WtMessage *message)
{
  if (conversation == self->seen || !is_wanted (conversation, message)
      || !g_settings_get_boolean (self->settings, "notifications"))
    return;

  g_hash_table_add (self->waiting, g_object_ref (conversation));
  if (self->gather_source == 0)
    self->gather_source = g_timeout_add (GATHER_MILLISECONDS, show_waiting, self);
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

      g_signal_connect_object (session, "message-received", G_CALLBACK (on_message_received), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
on_service_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
  WT_NOTIFIER (data)->available = TRUE;
}

static void
on_service_vanished (GDBusConnection *bus, const char *name, gpointer data)
{
  WT_NOTIFIER (data)->available = FALSE;
}

/* GIO warns on the terminal when nobody takes a notification: so ask first. In a sandbox the portal takes them. */
static void
watch_service (WtNotifier *self)
{
  GDBusConnection *bus = g_application_get_dbus_connection (self->application);

  if (bus == NULL)
    return;
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      self->available = TRUE;
      return;
    }
  self->service_watch = g_bus_watch_name_on_connection (
      bus, SERVICE, G_BUS_NAME_WATCHER_FLAGS_AUTO_START, on_service_appeared, on_service_vanished,
      self, NULL);
}

static void
wt_notifier_dispose (GObject *object)
{
  WtNotifier *self = WT_NOTIFIER (object);
  GHashTableIter iter;
  gpointer conversation;

  g_clear_handle_id (&self->service_watch, g_bus_unwatch_name);
  g_clear_handle_id (&self->gather_source, g_source_remove);
  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &conversation, NULL))
    withdraw (self, conversation);
  g_hash_table_remove_all (self->shown);
  g_hash_table_remove_all (self->waiting);
  g_clear_object (&self->seen);
  g_clear_object (&self->settings);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (wt_notifier_parent_class)->dispose (object);
}

static void
wt_notifier_finalize (GObject *object)
{
  WtNotifier *self = WT_NOTIFIER (object);

  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->shown, g_hash_table_unref);

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
  self->waiting = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->shown = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

/**
 * wt_notifier_new:
 * @application: a registered application, which outlives the notifier
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

  self->application = application;
  self->profile = g_object_ref (profile);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (sessions, "items-changed", G_CALLBACK (on_sessions_changed), self,
                           G_CONNECT_SWAPPED);
  on_sessions_changed (self, 0, 0, g_list_model_get_n_items (sessions), sessions);
  watch_service (self);
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
  g_hash_table_remove (self->waiting, conversation);
  if (g_hash_table_contains (self->shown, conversation))
    withdraw (self, conversation);
}
