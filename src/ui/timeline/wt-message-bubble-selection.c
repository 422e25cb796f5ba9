/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-message-bubble-private.h"

#include "wt-search-words.h"

/* What is picked out of a bubble's text: what is selected, what was searched for, and the link under the pointer. */

/* Of all labels below @widget, those of forwarded messages too; @selection: (nullable): only whether. */
static gboolean
collect_selection (GtkWidget *widget, GString *selection)
{
  gboolean found = FALSE;
  int start, end;

  if (GTK_IS_LABEL (widget) && gtk_label_get_selection_bounds (GTK_LABEL (widget), &start, &end))
    {
      const char *text = gtk_label_get_text (GTK_LABEL (widget));
      g_autofree char *part = g_utf8_substring (text, start, end);

      found = TRUE;
      if (selection != NULL)
        g_string_append_printf (selection, "%s%s", selection->len > 0 ? "\n" : "", part);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found |= collect_selection (child, selection);

  return found;
}

/**
 * wt_message_bubble_mark:
 * @self: a bubble
 * @typed: (nullable): words that were searched for, or %NULL
 *
 * Has the words stand out in its text, until it is called again.
 */
void
wt_message_bubble_mark (WtMessageBubble *self, const char *typed)
{
  g_return_if_fail (WT_IS_MESSAGE_BUBBLE (self));

  for (guint i = 0; i < self->blocks->len; i++)
    {
      GtkLabel *label = GTK_IS_LABEL (self->blocks->pdata[i]) ? self->blocks->pdata[i] : NULL;
      PangoAttrList *marks = NULL;

      if (label == NULL || (typed == NULL && gtk_label_get_attributes (label) == NULL))
        continue;
      /* GTK 4.8 adds a label's attributes to those of its markup for good: only new markup is without. */
      if (gtk_label_get_attributes (label) != NULL)
        {
          g_autofree char *markup = g_strdup (gtk_label_get_label (label));

          gtk_label_set_markup (label, "");
          gtk_label_set_markup (label, markup);
        }
      marks = wt_search_words_mark (gtk_label_get_text (label), typed, FALSE);
      gtk_label_set_attributes (label, marks);
      g_clear_pointer (&marks, pango_attr_list_unref);
    }
}

/**
 * wt_message_bubble_has_selection:
 * @self: a bubble
 *
 * Returns: whether some of its text is selected
 */
gboolean
wt_message_bubble_has_selection (WtMessageBubble *self)
{
  g_return_val_if_fail (WT_IS_MESSAGE_BUBBLE (self), FALSE);

  return collect_selection (GTK_WIDGET (self), NULL);
}

/**
 * wt_message_bubble_dup_selection:
 * @self: a bubble
 *
 * Returns: (transfer full) (nullable): the selected text, or %NULL if there is none
 */
char *
wt_message_bubble_dup_selection (WtMessageBubble *self)
{
  g_autoptr (GString) selection = g_string_new (NULL);

  g_return_val_if_fail (WT_IS_MESSAGE_BUBBLE (self), NULL);

  if (!collect_selection (GTK_WIDGET (self), selection))
    return NULL;

  g_string_replace (selection, WT_MESSAGE_HAIR_SPACE, "", 0);
  return g_strdup (selection->str);
}

/**
 * wt_message_bubble_dup_link_at:
 * @self: a bubble
 * @from: whose coordinates they are
 * @x: pixels
 * @y: pixels
 *
 * Returns: (transfer full) (nullable): the address of the link under the pointer
 */
char *
wt_message_bubble_dup_link_at (WtMessageBubble *self, GtkWidget *from, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (from, x, y, GTK_PICK_DEFAULT);

  g_return_val_if_fail (WT_IS_MESSAGE_BUBBLE (self), NULL);

  if (picked == NULL || !GTK_IS_LABEL (picked)
      || !gtk_widget_is_ancestor (picked, GTK_WIDGET (self)))
    return NULL;

  return g_strdup (gtk_label_get_current_uri (GTK_LABEL (picked)));
}
