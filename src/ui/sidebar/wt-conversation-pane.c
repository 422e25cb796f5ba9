/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-conversation-pane-private.h"

#include "wt-conversation-words.h"

#include <glib/gi18n-lib.h>

/* Of both kinds: some fifty of each, which is more than a screen shows. */
#define FIRST_LISTED 100

G_DEFINE_FINAL_TYPE (WtConversationPane, wt_conversation_pane, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_GROUPS = 1,
} WtConversationPaneProperty;

static GParamSpec *properties[PROP_GROUPS + 1];

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_LOOKED_AT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_shown (gpointer item, gpointer data)
{
  WtConversationPane *self = data;
  WtConversation *conversation = item;
  gboolean group = wt_conversation_get_kind (conversation) == WT_CONVERSATION_GROUP;
  gboolean archived = wt_conversation_get_record (conversation)->archived;

  /* Who looks for something finds it wherever it is. */
  if (group != self->groups || wt_conversation_get_hidden (conversation)
      || (*self->wanted == '\0' && archived != self->archived))
    return FALSE;
  return wt_conversation_matches (conversation, self->wanted);
}

/* As a rule there are chats, and nobody sees this. */
static void
add_status_page (WtConversationPane *self,
                 const char *name,
                 const char *icon,
                 const char *title,
                 const char *description,
                 GtkWidget *button)
{
  GtkWidget *page = g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", icon, "title", title,
                                  "description", description, "child", button, NULL);

  gtk_widget_add_css_class (page, "compact");
  gtk_stack_add_named (self->stack, page, name);
}

static GtkWidget *
make_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  return button;
}

static void
make_page (WtConversationPane *self, const char *name)
{
  if (g_str_equal (name, "nothing"))
    add_status_page (self, name, "system-search-symbolic", _ ("Nothing Found"),
                     _ ("Try another name, user id or word from the last message."), NULL);
  else if (self->groups)
    add_status_page (
        self, name, "wt-groups-symbolic", _ ("No Groups Yet"),
        _ ("A group appears here when somebody writes in it, or when you write first."),
        make_button (_ ("New _Group"), "win.new-group"));
  else
    add_status_page (
        self, name, "wt-chats-symbolic", _ ("No Chats Yet"),
        _ ("A chat appears here when somebody writes to you, or when you write first."),
        make_button (_ ("_New Chat"), "win.new-chat"));
}

static gboolean
is_all_listed (WtConversationPane *self)
{
  return self->conversations != NULL && gtk_slice_list_model_get_model (self->listed) != NULL
         && g_list_model_get_n_items (G_LIST_MODEL (self->listed))
                == g_list_model_get_n_items (G_LIST_MODEL (self->conversations));
}

/*
 * wt_conversation_pane_update_stack:
 * @self: a pane
 *
 * Shows the list, or says what is missing.
 */
void
wt_conversation_pane_update_stack (WtConversationPane *self)
{
  const char *page = "list";

  /* There is nothing to say before it is known what there is. */
  if (is_all_listed (self) && g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) == 0)
    page = *self->wanted != '\0' ? "nothing" : "empty";
  if (gtk_stack_get_child_by_name (self->stack, page) == NULL)
    make_page (self, page);
  gtk_stack_set_visible_child_name (self->stack, page);
}

static guint
find (WtConversationPane *self, WtConversation *conversation)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WtConversation) item = g_list_model_get_item (G_LIST_MODEL (self->filtered), i);

      if (item == conversation)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* The selection follows the conversation that is open, wherever a change of the list moved it. */
static void
sync_selection (WtConversationPane *self)
{
  guint position = GTK_INVALID_LIST_POSITION;

  if (gtk_single_selection_get_selected_item (self->selection) == (gpointer) self->current)
    return;
  /* Only one of the two panes has it: the other need not look for it. */
  if (self->current != NULL && is_shown (self->current, self))
    position = find (self, self->current);

  self->syncing = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->syncing = FALSE;
}

/* Whoever looks at the newest goes on to do so: the list itself would keep what it shows in its place, and what comes up
 * would be out of sight. */
static void
stay_at_top (WtConversationPane *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  guint first = 0;

  if (gtk_adjustment_get_value (adjustment) <= gtk_adjustment_get_lower (adjustment)
      && g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", first);
}

static void
on_items_changed (WtConversationPane *self)
{
  sync_selection (self);
  stay_at_top (self);
  wt_conversation_pane_update_stack (self);
}

static void
set_archived (WtConversationPane *self, gboolean archived)
{
  if (archived == self->archived)
    return;

  self->archived = archived;
  gtk_widget_set_visible (self->archived_header, archived);
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  on_items_changed (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  archived       ? _ ("Archived")
                                  : self->groups ? _ ("Groups")
                                                 : _ ("Chats"),
                                  -1);
}

/* The row at the end of the list, while there is something behind it. */
static void
update_archived (WtConversationPane *self)
{
  WtConversationKind kind = self->groups ? WT_CONVERSATION_GROUP : WT_CONVERSATION_DIRECT;
  guint n = self->conversations != NULL
                ? wt_conversation_list_get_archived (self->conversations, kind)
                : 0;
  guint unread = self->conversations != NULL
                     ? wt_conversation_list_get_archived_unread (self->conversations, kind)
                     : 0;
  g_autofree char *count = g_strdup_printf ("%u", n);
  g_autofree char *badge = wt_conversation_words_count (unread);
  g_autofree char *chats = g_strdup_printf (ngettext ("Archived, %u chat", "Archived, %u chats", n),
                                            n);
  g_autofree char *messages = g_strdup_printf (
      ngettext ("%u unread message", "%u unread messages", unread), unread);
  /* TRANSLATORS: how many chats are archived, how many messages in them are unread */
  g_autofree char *both = g_strdup_printf (_ ("%s, %s"), chats, messages);

  if (n == 0)
    set_archived (self, FALSE);
  gtk_label_set_label (self->archived_count, count);
  gtk_label_set_label (self->archived_unread, badge);
  gtk_widget_set_visible (GTK_WIDGET (self->archived_unread), unread > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->archived_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, unread > 0 ? both : chats, -1);
  gtk_widget_set_visible (self->archived_button, n > 0 && !self->archived && *self->wanted == '\0');
}

static void
show_archived (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtConversationPane *self = WT_CONVERSATION_PANE (widget);

  set_archived (self, !self->archived);
  update_archived (self);
  gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static gboolean
on_key (WtConversationPane *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key != GDK_KEY_Escape || !self->archived)
    return GDK_EVENT_PROPAGATE;
  show_archived (GTK_WIDGET (self), NULL, NULL);
  return GDK_EVENT_STOP;
}

static void
on_selected (WtConversationPane *self)
{
  WtConversation *selected = gtk_single_selection_get_selected_item (self->selection);

  if (self->syncing || selected == NULL || selected == self->current)
    return;
  g_signal_emit (self, signals[SIGNAL_LOOKED_AT], 0, selected);
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wt_conversation_pane_show_menu_at_focus (WT_CONVERSATION_PANE (widget));
}

static void
on_activate (WtConversationPane *self, guint position)
{
  g_autoptr (WtConversation) conversation = g_list_model_get_item (G_LIST_MODEL (self->filtered),
                                                                   position);

  if (conversation != NULL)
    wt_conversation_pane_choose (self, conversation);
}

static void
wt_conversation_pane_constructed (GObject *object)
{
  WtConversationPane *self = WT_CONVERSATION_PANE (object);

  G_OBJECT_CLASS (wt_conversation_pane_parent_class)->constructed (object);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->groups ? _ ("Groups") : _ ("Chats"), -1);
}

static void
fill_model (WtConversationPane *self)
{
  gtk_slice_list_model_set_model (self->listed, G_LIST_MODEL (self->conversations));
  wt_conversation_pane_update_stack (self);
}

/* A list looks at all of its model and makes some two hundred places for it, on the page that is not shown too: not before it
 * is, and before its first frame for the newest only. */
static void
wt_conversation_pane_map (GtkWidget *widget)
{
  WtConversationPane *self = WT_CONVERSATION_PANE (widget);

  if (gtk_list_view_get_model (self->list) == NULL)
    {
      fill_model (self);
      gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
    }
  GTK_WIDGET_CLASS (wt_conversation_pane_parent_class)->map (widget);
  wt_conversation_pane_watch_frames (self);
}

static void
wt_conversation_pane_unmap (GtkWidget *widget)
{
  WtConversationPane *self = WT_CONVERSATION_PANE (widget);

  wt_conversation_pane_forget_frames (self);
  GTK_WIDGET_CLASS (wt_conversation_pane_parent_class)->unmap (widget);
}

static void
wt_conversation_pane_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  WtConversationPane *self = WT_CONVERSATION_PANE (object);

  switch ((WtConversationPaneProperty) id)
    {
    case PROP_GROUPS:
      self->groups = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_conversation_pane_dispose (GObject *object)
{
  WtConversationPane *self = WT_CONVERSATION_PANE (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_weak_pointer (&self->before_menu);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), WT_TYPE_CONVERSATION_PANE);

  G_OBJECT_CLASS (wt_conversation_pane_parent_class)->dispose (object);
}

static void
wt_conversation_pane_finalize (GObject *object)
{
  WtConversationPane *self = WT_CONVERSATION_PANE (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->listed);
  g_clear_object (&self->filter);
  g_clear_object (&self->conversations);
  g_clear_object (&self->current);
  g_clear_pointer (&self->wanted, g_free);

  G_OBJECT_CLASS (wt_conversation_pane_parent_class)->finalize (object);
}

static void
wt_conversation_pane_class_init (WtConversationPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = wt_conversation_pane_constructed;
  object_class->set_property = wt_conversation_pane_set_property;
  object_class->dispose = wt_conversation_pane_dispose;
  object_class->finalize = wt_conversation_pane_finalize;
  widget_class->map = wt_conversation_pane_map;
  widget_class->unmap = wt_conversation_pane_unmap;

  properties[PROP_GROUPS] = g_param_spec_boolean ("groups", NULL, NULL, FALSE,
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY
                                                      | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, WT_TYPE_CONVERSATION);
  signals[SIGNAL_LOOKED_AT] = g_signal_new ("looked-at", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                            WT_TYPE_CONVERSATION);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "pane.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "pane.archived", NULL, show_archived);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/sidebar/wt-conversation-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, WtConversationPane, box);
  gtk_widget_class_bind_template_child (widget_class, WtConversationPane, archived_header);
  gtk_widget_class_bind_template_child (widget_class, WtConversationPane, archived_button);
  gtk_widget_class_bind_template_child (widget_class, WtConversationPane, archived_count);
  gtk_widget_class_bind_template_child (widget_class, WtConversationPane, archived_unread);
  gtk_widget_class_bind_template_child (widget_class, WtConversationPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, WtConversationPane, stack);
  gtk_widget_class_bind_template_child (widget_class, WtConversationPane, list);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
wt_conversation_pane_init (WtConversationPane *self)
{
  g_autoptr (GtkListItemFactory) factory = wt_conversation_pane_make_factory (self);

  self->wanted = g_strdup ("");
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  self->listed = gtk_slice_list_model_new (NULL, 0, FIRST_LISTED);
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->listed)),
                                              g_object_ref (self->filter));
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->filtered));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  /* After the list view, which must know of the items before one of them is selected. */
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_list_view_set_factory (self->list, factory);
}

/**
 * wt_conversation_pane_set_model:
 * @self: a pane
 * @conversations: (nullable): all conversations; the pane shows its own kind
 */
void
wt_conversation_pane_set_model (WtConversationPane *self, WtConversationList *conversations)
{
  g_return_if_fail (WT_IS_CONVERSATION_PANE (self));

  if (!g_set_object (&self->conversations, conversations))
    return;
  if (conversations == NULL || gtk_list_view_get_model (self->list) != NULL)
    fill_model (self);
  if (conversations != NULL)
    {
      const char *chats = self->groups ? "notify::archived-groups" : "notify::archived-direct";
      const char *unread = self->groups ? "notify::archived-unread-groups"
                                        : "notify::archived-unread-direct";

      g_signal_connect_object (conversations, chats, G_CALLBACK (update_archived), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (conversations, unread, G_CALLBACK (update_archived), self,
                               G_CONNECT_SWAPPED);
    }
  update_archived (self);
}

/**
 * wt_conversation_pane_set_filter:
 * @self: a pane
 * @text: (nullable): what the user typed
 */
void
wt_conversation_pane_set_filter (WtConversationPane *self, const char *text)
{
  g_return_if_fail (WT_IS_CONVERSATION_PANE (self));

  g_autofree char *wanted = wt_conversation_fold (text);
  GtkFilterChange change = GTK_FILTER_CHANGE_DIFFERENT;
  gboolean searching = *wanted != '\0' && *self->wanted != '\0';

  if (g_str_equal (wanted, self->wanted))
    return;
  if (searching && strstr (wanted, self->wanted) != NULL)
    change = GTK_FILTER_CHANGE_MORE_STRICT;
  else if (searching && strstr (self->wanted, wanted) != NULL)
    change = GTK_FILTER_CHANGE_LESS_STRICT;

  g_clear_pointer (&self->wanted, g_free);
  self->wanted = g_steal_pointer (&wanted);
  gtk_filter_changed (self->filter, change);
  update_archived (self);
  on_items_changed (self);
}

/**
 * wt_conversation_pane_set_current:
 * @self: a pane
 * @conversation: (nullable): the open conversation, to be shown as selected if it is of this pane
 */
void
wt_conversation_pane_set_current (WtConversationPane *self, WtConversation *conversation)
{
  g_return_if_fail (WT_IS_CONVERSATION_PANE (self));

  g_set_object (&self->current, conversation);
  sync_selection (self);
}

/**
 * wt_conversation_pane_grab_list:
 * @self: a pane
 *
 * Returns: whether the keyboard focus could be put into the list
 */
gboolean
wt_conversation_pane_grab_list (WtConversationPane *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_PANE (self), FALSE);

  return gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/**
 * wt_conversation_pane_get_first:
 * @self: a pane
 *
 * Returns: (transfer full) (nullable): the topmost conversation that the filter leaves
 */
WtConversation *
wt_conversation_pane_get_first (WtConversationPane *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_PANE (self), NULL);
  return g_list_model_get_item (G_LIST_MODEL (self->filtered), 0);
}

/**
 * wt_conversation_pane_get_beside:
 * @self: a pane
 * @step: 1 for the next one, -1 for the one before
 *
 * Returns: (transfer full) (nullable): the conversation beside the open one
 */
WtConversation *
wt_conversation_pane_get_beside (WtConversationPane *self, int step)
{
  g_return_val_if_fail (WT_IS_CONVERSATION_PANE (self), NULL);

  guint position = gtk_single_selection_get_selected (self->selection);

  if (position == GTK_INVALID_LIST_POSITION)
    return wt_conversation_pane_get_first (self);
  if (step < 0 && position == 0)
    return NULL;
  return g_list_model_get_item (G_LIST_MODEL (self->filtered),
                                step < 0 ? position - 1 : position + 1);
}

/*
 * wt_conversation_pane_choose:
 * @self: a pane
 * @conversation: the one that the user wants to have open
 */
void
wt_conversation_pane_choose (WtConversationPane *self, WtConversation *conversation)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, conversation);
}
