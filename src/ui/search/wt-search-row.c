/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-search-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "wt-date-words.h"
#include "wt-display-text.h"
#include "wt-line-label.h"
#include "wt-search-words.h"

#define MOST_TITLE 120
#define MOST_LINES 2

struct _WtSearchRow
{
  GtkWidget parent_instance;

  /* children */
  GtkWidget *avatar;
  GtkWidget *lines;
  GtkWidget *title;
  GtkWidget *time;
  GtkWidget *author;
  GtkWidget *excerpt;
};

G_DEFINE_FINAL_TYPE (WtSearchRow, wt_search_row, GTK_TYPE_WIDGET)

static void
wt_search_row_dispose (GObject *object)
{
  WtSearchRow *self = WT_SEARCH_ROW (object);

  g_clear_pointer (&self->avatar, gtk_widget_unparent);
  g_clear_pointer (&self->lines, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_search_row_parent_class)->dispose (object);
}

static void
wt_search_row_class_init (WtSearchRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_search_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "searchrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = wt_line_label_new (css_class);

  gtk_label_set_max_width_chars (GTK_LABEL (label), 1);
  return label;
}

static void
wt_search_row_init (WtSearchRow *self)
{
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              12);
  self->avatar = adw_avatar_new (32, NULL, TRUE);
  gtk_widget_set_valign (self->avatar, GTK_ALIGN_START);
  gtk_widget_set_margin_top (self->avatar, 3);
  gtk_widget_set_parent (self->avatar, GTK_WIDGET (self));

  self->title = make_label ("title");
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_box_append (GTK_BOX (first), self->title);
  self->time = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->time, "caption");
  gtk_widget_add_css_class (self->time, "dim-label");
  gtk_widget_add_css_class (self->time, "numeric");
  gtk_box_append (GTK_BOX (first), self->time);

  self->author = make_label ("author");
  self->excerpt = make_label ("excerpt");
  gtk_label_set_single_line_mode (GTK_LABEL (self->excerpt), FALSE);
  gtk_label_set_wrap (GTK_LABEL (self->excerpt), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->excerpt), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (self->excerpt), MOST_LINES);
  gtk_widget_set_hexpand (self->excerpt, TRUE);

  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_hexpand (self->lines, TRUE);
  gtk_box_append (GTK_BOX (self->lines), first);
  gtk_box_append (GTK_BOX (self->lines), self->author);
  gtk_box_append (GTK_BOX (self->lines), self->excerpt);
  gtk_widget_set_parent (self->lines, GTK_WIDGET (self));
}

GtkWidget *
wt_search_row_new (void)
{
  return g_object_new (WT_TYPE_SEARCH_ROW, NULL);
}

/* The list's own row has the keyboard focus, so that is what a screen reader reads out. */
static void
set_spoken (WtSearchRow *self, const char *title, const char *day, WtSearchHit *hit)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  /* Translators: a hit as it is read out: author, text, when, in which chat */
  g_autofree char *words = g_strdup_printf (_ ("%s: %s, %s, in %s"), wt_search_hit_get_author (hit),
                                            wt_search_hit_get_excerpt (hit), day, title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                    -1);
}

/**
 * wt_search_row_set_hit:
 * @self: a row in its list
 * @hit: what to show
 */
void
wt_search_row_set_hit (WtSearchRow *self, WtSearchHit *hit)
{
  g_return_if_fail (WT_IS_SEARCH_ROW (self));
  g_return_if_fail (WT_IS_SEARCH_HIT (hit));

  WtConversation *conversation = wt_search_hit_get_conversation (hit);
  g_autofree char *title = wt_display_text_line (wt_conversation_get_title (conversation),
                                                 MOST_TITLE);
  g_autofree char *time = wt_date_words_short (wt_search_hit_get_time (hit));
  g_autofree char *full = wt_date_words_full (wt_search_hit_get_time (hit));
  const char *excerpt = wt_search_hit_get_excerpt (hit);
  PangoAttrList *marks = wt_search_words_mark (excerpt, wt_search_hit_get_typed (hit), TRUE);

  adw_avatar_set_text (ADW_AVATAR (self->avatar), title);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->time), time);
  gtk_widget_set_tooltip_text (self->time, full);
  gtk_label_set_text (GTK_LABEL (self->author), wt_search_hit_get_author (hit));
  gtk_label_set_text (GTK_LABEL (self->excerpt), excerpt);
  gtk_label_set_attributes (GTK_LABEL (self->excerpt), marks);
  g_clear_pointer (&marks, pango_attr_list_unref);
  set_spoken (self, title, full, hit);
}
