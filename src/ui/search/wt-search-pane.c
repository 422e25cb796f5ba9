/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-search-pane.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "wt-display-text.h"
#include "wt-error-words.h"
#include "wt-search-conditions.h"
#include "wt-search-results.h"
#include "wt-search-row.h"
#include "wt-search-words.h"

/* The list makes rows for all that is found at once, however few are in view, and each takes milliseconds. */
#define PAGE 10
#define MOST_TITLE 60

struct _WtSearchPane
{
  GtkWidget parent_instance;

  /* owned */
  WtDatabase *database;
  WtSearchResults *results;
  WtConversation *scope; /* nullable: the only one searched */
  GtkSingleSelection *selection;

  gboolean filling; /* what changes is not the user's doing */
  guint more;       /* an idle source */

  /* template children */
  AdwHeaderBar *header;
  GtkWidget *line;
  GtkEditable *entry;
  WtSearchConditions *conditions;
  GtkWidget *scope_button;
  GtkLabel *scope_label;
  GtkLabel *summary;
  GtkStack *stack;
  AdwStatusPage *nothing;
  AdwStatusPage *failed;
  GtkScrolledWindow *scroller;
  GtkListView *list;
};

G_DEFINE_FINAL_TYPE (WtSearchPane, wt_search_pane, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_summary (WtSearchPane *self, guint n)
{
  g_autofree char *words = NULL;

  if (wt_search_results_get_complete (self->results))
    words = g_strdup_printf (ngettext ("%u message found", "%u messages found", n), n);
  else
    words = g_strdup_printf (ngettext ("%u message found so far", "%u messages found so far", n),
                             n);
  gtk_label_set_text (self->summary, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->summary), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), n > 0);
}

static void
describe (AdwStatusPage *page, const char *words)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_status_page_set_description (page, escaped);
}

static void
update (WtSearchPane *self)
{
  const WtSearchFilter *filter = wt_search_results_get_filter (self->results);
  const GError *error = wt_search_results_get_error (self->results);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->results));
  const char *page = "list";

  if (error != NULL)
    {
      g_autofree char *words = wt_error_words_sentence (error);

      describe (self->failed, words);
      page = "failed";
    }
  else if (wt_search_filter_is_empty (filter))
    {
      page = "hint";
    }
  else if (n == 0 && wt_search_results_get_searching (self->results))
    {
      page = "searching";
    }
  else if (n == 0)
    {
      g_autofree char *words = wt_search_words_nothing (
          filter, self->scope != NULL ? wt_conversation_get_title (self->scope) : NULL);

      describe (self->nothing, words);
      page = "nothing";
    }
  update_summary (self, n);
  gtk_stack_set_visible_child_name (self->stack, page);
}

/* Each letter asks anew: what was asked before is given up by the results. */
static void
on_asked (WtSearchPane *self)
{
  g_autoptr (WtSearchFilter) filter = wt_search_filter_new ();

  if (self->filling)
    return;

  wt_search_conditions_write (self->conditions, filter);
  filter->text = g_strdup (gtk_editable_get_text (self->entry));
  if (self->scope != NULL)
    filter->conversation_id = wt_conversation_get_id (self->scope);
  wt_search_results_search (self->results, filter);
}

static void
set_scope (WtSearchPane *self, WtConversation *conversation)
{
  g_set_object (&self->scope, conversation);
  if (conversation != NULL)
    {
      g_autofree char *title = wt_display_text_line (wt_conversation_get_title (conversation),
                                                     MOST_TITLE);
      g_autofree char *words = g_strdup_printf (_ ("Only in “%s”"), title);

      gtk_label_set_text (self->scope_label, words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->scope_button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
    }
  gtk_widget_set_visible (self->scope_button, conversation != NULL);
  wt_search_conditions_set_place (self->conditions, self->database,
                                  conversation != NULL ? wt_conversation_get_id (conversation) : 0);
}

static void
on_scope_clicked (WtSearchPane *self)
{
  set_scope (self, NULL);
  on_asked (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
on_close (WtSearchPane *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
choose (WtSearchPane *self, guint position)
{
  g_autoptr (WtSearchHit) hit = g_list_model_get_item (G_LIST_MODEL (self->results), position);

  if (hit == NULL)
    return;
  gtk_single_selection_set_selected (self->selection, position);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, hit);
}

static void
on_activate (WtSearchPane *self, guint position)
{
  choose (self, position);
}

/* Enter goes to the newest one. */
static void
on_entry_activated (WtSearchPane *self)
{
  choose (self, 0);
}

static gboolean
on_entry_key (WtSearchPane *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->results)) > 0)
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_STOP;
}

static gboolean
on_key (WtSearchPane *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;

  on_close (self);
  return GDK_EVENT_STOP;
}

static gboolean
show_more (gpointer data)
{
  WtSearchPane *self = data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page = gtk_adjustment_get_page_size (adjustment);
  double left = gtk_adjustment_get_upper (adjustment) - page
                - gtk_adjustment_get_value (adjustment);

  self->more = 0;
  if (page > 0 && left < page)
    wt_search_results_load_more (self->results);
  return G_SOURCE_REMOVE;
}

/* The next page comes before one gets there, and until the view is full. This is told while the list is laid out, too. */
static void
on_scrolled (WtSearchPane *self)
{
  if (self->more == 0)
    self->more = g_idle_add (show_more, self);
}

static void
on_released (GtkGesture *gesture, int n_press, double x, double y, GtkListItem *item)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  if (gtk_widget_contains (row, x, y))
    gtk_widget_activate_action (row, "list.activate-item", "u", gtk_list_item_get_position (item));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = wt_search_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (on_released), item, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  wt_search_row_set_hit (WT_SEARCH_ROW (gtk_list_item_get_child (item)),
                         WT_SEARCH_HIT (gtk_list_item_get_item (item)));
}

static void
wt_search_pane_dispose (GObject *object)
{
  WtSearchPane *self = WT_SEARCH_PANE (object);

  if (self->results != NULL)
    g_signal_handlers_disconnect_by_data (self->results, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), WT_TYPE_SEARCH_PANE);
  g_clear_handle_id (&self->more, g_source_remove);
  g_clear_object (&self->selection);
  g_clear_object (&self->results);
  g_clear_object (&self->scope);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (wt_search_pane_parent_class)->dispose (object);
}

static void
wt_search_pane_class_init (WtSearchPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_search_pane_dispose;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", WT_TYPE_SEARCH_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, WT_TYPE_SEARCH_HIT);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", WT_TYPE_SEARCH_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (WT_TYPE_SEARCH_CONDITIONS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "searchpane");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/search/wt-search-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, WtSearchPane, header);
  gtk_widget_class_bind_template_child (widget_class, WtSearchPane, line);
  gtk_widget_class_bind_template_child (widget_class, WtSearchPane, entry);
  gtk_widget_class_bind_template_child (widget_class, WtSearchPane, conditions);
  gtk_widget_class_bind_template_child_full (widget_class, "scope", FALSE,
                                             G_STRUCT_OFFSET (WtSearchPane, scope_button));
  gtk_widget_class_bind_template_child (widget_class, WtSearchPane, scope_label);
  gtk_widget_class_bind_template_child (widget_class, WtSearchPane, summary);
  gtk_widget_class_bind_template_child (widget_class, WtSearchPane, stack);
  gtk_widget_class_bind_template_child (widget_class, WtSearchPane, nothing);
  gtk_widget_class_bind_template_child (widget_class, WtSearchPane, failed);
  gtk_widget_class_bind_template_child (widget_class, WtSearchPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, WtSearchPane, list);
  gtk_widget_class_bind_template_callback (widget_class, on_asked);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_key);
  gtk_widget_class_bind_template_callback (widget_class, on_scope_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
wt_search_pane_init (WtSearchPane *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkAdjustment *adjustment;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (factory);
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_scrolled), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_scrolled), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wt_search_pane_new:
 * @profile: an open profile
 *
 * Returns: (transfer floating): a pane that searches everything
 */
GtkWidget *
wt_search_pane_new (WtProfile *profile)
{
  g_return_val_if_fail (WT_IS_PROFILE (profile), NULL);

  WtSearchPane *self = g_object_new (WT_TYPE_SEARCH_PANE, NULL);

  self->database = g_object_ref (wt_profile_get_database (profile));
  self->results = wt_search_results_new (profile, PAGE);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->results));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->results, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * wt_search_pane_open:
 * @self: a pane
 * @filter: (nullable): words and conditions to begin with, or %NULL to leave what was searched last
 * @conversation: (nullable): the only one to search, or %NULL for all
 *
 * Searches, and puts the focus where one types.
 */
void
wt_search_pane_open (WtSearchPane *self, const WtSearchFilter *filter, WtConversation *conversation)
{
  g_return_if_fail (WT_IS_SEARCH_PANE (self));
  g_return_if_fail (conversation == NULL || WT_IS_CONVERSATION (conversation));

  self->filling = TRUE;
  set_scope (self, conversation);
  if (filter != NULL)
    {
      gtk_editable_set_text (self->entry, filter->text != NULL ? filter->text : "");
      wt_search_conditions_read (self->conditions, filter);
    }
  self->filling = FALSE;
  on_asked (self);
  wt_search_pane_focus (self);
}

/**
 * wt_search_pane_focus:
 * @self: a pane
 *
 * Puts the focus where one types; what is there is typed over.
 */
void
wt_search_pane_focus (WtSearchPane *self)
{
  g_return_if_fail (WT_IS_SEARCH_PANE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}

/**
 * wt_search_pane_set_show_end_buttons:
 * @self: a pane
 * @show: whether its header bar has the window's buttons, as it must when nothing is beside it
 */
void
wt_search_pane_set_show_end_buttons (WtSearchPane *self, gboolean show)
{
  g_return_if_fail (WT_IS_SEARCH_PANE (self));

  adw_header_bar_set_show_end_title_buttons (self->header, show);
}
