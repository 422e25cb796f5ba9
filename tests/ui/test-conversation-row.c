/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-slot.h"

#include "wt-conversation-words.h"
#include "wt-ui-test.h"

#define NOON (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC)

static WtConversation *
make (const WtConversationRecord *record)
{
  g_autoptr (WtAccountRecord) account_record = wt_ui_test_make_account ("me");
  g_autoptr (WtAccount) account = wt_account_new (account_record);

  return wt_conversation_new (account, record);
}

static gpointer
child (GtkWidget *row, const char *name)
{
  GObject *found = gtk_widget_get_template_child (row, WT_TYPE_CONVERSATION_ROW, name);

  g_assert_nonnull (found);
  return found;
}

static const char *
text (GtkWidget *row, const char *name)
{
  return gtk_label_get_label (child (row, name));
}

static WtConversationRecord *
make_record (void)
{
  WtConversationRecord *record = wt_ui_test_make_conversation (7, WT_CONVERSATION_GROUP,
                                                               "麦田\nWheat");

  record->last_seq = 3;
  record->read_seq = 1;
  record->unread = 2;
  record->last_time = NOON;
  record->last_text = g_strdup ("hello\n\n  world");
  record->last_author = g_strdup ("Alice");
  return record;
}

static void
test_bind (void)
{
  g_autoptr (WtConversationRecord) record = make_record ();
  g_autoptr (WtConversation) conversation = make (record);
  GtkWidget *slot = g_object_ref_sink (wt_conversation_slot_new ());
  GtkWidget *row;

  wt_conversation_slot_set_conversation (WT_CONVERSATION_SLOT (slot), conversation);
  row = GTK_WIDGET (wt_conversation_slot_fill (WT_CONVERSATION_SLOT (slot)));
  g_assert_cmpstr (text (row, "title"), ==, "麦田 Wheat");
  g_assert_cmpstr (text (row, "prefix"), ==, "Alice:");
  g_assert_cmpstr (text (row, "preview"), ==, "hello world");
  g_assert_cmpstr (text (row, "unread"), ==, "2");
  g_assert_true (gtk_widget_get_visible (child (row, "unread")));
  g_assert_false (gtk_widget_get_visible (child (row, "delivery")));
  g_assert_false (gtk_widget_get_visible (child (row, "pinned")));

  /* It follows its conversation, in the next turn of the main loop. */
  record->last_seq = 4;
  record->last_direction = WT_DIRECTION_OUT;
  record->last_delivery = WT_DELIVERY_FAILED;
  record->unread = 0;
  record->read_seq = 4;
  wt_conversation_update (conversation, record);
  wt_test_wait_until (!gtk_widget_get_visible (child (row, "unread")));
  g_assert_cmpstr (text (row, "prefix"), ==, "You:");
  g_assert_true (gtk_widget_get_visible (child (row, "delivery")));
  g_assert_true (gtk_widget_has_css_class (child (row, "delivery"), "failed"));

  wt_conversation_set_draft (conversation, "half a sentence");
  wt_test_wait_until (g_str_equal (text (row, "prefix"), "Draft:"));
  wt_conversation_set_draft (conversation, "");
  wt_test_wait_until (g_str_equal (text (row, "preview"), "Attachments"));
  g_assert_cmpstr (text (row, "prefix"), ==, "Draft:");
  wt_conversation_set_draft (conversation, "half a sentence");
  wt_test_wait_until (g_str_equal (text (row, "preview"), "half a sentence"));
  g_assert_cmpstr (text (row, "preview"), ==, "half a sentence");
  g_assert_false (gtk_widget_get_visible (child (row, "delivery")));

  /* Unbound, it follows no longer, and does not hold on to it. */
  wt_conversation_slot_set_conversation (WT_CONVERSATION_SLOT (slot), NULL);
  g_object_add_weak_pointer (G_OBJECT (conversation), (gpointer *) &conversation);
  g_object_unref (conversation);
  g_assert_null (conversation);
  g_object_unref (slot);
}

static void
test_spoken (void)
{
  g_autoptr (WtConversationRecord) record = make_record ();
  g_autoptr (WtConversation) conversation = NULL;
  g_autofree char *spoken = NULL;

  record->level = WT_LEVEL_NONE;
  conversation = make (record);
  spoken = wt_conversation_words_spoken (conversation, "12:00");
  g_assert_cmpstr (spoken, ==, "麦田 Wheat, Alice: hello world, 12:00, 2 unread messages, muted");

  g_clear_object (&conversation);
  g_clear_pointer (&spoken, g_free);
  record->mentions = 1;
  record->pinned = TRUE;
  conversation = make (record);
  spoken = wt_conversation_words_spoken (conversation, "12:00");
  g_assert_cmpstr (spoken, ==,
                   "麦田 Wheat, Alice: hello world, 12:00, 2 unread messages, 1 mention, pinned, "
                   "muted");

  g_clear_pointer (&spoken, g_free);
  wt_account_set_several (wt_conversation_get_account (conversation), TRUE);
  spoken = wt_conversation_words_spoken (conversation, "12:00");
  g_assert_true (g_str_has_suffix (spoken, ", muted, Account me"));
}

/* The marks: what was mentioned, what is muted, when it was to the second. */
static void
test_marks (void)
{
  g_autoptr (WtConversationRecord) record = make_record ();
  g_autoptr (WtConversation) conversation = NULL;
  GtkWidget *slot = g_object_ref_sink (wt_conversation_slot_new ());
  GtkWidget *row;
  g_autofree char *exact = NULL;
  g_autofree char *mention = NULL;

  record->mentions = 1;
  conversation = make (record);
  wt_conversation_slot_set_conversation (WT_CONVERSATION_SLOT (slot), conversation);
  row = GTK_WIDGET (wt_conversation_slot_fill (WT_CONVERSATION_SLOT (slot)));
  g_assert_true (gtk_widget_get_visible (child (row, "mention")));
  g_assert_cmpstr (text (row, "mention"), ==, "@");
  g_assert_false (gtk_widget_has_css_class (child (row, "unread"), "muted"));
  mention = wt_conversation_row_dup_tooltip (WT_CONVERSATION_ROW (row), child (row, "mention"));
  g_assert_cmpstr (mention, ==, "You were mentioned");
  exact = wt_conversation_row_dup_tooltip (WT_CONVERSATION_ROW (row), child (row, "time"));
  g_assert_true (gtk_widget_get_has_tooltip (child (row, "time")));
  g_assert_nonnull (strstr (exact, "2023"));
  g_assert_nonnull (strstr (exact, ":20"));

  record->last_seq = 9;
  record->mentions = 3;
  wt_conversation_update (conversation, record);
  record->level = WT_LEVEL_NONE;
  record->pinned = TRUE;
  wt_conversation_set_options (conversation, record);
  wt_test_wait_until (g_str_equal (text (row, "mention"), "@3"));
  g_assert_true (gtk_widget_has_css_class (child (row, "unread"), "muted"));
  g_assert_true (gtk_widget_has_css_class (child (row, "mention"), "muted"));
  g_assert_true (gtk_widget_get_visible (child (row, "muted")));
  g_assert_true (gtk_widget_get_visible (child (row, "pinned")));
  g_object_unref (slot);
}

static void
test_hostile (void)
{
  g_autoptr (WtConversationRecord) record = make_record ();
  g_autoptr (WtConversation) conversation = NULL;
  GtkWidget *row = g_object_ref_sink (wt_conversation_row_new ());

  g_clear_pointer (&record->last_text, g_free);
  g_clear_pointer (&record->last_author, g_free);
  record->last_text = g_strnfill (1 << 20, 'x');
  record->unread = G_MAXUINT;
  conversation = make (record);
  wt_conversation_row_set_conversation (WT_CONVERSATION_ROW (row), conversation);
  g_assert_cmpint (g_utf8_strlen (text (row, "preview"), -1), <, 200);
  g_assert_false (gtk_widget_get_visible (child (row, "prefix")));
  g_assert_cmpstr (text (row, "unread"), ==, "999+");
  g_object_unref (row);
}

static void
test_match (void)
{
  g_autoptr (WtConversationRecord) record = make_record ();
  g_autoptr (WtConversation) conversation = make (record);
  const struct
  {
    const char *text;
    gboolean expected;
  } cases[] = { { "", TRUE },       { "麦田", TRUE },    { "WHEAT", TRUE },     { "hello", TRUE },
                { "peer-7", TRUE }, { "nobody", FALSE }, { "ｗｈｅａｔ", TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = wt_conversation_fold (cases[i].text);

      if (wt_conversation_matches (conversation, folded) != cases[i].expected)
        g_error ("“%s”", cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;
  g_test_add_func ("/ui/conversation-row/bind", test_bind);
  g_test_add_func ("/ui/conversation-row/spoken", test_spoken);
  g_test_add_func ("/ui/conversation-row/marks", test_marks);
  g_test_add_func ("/ui/conversation-row/hostile", test_hostile);
  g_test_add_func ("/ui/conversation-row/match", test_match);
  return g_test_run ();
}
