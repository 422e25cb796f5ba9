/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-search-row.h"

#include <glib/gi18n-lib.h>

#include "wt-avatar.h"
#include "wt-css-class.h"
#include "wt-date-words.h"
#include "wt-display-text.h"
#include "wt-line-label.h"
#include "wt-search-words.h"
#include "wt-tooltip.h"

#define MOST_TITLE 120
/* An excerpt of more columns may need a second line: at its narrowest the list has room for so many. A Chinese character
 * takes two. */
#define COLUMNS 26

struct _WtSearchRow
{
  GtkWidget parent_instance;

  gint64 sent; /* microseconds since the epoch */

  /* children */
  GtkWidget *avatar;
  GtkWidget *lines;
  GtkWidget *title;
  GtkWidget *time;
  GtkWidget *author;
  GtkWidget *excerpt;
};

G_DEFINE_FINAL_TYPE (WtSearchRow, wt_search_row, GTK_TYPE_WIDGET)

static char *
dup_full_time (gpointer owner, GtkWidget *time)
{
  return wt_date_words_full (WT_SEARCH_ROW (owner)->sent);
}

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

/* Its size is what the style says: GtkLabel shapes a text that wraps some five times to find out how large it would be,
 * and the list makes a dozen rows between two frames. */
static GtkWidget *
make_excerpt (void)
{
  GtkWidget *excerpt = gtk_inscription_new (NULL);

  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (excerpt), 1);
  gtk_inscription_set_wrap_mode (GTK_INSCRIPTION (excerpt), PANGO_WRAP_WORD_CHAR);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (excerpt),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_yalign (GTK_INSCRIPTION (excerpt), 0);
  gtk_widget_set_hexpand (excerpt, TRUE);
  gtk_widget_add_css_class (excerpt, "excerpt");
  return excerpt;
}

static gboolean
is_long (const char *text)
{
  guint columns = 0;

  for (const char *p = text; *p != '\0' && columns <= COLUMNS; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n')
        return TRUE;
      columns += g_unichar_iswide (c) ? 2 : g_unichar_iszerowidth (c) ? 0 : 1;
    }

  return columns > COLUMNS;
}

static void
wt_search_row_init (WtSearchRow *self)
{
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              12);
  self->avatar = wt_avatar_new (32);
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
  wt_tooltip_explain (self->time, dup_full_time, self);
  gtk_box_append (GTK_BOX (first), self->time);

  self->author = make_label ("author");
  self->excerpt = make_excerpt ();

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

  self->sent = wt_search_hit_get_time (hit);
  wt_avatar_set_name (WT_AVATAR (self->avatar), title);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->time), time);
  gtk_label_set_text (GTK_LABEL (self->author), wt_search_hit_get_author (hit));
  gtk_inscription_set_text (GTK_INSCRIPTION (self->excerpt), excerpt);
  gtk_inscription_set_attributes (GTK_INSCRIPTION (self->excerpt), marks);
  wt_css_class_set (self->excerpt, "long", is_long (excerpt));
  g_clear_pointer (&marks, pango_attr_list_unref);
  set_spoken (self, title, full, hit);
}
