/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-chat-view.h"
#include "wt-chat-view-private.h"

#include "wt-error-words.h"

/* Where the first unread message stands when a conversation is opened: some of what was read shows above. */
#define UNREAD_ALIGN 0.2

G_DEFINE_FINAL_TYPE (WtChatView, wt_chat_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_CONVERSATION = 1,
} WtChatViewProperty;

static GParamSpec *properties[PROP_CONVERSATION + 1];

enum
{
  SIGNAL_TROUBLE,
  SIGNAL_DELETED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Says in passing that something went wrong. */
void
wt_chat_view_report (WtChatView *self, const char *words)
{
  g_signal_emit (self, signals[SIGNAL_TROUBLE], 0, words);
}

static guint
get_n_messages (WtChatView *self)
{
  return self->timeline != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->timeline)) : 0;
}

static void
update_nothing (WtChatView *self)
{
  gtk_widget_set_visible (self->nothing, self->prepared && get_n_messages (self) == 0);
}

static void
on_items_changed (WtChatView *self, guint position, guint removed, guint added)
{
  /* What comes while nobody looks is marked by a new divider. */
  if (self->prepared && added > 0 && !wt_chat_view_is_watched (self)
      && self->divider_seq <= wt_conversation_get_read_seq (self->conversation))
    {
      g_autoptr (WtMessage) message = g_list_model_get_item (G_LIST_MODEL (self->timeline),
                                                             position);

      if (!wt_message_get_outgoing (message))
        wt_chat_view_set_divider (self, (gint64) position + 1);
    }

  if (self->prepared && added > 0)
    wt_chat_view_announce (self, position);
  update_nothing (self);
  wt_chat_view_queue_update (self);
}

static void
show_timeline (WtChatView *self)
{
  guint n_messages = get_n_messages (self);

  self->prepared = TRUE;
  wt_timeline_view_set_model (self->view, G_LIST_MODEL (self->timeline));
  if (wt_chat_view_show_wanted (self))
    ;
  else if (self->divider_seq > 0 && self->divider_seq <= n_messages)
    wt_timeline_view_show_position (self->view, (guint) self->divider_seq - 1, UNREAD_ALIGN);
  else
    wt_timeline_view_scroll_to_bottom (self->view);

  update_nothing (self);
  wt_chat_view_update_jump (self);
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtChatView) self = data;
  g_autoptr (GError) error = NULL;
  gboolean prepared = wt_timeline_prepare_finish (WT_TIMELINE (source), result, &error);

  if (self->timeline != WT_TIMELINE (source) || self->prepared
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (!prepared)
    {
      g_autofree char *words = wt_error_words_sentence (error);

      wt_chat_view_report (self, words);
    }
  show_timeline (self);
}

static void
open_conversation (WtChatView *self, WtConversation *conversation)
{
  gint64 read = wt_conversation_get_read_seq (conversation);
  guint n_messages, first;

  self->conversation = g_object_ref (conversation);
  self->wanted_seq = self->opening_seq;
  self->marked_seq = read;
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->session,
                wt_profile_get_session (self->profile, wt_conversation_get_account (conversation)));
  wt_message_context_set_conversation (self->context, self->session, conversation);
  g_signal_group_set_target (self->conversation_signals, conversation);
  wt_chat_view_fill_composer (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->composer), self->session != NULL);
  if (self->session == NULL)
    return;

  self->timeline = wt_session_open_timeline (self->session, conversation);
  g_signal_group_set_target (self->timeline_signals, self->timeline);
  n_messages = get_n_messages (self);
  if (wt_conversation_get_unread (conversation) > 0 && read < n_messages)
    self->divider_seq = read + 1;

  if (self->wanted_seq > 0)
    first = (guint) self->wanted_seq - 1;
  else
    first = self->divider_seq > 0 ? (guint) self->divider_seq - 1 : MAX (n_messages, 1) - 1;
  wt_timeline_prepare_async (self->timeline, first, self->cancellable, on_prepared,
                             g_object_ref (self));
}

static void
close_conversation (WtChatView *self)
{
  if (self->conversation == NULL)
    return;

  wt_composer_finish_composing (self->composer);
  wt_chat_view_save_draft (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  wt_chat_view_clear_announcement (self);
  g_signal_group_set_target (self->conversation_signals, NULL);
  g_signal_group_set_target (self->timeline_signals, NULL);
  self->prepared = FALSE;
  self->divider_seq = self->marked_seq = self->wanted_seq = 0;
  if (self->view != NULL)
    wt_timeline_view_set_model (self->view, NULL);
  wt_message_context_set_conversation (self->context, NULL, NULL);
  g_clear_object (&self->timeline);
  g_clear_object (&self->session);
  g_clear_object (&self->conversation);
}

static void
wt_chat_view_map (GtkWidget *widget)
{
  WtChatView *self = WT_CHAT_VIEW (widget);

  GTK_WIDGET_CLASS (wt_chat_view_parent_class)->map (widget);
  wt_chat_view_start_clock (self);
  wt_chat_view_mark_read (self);
}

static void
wt_chat_view_unmap (GtkWidget *widget)
{
  wt_chat_view_stop_clock (WT_CHAT_VIEW (widget));
  GTK_WIDGET_CLASS (wt_chat_view_parent_class)->unmap (widget);
}

static void
on_active_changed (WtChatView *self)
{
  wt_chat_view_check_clock (self);
  wt_chat_view_mark_read (self);
}

static void
wt_chat_view_root (GtkWidget *widget)
{
  WtChatView *self = WT_CHAT_VIEW (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (wt_chat_view_parent_class)->root (widget);
  root = gtk_widget_get_root (widget);
  /* No signal group: GLib 2.74's asserts when its target is in its last moments, as a window is when it unroots. */
  if (GTK_IS_WINDOW (root))
    g_signal_connect_object (root, "notify::is-active", G_CALLBACK (on_active_changed), self,
                             G_CONNECT_SWAPPED);
}

static void
wt_chat_view_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), on_active_changed, widget);
  GTK_WIDGET_CLASS (wt_chat_view_parent_class)->unroot (widget);
}

static void
wt_chat_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((WtChatViewProperty) id)
    {
    case PROP_CONVERSATION:
      g_value_set_object (value, WT_CHAT_VIEW (object)->conversation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_chat_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((WtChatViewProperty) id)
    {
    case PROP_CONVERSATION:
      wt_chat_view_set_conversation (WT_CHAT_VIEW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_chat_view_dispose (GObject *object)
{
  WtChatView *self = WT_CHAT_VIEW (object);

  if (self->composer != NULL)
    close_conversation (self);
  wt_chat_view_clear_draft_timer (self);
  g_clear_handle_id (&self->update_source, g_source_remove);
  wt_chat_view_stop_clock (self);
  self->view = NULL;
  self->search = NULL;
  self->composer = NULL;
  g_clear_pointer (&self->drop_here, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  wt_chat_view_forget_drafts (self);
  g_clear_object (&self->conversation_signals);
  g_clear_object (&self->timeline_signals);
  g_clear_object (&self->context);
  g_clear_object (&self->text_scale);
  g_clear_object (&self->settings);
  g_clear_object (&self->desktop);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (wt_chat_view_parent_class)->dispose (object);
}

static void
wt_chat_view_finalize (GObject *object)
{
  g_clear_pointer (&WT_CHAT_VIEW (object)->unsent, wt_unsent_free);
  g_clear_pointer (&WT_CHAT_VIEW (object)->drafts, g_hash_table_unref);

  G_OBJECT_CLASS (wt_chat_view_parent_class)->finalize (object);
}

static void
wt_chat_view_class_init (WtChatViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wt_chat_view_get_property;
  object_class->set_property = wt_chat_view_set_property;
  object_class->dispose = wt_chat_view_dispose;
  object_class->finalize = wt_chat_view_finalize;
  widget_class->map = wt_chat_view_map;
  widget_class->unmap = wt_chat_view_unmap;
  widget_class->root = wt_chat_view_root;
  widget_class->unroot = wt_chat_view_unroot;

  properties[PROP_CONVERSATION] = g_param_spec_object (
      "conversation", NULL, NULL, WT_TYPE_CONVERSATION,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_TROUBLE] = g_signal_new ("trouble", WT_TYPE_CHAT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  signals[SIGNAL_DELETED] = g_signal_new ("deleted", WT_TYPE_CHAT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, WT_TYPE_DELETION);

  wt_chat_view_install_select (widget_class);
  gtk_widget_class_set_css_name (widget_class, "chatview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wt_chat_view_init (WtChatView *self)
{
  self->unsent = wt_unsent_new ();
  self->conversation_signals = g_signal_group_new (WT_TYPE_CONVERSATION);
  g_signal_group_connect_swapped (self->conversation_signals, "notify::unread",
                                  G_CALLBACK (wt_chat_view_queue_update), self);
  g_signal_group_connect_swapped (self->conversation_signals, "notify::title",
                                  G_CALLBACK (wt_chat_view_name_composer), self);
  self->timeline_signals = g_signal_group_new (WT_TYPE_TIMELINE);
  g_signal_group_connect_swapped (self->timeline_signals, "items-changed",
                                  G_CALLBACK (on_items_changed), self);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), wt_chat_view_make_timeline (self));
  self->composer = WT_COMPOSER (wt_composer_new ());
  gtk_widget_set_sensitive (GTK_WIDGET (self->composer), FALSE);
  gtk_box_append (GTK_BOX (self->box), wt_chat_view_clamp (GTK_WIDGET (self->composer)));

  wt_chat_view_init_keys (self);
  wt_chat_view_init_rows (self);
  wt_chat_view_init_select (self);
  wt_chat_view_init_drag (self);
  wt_chat_view_init_clock (self);
  wt_chat_view_init_drafts (self);
  wt_chat_view_init_send (self);
  wt_chat_view_init_drop (self);
  wt_chat_view_init_reply (self);
}

/**
 * wt_chat_view_new:
 * @profile: whose conversations are shown
 * @settings: (nullable): with the keys `enter-sends`, `scale-pictures` and `text-scale`
 *
 * Returns: (transfer floating): a view without a conversation
 */
GtkWidget *
wt_chat_view_new (WtProfile *profile, GSettings *settings)
{
  g_return_val_if_fail (WT_IS_PROFILE (profile), NULL);

  WtChatView *self = g_object_new (WT_TYPE_CHAT_VIEW, NULL);

  self->profile = g_object_ref (profile);
  wt_composer_set_stickers (self->composer, wt_profile_get_stickers (profile));
  wt_composer_set_loader (self->composer, wt_message_context_get_loader (self->context));
  if (settings != NULL)
    {
      self->settings = g_object_ref (settings);
      g_settings_bind (settings, "enter-sends", self->composer, "enter-sends", G_SETTINGS_BIND_GET);
      g_settings_bind (settings, "scale-pictures", self->composer, "scale-pictures",
                       G_SETTINGS_BIND_GET);
      wt_composer_follow_spelling (self->composer, settings);
      self->text_scale = wt_text_scale_new (settings);
    }

  return GTK_WIDGET (self);
}

/**
 * wt_chat_view_set_conversation:
 * @self: a view
 * @conversation: (nullable): what to show
 *
 * Opens a conversation at its first unread message, or at the end. What was typed and attached in the one before is kept
 * as its draft; what was replied to there is kept until the program ends.
 */
void
wt_chat_view_set_conversation (WtChatView *self, WtConversation *conversation)
{
  g_return_if_fail (WT_IS_CHAT_VIEW (self));
  g_return_if_fail (conversation == NULL || WT_IS_CONVERSATION (conversation));

  if (self->conversation == conversation)
    return;

  close_conversation (self);
  if (self->search != NULL)
    wt_search_bar_set_conversation (self->search, conversation);
  if (conversation != NULL)
    {
      open_conversation (self, conversation);
    }
  else
    {
      wt_chat_view_fill_composer (self);
      gtk_widget_set_sensitive (GTK_WIDGET (self->composer), FALSE);
    }
  self->opening_seq = 0;
  update_nothing (self);
  wt_chat_view_update_jump (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
}

/**
 * wt_chat_view_get_conversation:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what is shown
 */
WtConversation *
wt_chat_view_get_conversation (WtChatView *self)
{
  g_return_val_if_fail (WT_IS_CHAT_VIEW (self), NULL);

  return self->conversation;
}

/**
 * wt_chat_view_focus_composer:
 * @self: a view
 *
 * Puts the focus where one types.
 */
void
wt_chat_view_focus_composer (WtChatView *self)
{
  g_return_if_fail (WT_IS_CHAT_VIEW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

/**
 * wt_chat_view_mention:
 * @self: a view
 * @member: somebody who wrote there
 *
 * Mentions somebody in what is being written.
 */
void
wt_chat_view_mention (WtChatView *self, WtMember *member)
{
  g_return_if_fail (WT_IS_CHAT_VIEW (self));
  g_return_if_fail (WT_IS_MEMBER (member));

  if (self->session != NULL)
    wt_composer_mention (self->composer, member);
}

/**
 * wt_chat_view_get_context:
 * @self: a view
 *
 * Returns: (transfer none): what knows session and conversation, and jumps to messages
 */
WtMessageContext *
wt_chat_view_get_context (WtChatView *self)
{
  g_return_val_if_fail (WT_IS_CHAT_VIEW (self), NULL);

  return self->context;
}

/*< private >
 * wt_chat_view_report_deletion:
 * @self: a view
 * @deletion: of a message here
 */
void
wt_chat_view_report_deletion (WtChatView *self, WtDeletion *deletion)
{
  g_signal_emit (self, signals[SIGNAL_DELETED], 0, deletion);
}
