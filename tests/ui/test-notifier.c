/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-notifier.h"

#include "wt-fake-desktop.h"
#include "wt-initials.h"
#include "wt-notifier-avatar.h"
#include "wt-notifier-words.h"
#include "wt-settings.h"
#include "wt-ui-test.h"

/* The process has one session bus, however many tests. */
static WtFakeDesktop *desktop;

typedef struct
{
  GApplication *application;
  GSettings *settings;
  WtProfile *profile;
  char *folder;
  WtSession *session;
  WtNotifier *notifier;
  gint64 opened;
  gint64 marked;
} Fixture;

static void
on_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  *(gint64 *) data = g_variant_get_int64 (parameter);
}

static void
add_action (Fixture *fixture, const char *name, gint64 *result)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, G_VARIANT_TYPE_INT64);

  g_signal_connect (action, "activate", G_CALLBACK (on_action), result);
  g_action_map_add_action (G_ACTION_MAP (fixture->application), G_ACTION (action));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_ptr_array_set_size (desktop->calls, 0);
  fixture->application = g_application_new ("io.github.wheatear_im.Test", G_APPLICATION_NON_UNIQUE);
  g_application_register (fixture->application, NULL, &error);
  g_assert_no_error (error);
  add_action (fixture, "open-conversation", &fixture->opened);
  add_action (fixture, "mark-read", &fixture->marked);
  fixture->settings = wt_settings_open (NULL, &error);
  g_assert_no_error (error);
  fixture->profile = wt_ui_test_open_profile (&fixture->folder);
  fixture->session = wt_ui_test_add_account (fixture->profile, "me");
  fixture->notifier = wt_notifier_new (fixture->application, fixture->profile, fixture->settings);
  if (data == NULL)
    wt_test_wait_until (wt_fake_desktop_find (desktop, "GetCapabilities") != NULL);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                               NULL);

  *(gboolean *) data = TRUE;
}

/* GIO does not survive that a notification is withdrawn whose sending was not answered yet. Answers come in order. */
static void
wait_for_answers (Fixture *fixture)
{
  gboolean answered = FALSE;

  g_dbus_connection_call (g_application_get_dbus_connection (fixture->application),
                          "org.freedesktop.Notifications", "/org/freedesktop/Notifications",
                          "org.freedesktop.Notifications", "GetCapabilities", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_answered, &answered);
  wt_test_wait_until (answered);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wait_for_answers (fixture);
  g_clear_object (&fixture->notifier);
  g_settings_reset (fixture->settings, "notifications");
  g_settings_reset (fixture->settings, "notification-preview");
  g_object_unref (fixture->settings);
  wt_ui_test_close_profile (fixture->profile, fixture->folder);
  g_object_unref (fixture->application);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static WtConversation *
add_conversation (Fixture *fixture, WtConversationKind kind, const char *title)
{
  return wt_ui_test_add_conversation (fixture->session, kind, title);
}

/* As the session does it when a message was stored. */
static void
receive_from (Fixture *fixture,
              WtConversation *conversation,
              const char *author,
              const char *text,
              gboolean mentions_me)
{
  g_autoptr (WtConversationRecord) record = wt_conversation_record_copy (
      wt_conversation_get_record (conversation));
  g_autoptr (WtMessageRecord) stored = wt_message_record_new ();
  g_autoptr (WtMessage) message = NULL;

  record->last_seq++;
  record->unread++;
  record->mentions += mentions_me ? 1 : 0;
  record->last_time += G_USEC_PER_SEC;
  wt_conversation_update (conversation, record);
  stored->seq = record->last_seq;
  stored->direction = WT_DIRECTION_IN;
  stored->delivery = WT_DELIVERY_RECEIVED;
  stored->author_platform = g_strdup ("wheatear");
  stored->author_id = g_strdup (author);
  stored->text = g_strdup (text);
  stored->mentions_me = mentions_me;
  message = wt_message_new (stored->seq);
  wt_message_load (message, stored);
  g_signal_emit_by_name (fixture->session, "message-received", conversation, message);
}

static void
receive (Fixture *fixture, WtConversation *conversation, const char *text)
{
  receive_from (fixture, conversation, "anna", text, FALSE);
}

static const char *
wait_for (const char *part)
{
  wt_test_wait_until (wt_fake_desktop_find (desktop, part) != NULL);
  return wt_fake_desktop_find (desktop, part);
}

static void
read_all (WtConversation *conversation)
{
  g_autoptr (WtConversationRecord) record = wt_conversation_record_copy (
      wt_conversation_get_record (conversation));

  record->read_seq = record->last_seq;
  record->unread = record->mentions = 0;
  wt_conversation_update (conversation, record);
}

/* One notification, then the same one again; gone when read. Its buttons do what they say. */
static void
test_message (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversation) anna = add_conversation (fixture, WT_CONVERSATION_DIRECT, "Anna");
  g_autofree char *first = NULL;
  const char *call;
  g_autofree char *button = g_strdup_printf ("app.mark-read(int64 %" G_GINT64_FORMAT ")",
                                             wt_conversation_get_id (anna));
  const char *path;

  receive (fixture, anna, "Hello <b>you</b> & me");
  call = wait_for ("Notify (");
  g_assert_nonnull (strstr (call, ", 0, '', 'Anna', 'Hello &lt;b&gt;you&lt;/b&gt; &amp; me'"));
  g_assert_nonnull (strstr (call, "'default', ''"));
  g_assert_nonnull (strstr (call, "'Mark as Read'"));
  g_assert_nonnull (strstr (call, "'image-path': <'/"));
  path = strstr (call, "'image-path': <'") + strlen ("'image-path': <'");
  {
    g_autofree char *file = g_strndup (path, strcspn (path, "'"));

    g_assert_true (g_file_test (file, G_FILE_TEST_IS_REGULAR));
  }

  first = g_strdup_printf (", %u, '', 'Anna', 'again\\n2 new messages'", desktop->last_id);
  receive (fixture, anna, "again");
  call = wait_for ("again");
  g_assert_nonnull (strstr (call, first));

  g_assert_cmpint (fixture->opened, ==, 0);
  wt_fake_desktop_invoke (desktop, desktop->last_id, "default");
  wt_test_wait_until (fixture->opened == wt_conversation_get_id (anna));

  receive (fixture, anna, "third");
  wait_for ("third");
  g_assert_nonnull (strstr (wt_fake_desktop_find (desktop, "third"), button));
  wt_fake_desktop_invoke (desktop, desktop->last_id, button);
  wt_test_wait_until (fixture->marked == wt_conversation_get_id (anna));

  receive (fixture, anna, "fourth");
  wait_for ("fourth");
  read_all (anna);
  wait_for ("CloseNotification");
}

/* Nothing of what is before one's eyes, muted, one's own, or read at once. */
static void
test_silence (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversation) seen = add_conversation (fixture, WT_CONVERSATION_DIRECT, "Seen");
  g_autoptr (WtConversation) muted = add_conversation (fixture, WT_CONVERSATION_DIRECT, "Muted");
  g_autoptr (WtConversation) own = add_conversation (fixture, WT_CONVERSATION_DIRECT, "Own");
  g_autoptr (WtConversation) fast = add_conversation (fixture, WT_CONVERSATION_DIRECT, "Fast");
  g_autoptr (WtConversation) last = add_conversation (fixture, WT_CONVERSATION_DIRECT, "Last");
  g_autoptr (WtConversation) field = add_conversation (fixture, WT_CONVERSATION_GROUP, "Field");

  wt_notifier_set_seen (fixture->notifier, seen);
  wt_session_set_level (fixture->session, muted, WT_LEVEL_NONE);
  wt_session_set_level (fixture->session, field, WT_LEVEL_MENTIONS);
  receive (fixture, seen, "one");
  receive_from (fixture, muted, "anna", "two", TRUE);
  receive_from (fixture, own, "me", "three", FALSE);
  receive (fixture, fast, "four");
  read_all (fast);
  receive (fixture, field, "chatter");
  receive_from (fixture, field, "berta", "look", TRUE);
  receive (fixture, field, "more chatter");

  wait_for ("'Field', 'berta mentioned you: look'");
  /* Whatever came with it has been shown when the next one is. */
  receive (fixture, last, "the end");
  wait_for ("the end");
  g_assert_cmpuint (wt_fake_desktop_count (desktop, "Notify ("), ==, 2);
}

/* However many there are, a handful is shown, the newest first. */
static void
test_flood (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("Peer %u", i);
      g_autoptr (WtConversation) peer = add_conversation (fixture, WT_CONVERSATION_DIRECT, name);

      for (guint j = 0; j < 50; j++)
        receive (fixture, peer, "flood");
    }
  wait_for ("'New messages in 35 more chats'");
  wt_test_wait_until (wt_fake_desktop_count (desktop, "Notify (") == 6);
  g_assert_cmpuint (wt_fake_desktop_count (desktop, "50 new messages"), ==, 5);
}

static void
test_preview (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversation) anna = add_conversation (fixture, WT_CONVERSATION_DIRECT, "安娜");

  g_settings_set_boolean (fixture->settings, "notification-preview", FALSE);
  receive (fixture, anna, "a secret");
  wait_for ("'安娜', '1 new message'");
  g_assert_null (wt_fake_desktop_find (desktop, "secret"));
  /* Switched off, they go. */
  g_settings_set_boolean (fixture->settings, "notifications", FALSE);
  wait_for ("CloseNotification");
}

static void
tell_delivery (Fixture *fixture, WtConversation *conversation, WtDelivery delivery)
{
  g_autoptr (WtMessageRecord) record = wt_message_record_new ();

  record->conversation_id = wt_conversation_get_id (conversation);
  record->direction = WT_DIRECTION_OUT;
  record->delivery = delivery;
  g_signal_emit_by_name (fixture->session, "delivery-changed", record);
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversation) anna = add_conversation (fixture, WT_CONVERSATION_DIRECT, "Anna");

  tell_delivery (fixture, anna, WT_DELIVERY_FAILED);
  wait_for ("'Anna', 'Your message could not be sent.'");
  wt_test_wait_until (!g_main_context_pending (NULL));
  tell_delivery (fixture, anna, WT_DELIVERY_QUEUED);
  wait_for ("CloseNotification");
}

static void
test_deletion (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversation) anna = add_conversation (fixture, WT_CONVERSATION_DIRECT, "Anna");
  g_autoptr (GAsyncResult) result = NULL;

  receive (fixture, anna, "Hello");
  wait_for ("Notify (");
  receive (fixture, anna, "again");
  wait_for ("again");
  wt_session_delete_conversation_async (fixture->session, anna, NULL, wt_ui_test_on_done, &result);
  wait_for ("CloseNotification");
  wt_test_wait_until (result != NULL);
}

/* What it told of goes with an account, and nothing else does. */
static void
test_removal (Fixture *fixture, gconstpointer data)
{
  WtSession *kept = wt_ui_test_add_account (fixture->profile, "you");
  g_autoptr (WtConversation) anna = add_conversation (fixture, WT_CONVERSATION_DIRECT, "Anna");
  g_autoptr (WtConversation) field = add_conversation (fixture, WT_CONVERSATION_GROUP, "Field");
  g_autoptr (WtConversation) bob = wt_ui_test_add_conversation (kept, WT_CONVERSATION_DIRECT,
                                                                "Bob");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  receive (fixture, anna, "from Anna");
  wait_for ("from Anna");
  receive (fixture, field, "from the field");
  wait_for ("from the field");
  receive (fixture, bob, "from Bob");
  wait_for ("from Bob");
  wait_for_answers (fixture);

  wt_profile_remove_account_async (fixture->profile, wt_session_get_account (fixture->session),
                                   NULL, wt_ui_test_on_done, &result);
  wt_test_wait_until (result != NULL);
  wt_profile_remove_account_finish (fixture->profile, result, &error);
  g_assert_no_error (error);
  wt_test_wait_until (wt_fake_desktop_count (desktop, "CloseNotification") == 2);
  read_all (bob);
  wt_test_wait_until (wt_fake_desktop_count (desktop, "CloseNotification") == 3);
}

/* In a sandbox: by the portal, with the picture as bytes and the text as it is. */
static void
test_portal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversation) anna = add_conversation (fixture, WT_CONVERSATION_DIRECT, "Anna");
  const char *call;

  receive (fixture, anna, "<b>Hello</b>");
  call = wait_for ("AddNotification");
  g_assert_nonnull (strstr (call, "<'<b>Hello</b>'>"));
  g_assert_nonnull (strstr (call, "'icon': <('bytes', "));
  g_assert_nonnull (strstr (call, "app.mark-read"));
  g_assert_null (wt_fake_desktop_find (desktop, "Notify ("));
  read_all (anna);
  wait_for ("RemoveNotification");
}

static void
test_avatar (void)
{
  const struct
  {
    const char *name;
    const char *initials;
  } cases[] = {
    { "", "" },       { "  ", "" },  { "anna", "A" },    { "Anna Müller", "AM" }, { "a b c", "AC" },
    { "麦穗", "麦" }, { "ßa", "S" }, { "אבג דה", "אד" }, { "😀 x", "😀X" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *initials = wt_initials_new (cases[i].name);
      guint colour = wt_initials_get_colour (cases[i].name);
      g_autoptr (GBytes) png = wt_notifier_avatar_draw (initials, colour, 96);
      gsize size;
      const char *bytes = g_bytes_get_data (png, &size);

      g_assert_cmpstr (initials, ==, cases[i].initials);
      g_assert_cmpuint (size, >, 100);
      g_assert_cmpuint (size, <, 32768);
      g_assert_cmpmem (bytes, 8, "\x89PNG\r\n\x1a\n", 8);
    }
}

static int
run (void)
{
  g_autoptr (GDBusConnection) bus = NULL;
  int status;

#define ADD(name, data, function)                                                                  \
  g_test_add ("/ui/notifier/" name, Fixture, data, set_up, function, tear_down)
  /* Which way GIO takes is decided once in a process. */
  if (g_strcmp0 (g_getenv ("GTK_USE_PORTAL"), "1") == 0)
    ADD ("portal", "portal", test_portal);
  else
    {
      ADD ("message", NULL, test_message);
      ADD ("silence", NULL, test_silence);
      ADD ("flood", NULL, test_flood);
      ADD ("preview", NULL, test_preview);
      ADD ("failure", NULL, test_failure);
      ADD ("deletion", NULL, test_deletion);
      ADD ("removal", NULL, test_removal);
    }
#undef ADD
  desktop = wt_fake_desktop_new ();
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  g_clear_object (&bus);
  status = g_test_run ();
  wt_fake_desktop_free (desktop);
  return status;
}

int
main (int argc, char **argv)
{
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/notifier/avatar", test_avatar);
  return daemon != NULL ? run () : g_test_run ();
}
