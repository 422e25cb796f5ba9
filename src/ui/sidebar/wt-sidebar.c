/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-sidebar.h"

#include "wt-account-button.h"
#include "wt-conversation-pane.h"
#include "wt-date-words.h"
#include "wt-display-text.h"
#include "wt-safety-bar.h"
#include "wt-trouble-bar.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Shown of what was typed */
#define MOST_FILTER 60

struct _WtSidebar
{
  GtkWidget parent_instance;

  /* Owned. */
  WtProfile *profile;
  guint midnight_source;

  /* Template children. */
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  WtAccountButton *account_button;
  GtkWidget *demo_note;
  GtkEditable *filter;
  GtkWidget *everywhere;
  GtkLabel *everywhere_label;
  GtkWidget *switcher;
  AdwViewStack *stack;
  AdwViewStackPage *chats_page;
  AdwViewStackPage *groups_page;
  WtConversationPane *chats;
  WtConversationPane *groups;
  WtSafetyBar *safety_bar;
  WtTroubleBar *trouble_bar;
};

G_DEFINE_FINAL_TYPE (WtSidebar, wt_sidebar, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_LOOKED_AT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static WtConversationPane *
get_pane (WtSidebar *self)
{
  return WT_CONVERSATION_PANE (adw_view_stack_get_visible_child (self->stack));
}

/* The filter finds chats; messages are one step further, with the same words. */
static void
update_everywhere (WtSidebar *self)
{
  g_autofree char *text = wt_display_text_line (gtk_editable_get_text (self->filter), MOST_FILTER);

  if (*text != '\0')
    {
      g_autofree char *words = g_strdup_printf (_ ("Search messages for “%s”"), text);

      gtk_label_set_text (self->everywhere_label, words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->everywhere),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
    }
  gtk_widget_set_visible (self->everywhere, *text != '\0');
}

static void
on_filter_changed (WtSidebar *self)
{
  const char *text = gtk_editable_get_text (self->filter);

  wt_conversation_pane_set_filter (self->chats, text);
  wt_conversation_pane_set_filter (self->groups, text);
  update_everywhere (self);
}

static void
on_everywhere (WtSidebar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.find-words", "s",
                              gtk_editable_get_text (self->filter));
}

static void
on_filter_stopped (WtSidebar *self)
{
  gtk_editable_set_text (self->filter, "");
  wt_conversation_pane_grab_list (get_pane (self));
}

static void
on_filter_activated (WtSidebar *self)
{
  on_filter_changed (self);

  g_autoptr (WtConversation) first = wt_conversation_pane_get_first (get_pane (self));

  if (first != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, first);
  else
    on_everywhere (self);
}

static gboolean
on_filter_key (WtSidebar *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  return wt_conversation_pane_grab_list (get_pane (self));
}

/* What was typed in the list went to the filter; so does the key that takes it back. */
static gboolean
on_stack_key (WtSidebar *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key != GDK_KEY_Escape || *gtk_editable_get_text (self->filter) == '\0')
    return GDK_EVENT_PROPAGATE;
  on_filter_stopped (self);
  return GDK_EVENT_STOP;
}

static void
on_chosen (WtSidebar *self, WtConversation *conversation)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, conversation);
}

static void
on_looked_at (WtSidebar *self, WtConversation *conversation)
{
  g_signal_emit (self, signals[SIGNAL_LOOKED_AT], 0, conversation);
}

static void wait_for_midnight (WtSidebar *self);

static gboolean
on_midnight (gpointer data)
{
  WtSidebar *self = data;

  self->midnight_source = 0;
  wt_conversation_pane_refresh_times (self->chats);
  wt_conversation_pane_refresh_times (self->groups);
  wait_for_midnight (self);
  return G_SOURCE_REMOVE;
}

/* One timer for all rows. An hour at most, because it stands still while the machine sleeps. */
static void
wait_for_midnight (WtSidebar *self)
{
  guint seconds = wt_date_words_seconds_to_midnight (g_get_real_time ()) + 1;

  self->midnight_source = g_timeout_add_seconds (MIN (seconds, 3600), on_midnight, self);
}

static void
update_secrets_note (WtSidebar *self)
{
  WtSecrets *secrets = wt_profile_get_secrets (self->profile);
  const char *reason = wt_secrets_get_fallback_reason (secrets);
  g_autofree char *note = NULL;

  if (wt_secrets_get_backend (secrets) == WT_SECRETS_FILE && reason != NULL)
    note = g_strdup_printf (_ ("The keys are in a file that only you can read. %s"), reason);
  wt_account_button_set_note (self->account_button, note);
}

static void
wt_sidebar_dispose (GObject *object)
{
  WtSidebar *self = WT_SIDEBAR (object);

  g_clear_handle_id (&self->midnight_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), WT_TYPE_SIDEBAR);
  if (self->profile != NULL)
    g_signal_handlers_disconnect_by_data (wt_profile_get_secrets (self->profile), self);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (wt_sidebar_parent_class)->dispose (object);
}

static void
wt_sidebar_class_init (WtSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_sidebar_dispose;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, WT_TYPE_CONVERSATION);
  signals[SIGNAL_LOOKED_AT] = g_signal_new ("looked-at", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                            WT_TYPE_CONVERSATION);

  g_type_ensure (WT_TYPE_ACCOUNT_BUTTON);
  g_type_ensure (WT_TYPE_CONVERSATION_PANE);
  g_type_ensure (WT_TYPE_SAFETY_BAR);
  g_type_ensure (WT_TYPE_TROUBLE_BAR);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/sidebar/wt-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, WtSidebar, header);
  gtk_widget_class_bind_template_child (widget_class, WtSidebar, title);
  gtk_widget_class_bind_template_child (widget_class, WtSidebar, account_button);
  gtk_widget_class_bind_template_child (widget_class, WtSidebar, demo_note);
  gtk_widget_class_bind_template_child (widget_class, WtSidebar, filter);
  gtk_widget_class_bind_template_child (widget_class, WtSidebar, everywhere);
  gtk_widget_class_bind_template_child (widget_class, WtSidebar, everywhere_label);
  gtk_widget_class_bind_template_child (widget_class, WtSidebar, switcher);
  gtk_widget_class_bind_template_child (widget_class, WtSidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, WtSidebar, chats_page);
  gtk_widget_class_bind_template_child (widget_class, WtSidebar, groups_page);
  gtk_widget_class_bind_template_child (widget_class, WtSidebar, chats);
  gtk_widget_class_bind_template_child (widget_class, WtSidebar, groups);
  gtk_widget_class_bind_template_child (widget_class, WtSidebar, safety_bar);
  gtk_widget_class_bind_template_child (widget_class, WtSidebar, trouble_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_everywhere);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_key);
  gtk_widget_class_bind_template_callback (widget_class, on_stack_key);
}

static void
wt_sidebar_init (WtSidebar *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->filter),
                                           GTK_WIDGET (self->stack));

  for (guint i = 0; i < 2; i++)
    {
      WtConversationPane *pane = i == 0 ? self->chats : self->groups;

      g_signal_connect_object (pane, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (pane, "looked-at", G_CALLBACK (on_looked_at), self,
                               G_CONNECT_SWAPPED);
    }
  wait_for_midnight (self);
}

/**
 * wt_sidebar_set_profile:
 * @self: a sidebar
 * @profile: whose conversations to show
 * @watch: watches the profile's sessions
 * @settings: the program's settings
 *
 * To be called once.
 */
void
wt_sidebar_set_profile (WtSidebar *self,
                        WtProfile *profile,
                        WtSessionWatch *watch,
                        GSettings *settings)
{
  g_return_if_fail (WT_IS_SIDEBAR (self));
  g_return_if_fail (WT_IS_PROFILE (profile));
  g_return_if_fail (self->profile == NULL);

  WtConversationList *conversations = wt_profile_get_conversations (profile);
  WtSecrets *secrets = wt_profile_get_secrets (profile);

  self->profile = g_object_ref (profile);
  wt_conversation_pane_set_model (self->chats, conversations);
  wt_conversation_pane_set_model (self->groups, conversations);
  wt_account_button_set_watch (self->account_button, watch);
  wt_safety_bar_set_watch (self->safety_bar, watch, settings);
  wt_trouble_bar_set_watch (self->trouble_bar, watch);
  g_object_bind_property (conversations, "unread-direct", self->chats_page, "badge-number",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (conversations, "unread-groups", self->groups_page, "badge-number",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (conversations, "mentions-direct", self->chats_page, "needs-attention",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (conversations, "mentions-groups", self->groups_page, "needs-attention",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_object (secrets, "notify", G_CALLBACK (update_secrets_note), self,
                           G_CONNECT_SWAPPED);
  update_secrets_note (self);
}

/**
 * wt_sidebar_set_current:
 * @self: a sidebar
 * @conversation: (nullable): the open conversation
 *
 * Marks it in its pane. Does not change which pane is shown.
 */
void
wt_sidebar_set_current (WtSidebar *self, WtConversation *conversation)
{
  g_return_if_fail (WT_IS_SIDEBAR (self));

  wt_conversation_pane_set_current (self->chats, conversation);
  wt_conversation_pane_set_current (self->groups, conversation);
}

/**
 * wt_sidebar_get_beside:
 * @self: a sidebar
 * @step: 1 for the next one, -1 for the one before
 *
 * Returns: (transfer full) (nullable): the conversation beside the open one in the visible pane
 */
WtConversation *
wt_sidebar_get_beside (WtSidebar *self, int step)
{
  g_return_val_if_fail (WT_IS_SIDEBAR (self), NULL);

  return wt_conversation_pane_get_beside (get_pane (self), step);
}

/**
 * wt_sidebar_get_pane:
 * @self: a sidebar
 *
 * Returns: (transfer none) (nullable): `chats` or `groups`: the visible pane
 */
const char *
wt_sidebar_get_pane (WtSidebar *self)
{
  g_return_val_if_fail (WT_IS_SIDEBAR (self), NULL);

  return adw_view_stack_get_visible_child_name (self->stack);
}

/**
 * wt_sidebar_show_pane:
 * @self: a sidebar
 * @pane: `chats` or `groups`; anything else changes nothing
 */
void
wt_sidebar_show_pane (WtSidebar *self, const char *pane)
{
  g_return_if_fail (WT_IS_SIDEBAR (self));

  if (g_strcmp0 (pane, "chats") == 0 || g_strcmp0 (pane, "groups") == 0)
    adw_view_stack_set_visible_child_name (self->stack, pane);
}

/**
 * wt_sidebar_show_archived:
 * @self: a sidebar
 *
 * Shows what is archived in the visible pane, if anything is, or goes back to the rest.
 */
void
wt_sidebar_show_archived (WtSidebar *self)
{
  g_return_if_fail (WT_IS_SIDEBAR (self));

  gtk_widget_activate_action (GTK_WIDGET (get_pane (self)), "pane.archived", NULL);
}

/**
 * wt_sidebar_focus_filter:
 * @self: a sidebar
 */
void
wt_sidebar_focus_filter (WtSidebar *self)
{
  g_return_if_fail (WT_IS_SIDEBAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->filter));
  gtk_editable_select_region (self->filter, 0, -1);
}

/**
 * wt_sidebar_focus_list:
 * @self: a sidebar
 *
 * Puts the focus on the list, or where one types where it is empty.
 */
void
wt_sidebar_focus_list (WtSidebar *self)
{
  g_return_if_fail (WT_IS_SIDEBAR (self));

  if (!wt_conversation_pane_grab_list (get_pane (self)))
    wt_sidebar_focus_filter (self);
}

/**
 * wt_sidebar_set_demo:
 * @self: a sidebar
 * @demo: whether all this is a demo, to be said aloud
 */
void
wt_sidebar_set_demo (WtSidebar *self, gboolean demo)
{
  g_return_if_fail (WT_IS_SIDEBAR (self));

  gtk_widget_set_visible (self->demo_note, demo);
  adw_window_title_set_subtitle (self->title, demo ? _ ("Demo") : "");
}

/**
 * wt_sidebar_set_show_end_buttons:
 * @self: a sidebar
 * @show: whether its header bar has the window's buttons, as it must when nothing is beside it
 */
void
wt_sidebar_set_show_end_buttons (WtSidebar *self, gboolean show)
{
  g_return_if_fail (WT_IS_SIDEBAR (self));

  adw_header_bar_set_show_end_title_buttons (self->header, show);
}
