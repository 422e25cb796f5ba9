/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-details-pane-private.h"

#include "wt-error-words.h"
#include "wt-member-view.h"
#include "wt-shared-view.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (WtDetailsPane, wt_details_pane, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_MENTION,
  SIGNAL_CHAT,
  SIGNAL_LINKS,
  SIGNAL_CLOSED,
  SIGNAL_DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Looking at a picture takes its message, which may have to be read first. */

static void
forget_opening (WtDetailsPane *self)
{
  if (self->opening != NULL)
    g_signal_handlers_disconnect_by_data (self->opening, self);
  g_clear_object (&self->opening);
  g_clear_object (&self->timeline);
}

static void
view_opened (WtDetailsPane *self)
{
  if (self->opening == NULL || !wt_message_get_loaded (self->opening))
    return;

  g_autoptr (WtMessage) message = g_object_ref (self->opening);

  forget_opening (self);
  if (!wt_message_get_deleted (message))
    wt_message_context_view (self->context, message, self->position);
}

/* Shows a picture in full. */
void
wt_details_pane_view (WtDetailsPane *self, WtShared *shared)
{
  const WtSharedRecord *record = wt_shared_get_record (shared);

  /* One that is not here is fetched from its message. */
  if (record->attachment->blob == NULL || self->session == NULL)
    {
      wt_message_context_jump (self->context, record->seq);
      g_signal_emit (self, signals[SIGNAL_DONE], 0);
      return;
    }
  forget_opening (self);
  self->timeline = wt_session_open_timeline (self->session, self->conversation);
  self->opening = g_list_model_get_item (G_LIST_MODEL (self->timeline), (guint) record->seq - 1);
  self->position = (guint) record->attachment->position;
  if (self->opening == NULL)
    return;
  g_signal_connect_object (self->opening, "notify::loaded", G_CALLBACK (view_opened), self,
                           G_CONNECT_SWAPPED);
  view_opened (self);
}

static void
on_member (WtDetailsPane *self, WtMember *member)
{
  g_signal_emit (self, signals[SIGNAL_MENTION], 0, member);
}

static void
on_ensured (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtDetailsPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtConversation) conversation = wt_session_ensure_conversation_finish (
      WT_SESSION (source), result, &error);

  if (self->stack == NULL)
    return;
  if (conversation != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_CHAT], 0, conversation);
      return;
    }

  g_autofree char *words = wt_error_words_sentence (error);

  wt_message_context_report (self->context, words);
}

static void
on_member_chat (WtDetailsPane *self, WtMember *member)
{
  wt_session_ensure_conversation_async (self->session, WT_CONVERSATION_DIRECT,
                                        wt_member_get_platform (member),
                                        wt_member_get_user_id (member), wt_member_get_name (member),
                                        NULL, NULL, NULL, on_ensured, g_object_ref (self));
}

/* Links are in the text: they are what a search finds. */
static void
on_list (WtDetailsPane *self, const char *kind)
{
  if (g_str_equal (kind, "link"))
    g_signal_emit (self, signals[SIGNAL_LINKS], 0);
  else
    wt_details_pane_show_list (self, kind);
}

static void
on_back (WtDetailsPane *self)
{
  wt_details_pane_back (self);
}

static void
go_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wt_details_pane_back (WT_DETAILS_PANE (widget));
}

static gboolean
on_key (WtDetailsPane *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  if (!wt_details_pane_back (self))
    g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
  return GDK_EVENT_STOP;
}

static void
wt_details_pane_map (GtkWidget *widget)
{
  WtDetailsPane *self = WT_DETAILS_PANE (widget);

  GTK_WIDGET_CLASS (wt_details_pane_parent_class)->map (widget);
  if (self->focus_wanted)
    wt_details_pane_focus (self);
}

static void
wt_details_pane_dispose (GObject *object)
{
  WtDetailsPane *self = WT_DETAILS_PANE (object);

  forget_opening (self);
  wt_details_pane_dispose_menu (self);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->members);
  g_clear_object (&self->session);
  g_clear_object (&self->conversation);
  g_clear_object (&self->context);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (wt_details_pane_parent_class)->dispose (object);
}

static void
wt_details_pane_finalize (GObject *object)
{
  g_clear_pointer (&WT_DETAILS_PANE (object)->kind, g_free);

  G_OBJECT_CLASS (wt_details_pane_parent_class)->finalize (object);
}

static void
wt_details_pane_class_init (WtDetailsPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_details_pane_dispose;
  object_class->finalize = wt_details_pane_finalize;
  widget_class->map = wt_details_pane_map;
  signals[SIGNAL_MENTION] = g_signal_new ("mention", WT_TYPE_DETAILS_PANE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, WT_TYPE_MEMBER);
  signals[SIGNAL_CHAT] = g_signal_new ("chat", WT_TYPE_DETAILS_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, WT_TYPE_CONVERSATION);
  signals[SIGNAL_LINKS] = g_signal_new ("links", WT_TYPE_DETAILS_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", WT_TYPE_DETAILS_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DONE] = g_signal_new ("done", WT_TYPE_DETAILS_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "details.back", NULL, go_back);
  wt_details_pane_install_menu (widget_class);
  gtk_widget_class_set_css_name (widget_class, "details");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_REGION);
}

static GtkWidget *
make_list_page (WtDetailsPane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");

  self->back = back;
  gtk_widget_add_css_class (back, "flat");
  gtk_widget_set_tooltip_text (back, _ ("Back to the Details"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Back to the Details"), -1);
  g_signal_connect_object (back, "clicked", G_CALLBACK (on_back), self, G_CONNECT_SWAPPED);
  self->list_title = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->list_title, "heading");
  gtk_widget_add_css_class (header, "details-header");
  gtk_box_append (GTK_BOX (header), back);
  gtk_box_append (GTK_BOX (header), self->list_title);
  gtk_box_append (GTK_BOX (box), header);
  self->list = ADW_BIN (adw_bin_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->list), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  return box;
}

static void
wt_details_pane_init (WtDetailsPane *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->stack = gtk_stack_new ();
  gtk_stack_set_transition_type (GTK_STACK (self->stack),
                                 GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT_RIGHT);
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), TRUE);
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  wt_details_pane_init_menu (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Details"), -1);
}

/**
 * wt_details_pane_new:
 * @profile: whose conversations are shown
 * @context: the chat view's, to jump, look at pictures and report trouble
 *
 * Returns: (transfer floating): a pane without a conversation
 */
GtkWidget *
wt_details_pane_new (WtProfile *profile, WtMessageContext *context)
{
  g_return_val_if_fail (WT_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (WT_IS_MESSAGE_CONTEXT (context), NULL);

  WtDetailsPane *self = g_object_new (WT_TYPE_DETAILS_PANE, NULL);

  self->profile = g_object_ref (profile);
  self->context = g_object_ref (context);
  self->page = WT_DETAILS_PAGE (wt_details_page_new (context));
  g_signal_connect_object (self->page, "list", G_CALLBACK (on_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "chosen", G_CALLBACK (wt_details_pane_view), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_add_child (GTK_STACK (self->stack), GTK_WIDGET (self->page));
  self->list_page = make_list_page (self);
  gtk_stack_add_child (GTK_STACK (self->stack), self->list_page);
  return GTK_WIDGET (self);
}

/**
 * wt_details_pane_set_conversation:
 * @self: a pane
 * @conversation: (nullable): what to show; %NULL while nobody looks: then nothing is read for it
 */
void
wt_details_pane_set_conversation (WtDetailsPane *self, WtConversation *conversation)
{
  g_return_if_fail (WT_IS_DETAILS_PANE (self));

  WtSession *session;

  if (self->conversation == conversation)
    return;
  session = conversation != NULL
                ? wt_profile_get_session (self->profile, wt_conversation_get_account (conversation))
                : NULL;
  if (session == NULL)
    conversation = NULL;

  wt_details_pane_back (self);
  forget_opening (self);
  g_clear_object (&self->members);
  g_set_object (&self->conversation, conversation);
  g_set_object (&self->session, session);
  if (conversation != NULL)
    self->members = wt_session_open_members (session, conversation);
  wt_details_page_set_conversation (self->page, session, conversation, self->members);
}

/**
 * wt_details_pane_get_conversation:
 * @self: a pane
 *
 * Returns: (transfer none) (nullable): what is shown
 */
WtConversation *
wt_details_pane_get_conversation (WtDetailsPane *self)
{
  g_return_val_if_fail (WT_IS_DETAILS_PANE (self), NULL);

  return self->conversation;
}

static const char *
list_words (const char *kind)
{
  if (g_str_equal (kind, "members"))
    return _ ("Members");
  if (g_str_equal (kind, "image"))
    return _ ("Pictures");
  return g_str_equal (kind, "voice") ? _ ("Recordings") : _ ("Files");
}

static GtkWidget *
make_list (WtDetailsPane *self, const char *kind)
{
  GtkWidget *view;

  if (g_str_equal (kind, "members"))
    {
      view = wt_member_view_new (self->members);
      g_signal_connect_object (view, "chosen", G_CALLBACK (on_member), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (view, "chat", G_CALLBACK (on_member_chat), self, G_CONNECT_SWAPPED);
    }
  else
    {
      g_autoptr (WtSharedList) list = wt_session_open_shared (self->session, self->conversation,
                                                              kind);

      view = wt_shared_view_new (list, self->context, kind);
      if (g_str_equal (kind, "image"))
        g_signal_connect_object (view, "chosen", G_CALLBACK (wt_details_pane_view), self,
                                 G_CONNECT_SWAPPED);
    }
  return view;
}

/* Where one types, or the way back: what is listed is one step on, once it is there. */
static void
focus_list (WtDetailsPane *self)
{
  if (g_str_equal (self->kind, "members"))
    gtk_widget_child_focus (adw_bin_get_child (self->list), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (self->back);
}

/**
 * wt_details_pane_focus:
 * @self: a pane
 *
 * Puts the keyboard focus into it, now or when it comes to be shown.
 */
void
wt_details_pane_focus (WtDetailsPane *self)
{
  g_return_if_fail (WT_IS_DETAILS_PANE (self));

  self->focus_wanted = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->focus_wanted)
    return;
  if (self->kind != NULL)
    focus_list (self);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->page), GTK_DIR_TAB_FORWARD);
}

/**
 * wt_details_pane_show_list:
 * @self: a pane with a conversation
 * @kind: `members`, `image`, `file` or `voice`
 */
void
wt_details_pane_show_list (WtDetailsPane *self, const char *kind)
{
  g_return_if_fail (WT_IS_DETAILS_PANE (self));
  g_return_if_fail (kind != NULL);

  if (self->conversation == NULL)
    return;
  g_free (self->kind);
  self->kind = g_strdup (kind);
  gtk_label_set_label (GTK_LABEL (self->list_title), list_words (kind));
  adw_bin_set_child (self->list, make_list (self, kind));
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->list_page);
  focus_list (self);
}

/**
 * wt_details_pane_get_list:
 * @self: a pane
 *
 * Returns: (transfer none) (nullable): which list is shown, as for wt_details_pane_show_list(); %NULL: none
 */
const char *
wt_details_pane_get_list (WtDetailsPane *self)
{
  g_return_val_if_fail (WT_IS_DETAILS_PANE (self), NULL);

  return self->kind;
}

/**
 * wt_details_pane_back:
 * @self: a pane
 *
 * Returns: whether a list was left
 */
gboolean
wt_details_pane_back (WtDetailsPane *self)
{
  g_return_val_if_fail (WT_IS_DETAILS_PANE (self), FALSE);

  if (self->kind == NULL)
    return FALSE;
  g_clear_pointer (&self->kind, g_free);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), GTK_WIDGET (self->page));
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_child_focus (GTK_WIDGET (self->page), GTK_DIR_TAB_FORWARD);
  adw_bin_set_child (self->list, NULL);
  return TRUE;
}
