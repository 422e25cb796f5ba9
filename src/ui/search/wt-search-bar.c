/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-search-bar-private.h"

#include <glib/gi18n-lib.h>

#include "wt-error-words.h"
#include "wt-search-words.h"

/* Hits are small. */
#define PAGE 200

G_DEFINE_FINAL_TYPE (WtSearchBar, wt_search_bar, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_GO,
  SIGNAL_DAY,
  SIGNAL_WORDS,
  SIGNAL_LIST,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
get_n_hits (WtSearchBar *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->results));
}

static void
say (GtkWidget *label, const char *words)
{
  gtk_label_set_text (GTK_LABEL (label), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
update_count (WtSearchBar *self)
{
  guint n = get_n_hits (self);
  gboolean complete = wt_search_results_get_complete (self->results);
  gboolean asked = !wt_search_filter_is_empty (wt_search_results_get_filter (self->results));
  g_autofree char *words = NULL;

  if (!asked)
    words = g_strdup ("");
  else if (n == 0)
    /* Translators: no hits; and, in the details of a chat, no notifications */
    words = g_strdup (complete ? _ ("None") : _ ("Searching…"));
  else if (complete)
    /* Translators: which hit of how many */
    words = g_strdup_printf (_ ("%u of %u"), self->index + 1, n);
  else
    /* Translators: which hit of how many that are known so far */
    words = g_strdup_printf (_ ("%u of %u+"), self->index + 1, n);
  say (self->count, words);
  gtk_widget_set_sensitive (self->older, n > 0 && (self->index + 1 < n || !complete));
  gtk_widget_set_sensitive (self->newer, n > 0 && self->index > 0);
  gtk_widget_set_sensitive (self->list, asked);
}

static void
update_nothing (WtSearchBar *self)
{
  const WtSearchFilter *filter = wt_search_results_get_filter (self->results);
  const GError *error = wt_search_results_get_error (self->results);
  gboolean nothing = !wt_search_filter_is_empty (filter) && get_n_hits (self) == 0
                     && wt_search_results_get_complete (self->results);
  g_autofree char *searched = NULL;
  g_autofree char *words = NULL;

  if (nothing && error != NULL)
    {
      words = wt_error_words_sentence (error);
    }
  else if (nothing && self->conversation != NULL)
    {
      searched = wt_search_words_nothing (filter, wt_conversation_get_title (self->conversation));
      words = g_strdup_printf (_ ("Nothing found. %s"), searched);
    }
  say (self->nothing, words != NULL ? words : "");
  gtk_widget_set_visible (self->nothing, words != NULL);
  if (nothing)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
}

static void
go (WtSearchBar *self)
{
  g_autoptr (WtSearchHit) hit = g_list_model_get_item (G_LIST_MODEL (self->results), self->index);

  update_count (self);
  if (hit != NULL)
    g_signal_emit (self, signals[SIGNAL_GO], 0, wt_search_hit_get_seq (hit));
}

static void
on_items_changed (WtSearchBar *self, guint position, guint removed, guint added)
{
  guint n = get_n_hits (self);

  /* Others altogether; or some of them went, or came back. */
  if (position == 0 && added == n)
    self->renewed = TRUE;
  else if (position + removed <= self->index)
    self->index += added - removed;
  else if (position < self->index)
    self->index = position;
  self->index = MIN (self->index, MAX (n, 1) - 1);
}

static void
on_results_changed (WtSearchBar *self)
{
  gboolean renewed = self->renewed;

  self->renewed = FALSE;
  if (renewed)
    self->index = 0;
  update_nothing (self);
  update_count (self);
  if (renewed)
    {
      self->stepping = FALSE;
      go (self);
    }
  else if (self->stepping && !wt_search_results_get_searching (self->results))
    {
      self->stepping = FALSE;
      wt_search_bar_step (self, 1);
    }
}

/* Each letter asks anew: what was asked before is given up by the results. */
static void
on_asked (WtSearchBar *self)
{
  g_autoptr (WtSearchFilter) filter = wt_search_filter_new ();

  if (self->conversation == NULL || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  wt_search_conditions_write (self->conditions, filter);
  filter->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  filter->conversation_id = wt_conversation_get_id (self->conversation);
  g_signal_emit (self, signals[SIGNAL_WORDS], 0, filter->text);
  wt_search_results_search (self->results, filter);
}

static void
on_older (WtSearchBar *self)
{
  wt_search_bar_step (self, 1);
}

static void
on_newer (WtSearchBar *self)
{
  wt_search_bar_step (self, -1);
}

static void
on_list (WtSearchBar *self)
{
  g_signal_emit (self, signals[SIGNAL_LIST], 0);
}

static void
on_day (WtSearchBar *self, gint64 time)
{
  g_signal_emit (self, signals[SIGNAL_DAY], 0, time);
}

static gboolean
on_key (WtSearchBar *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;

  wt_search_bar_close (self);
  return GDK_EVENT_STOP;
}

static gboolean
on_entry_key (WtSearchBar *self, guint key, guint code, GdkModifierType state)
{
  gboolean enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter;

  if (!enter || (state & GDK_SHIFT_MASK) == 0)
    return GDK_EVENT_PROPAGATE;

  wt_search_bar_step (self, -1);
  return GDK_EVENT_STOP;
}

static void
wt_search_bar_dispose (GObject *object)
{
  WtSearchBar *self = WT_SEARCH_BAR (object);

  g_clear_weak_pointer (&self->focus_before);
  g_clear_pointer (&self->entry, gtk_widget_unparent);
  g_clear_pointer (&self->tools, gtk_widget_unparent);
  g_clear_pointer (&self->close, gtk_widget_unparent);
  g_clear_pointer (&self->nothing, gtk_widget_unparent);
  if (self->results != NULL)
    g_signal_handlers_disconnect_by_data (self->results, self);
  g_clear_object (&self->results);
  g_clear_object (&self->conversation);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (wt_search_bar_parent_class)->dispose (object);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wt_search_bar_class_init (WtSearchBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_search_bar_dispose;
  widget_class->measure = wt_search_bar_measure;
  widget_class->size_allocate = wt_search_bar_size_allocate;
  widget_class->get_request_mode = get_request_mode;

  signals[SIGNAL_GO] = g_signal_new ("go", WT_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_DAY] = g_signal_new ("day", WT_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_WORDS] = g_signal_new ("words", WT_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_LIST] = g_signal_new ("list", WT_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", WT_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "searchbarline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEARCH);
}

static GtkWidget *
make_button (WtSearchBar *self, const char *icon_name, const char *words, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static void
make_entry (WtSearchBar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _ ("Search This Chat"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search This Chat"), -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_entry_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->entry, keys);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_asked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_older), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "next-match", G_CALLBACK (on_older), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "previous-match", G_CALLBACK (on_newer), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (wt_search_bar_close), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
}

static void
make_tools (WtSearchBar *self)
{
  self->tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  self->count = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                              "xalign", 0.0, "hexpand", TRUE, "ellipsize", PANGO_ELLIPSIZE_END,
                              NULL);
  gtk_widget_add_css_class (self->count, "numeric");
  gtk_widget_set_margin_end (self->count, 4);
  self->older = make_button (self, "go-up-symbolic", _ ("Older Hit"), G_CALLBACK (on_older));
  self->newer = make_button (self, "go-down-symbolic", _ ("Newer Hit"), G_CALLBACK (on_newer));
  self->list = make_button (self, "view-list-symbolic", _ ("All Hits as a List"),
                            G_CALLBACK (on_list));
  self->conditions = WT_SEARCH_CONDITIONS (wt_search_conditions_new ());
  g_signal_connect_object (self->conditions, "changed", G_CALLBACK (on_asked), self,
                           G_CONNECT_SWAPPED);
  self->date = WT_SEARCH_DATE_BUTTON (wt_search_date_button_new ());
  g_signal_connect_object (self->date, "chosen", G_CALLBACK (on_day), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->tools), self->count);
  gtk_box_append (GTK_BOX (self->tools), self->older);
  gtk_box_append (GTK_BOX (self->tools), self->newer);
  gtk_box_append (GTK_BOX (self->tools), self->list);
  gtk_box_append (GTK_BOX (self->tools), GTK_WIDGET (self->conditions));
  gtk_box_append (GTK_BOX (self->tools), GTK_WIDGET (self->date));
  gtk_widget_set_parent (self->tools, GTK_WIDGET (self));
}

static void
wt_search_bar_init (WtSearchBar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  make_entry (self);
  make_tools (self);
  self->close = make_button (self, "window-close-symbolic", _ ("Close the Search"),
                             G_CALLBACK (wt_search_bar_close));
  gtk_widget_set_parent (self->close, GTK_WIDGET (self));
  self->nothing = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                                "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->nothing, "caption");
  gtk_widget_set_parent (self->nothing, GTK_WIDGET (self));
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * wt_search_bar_new:
 * @profile: an open profile
 *
 * Returns: (transfer floating): a bar that is closed
 */
GtkWidget *
wt_search_bar_new (WtProfile *profile)
{
  g_return_val_if_fail (WT_IS_PROFILE (profile), NULL);

  WtSearchBar *self = g_object_new (WT_TYPE_SEARCH_BAR, NULL);

  self->database = g_object_ref (wt_profile_get_database (profile));
  self->results = wt_search_results_new (profile, PAGE);
  g_signal_connect_object (self->results, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->results, "changed", G_CALLBACK (on_results_changed), self,
                           G_CONNECT_SWAPPED);
  update_count (self);
  return GTK_WIDGET (self);
}

static void
clear (WtSearchBar *self)
{
  g_autoptr (WtSearchFilter) nothing = wt_search_filter_new ();

  wt_search_conditions_clear (self->conditions);
  wt_search_results_search (self->results, nothing);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_emit (self, signals[SIGNAL_WORDS], 0, NULL);
}

/**
 * wt_search_bar_set_conversation:
 * @self: a bar
 * @conversation: (nullable): what is searched
 *
 * Closes the bar: another conversation is another search.
 */
void
wt_search_bar_set_conversation (WtSearchBar *self, WtConversation *conversation)
{
  g_return_if_fail (WT_IS_SEARCH_BAR (self));

  if (self->conversation == conversation)
    return;
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    clear (self);
  g_clear_weak_pointer (&self->focus_before);
  g_set_object (&self->conversation, conversation);
  wt_search_conditions_set_place (self->conditions, self->database,
                                  conversation != NULL ? wt_conversation_get_id (conversation) : 0);
}

/**
 * wt_search_bar_open:
 * @self: a bar
 *
 * Shows it and puts the focus where one types. What was typed last is still there, to be typed over.
 */
void
wt_search_bar_open (WtSearchBar *self)
{
  g_return_if_fail (WT_IS_SEARCH_BAR (self));

  if (self->conversation == NULL)
    return;
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    {
      GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

      g_set_weak_pointer (&self->focus_before, root != NULL ? gtk_root_get_focus (root) : NULL);
      gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
      on_asked (self);
    }
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

/**
 * wt_search_bar_open_calendar:
 * @self: a bar
 *
 * Shows it with its calendar.
 */
void
wt_search_bar_open_calendar (WtSearchBar *self)
{
  g_return_if_fail (WT_IS_SEARCH_BAR (self));

  if (self->conversation == NULL)
    return;
  wt_search_bar_open (self);
  wt_search_date_button_popup (self->date);
}

/**
 * wt_search_bar_close:
 * @self: a bar
 *
 * Hides it and gives the focus back to who had it.
 */
void
wt_search_bar_close (WtSearchBar *self)
{
  g_return_if_fail (WT_IS_SEARCH_BAR (self));

  GtkWidget *before = self->focus_before;

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  clear (self);
  if (before == NULL || !gtk_widget_get_mapped (before) || !gtk_widget_grab_focus (before))
    g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
  g_clear_weak_pointer (&self->focus_before);
}

/**
 * wt_search_bar_step:
 * @self: a bar
 * @step: 1 for the next older hit, -1 for the next newer one
 */
void
wt_search_bar_step (WtSearchBar *self, int step)
{
  g_return_if_fail (WT_IS_SEARCH_BAR (self));

  guint n = get_n_hits (self);

  /* One that is being looked for is shown when it is found. */
  if (n == 0)
    return;
  if (step > 0 && self->index + 1 >= n)
    {
      self->stepping = !wt_search_results_get_complete (self->results);
      wt_search_results_load_more (self->results);
      return;
    }
  if (step < 0 && self->index == 0)
    return;

  self->index = step > 0 ? self->index + 1 : self->index - 1;
  go (self);
}

/**
 * wt_search_bar_get_filter:
 * @self: a bar
 *
 * Returns: (transfer none): what is searched for
 */
const WtSearchFilter *
wt_search_bar_get_filter (WtSearchBar *self)
{
  g_return_val_if_fail (WT_IS_SEARCH_BAR (self), NULL);

  return wt_search_results_get_filter (self->results);
}
