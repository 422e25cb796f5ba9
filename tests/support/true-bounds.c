/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded into a program, makes the accessibility bus say where its widgets really are. From 4.10 on, GTK adds up where each
 * widget's border begins in its parent's content, and so leaves out the padding of every parent: what is clicked there is
 * beside the button. */

#include <gtk/gtk.h>

/* From border to border, so that the sum is right. */
static gboolean
get_true_bounds (GtkAccessible *accessible, int *x, int *y, int *width, int *height)
{
  GtkWidget *widget = GTK_WIDGET (accessible);
  GtkWidget *parent = gtk_widget_get_parent (widget);
  graphene_rect_t bounds, outer;

  *x = *y = *width = *height = 0;
  if (!gtk_widget_get_realized (widget))
    return FALSE;
  if (!gtk_widget_compute_bounds (widget, parent != NULL ? parent : widget, &bounds))
    return TRUE;
  if (parent == NULL || !gtk_widget_compute_bounds (parent, parent, &outer))
    outer = GRAPHENE_RECT_INIT_ZERO;
  *x = (int) (bounds.origin.x - outer.origin.x);
  *y = (int) (bounds.origin.y - outer.origin.y);
  /* A window without the frame that it has where nothing composes, as older GTK has it. */
  *width = parent != NULL ? (int) bounds.size.width : gtk_widget_get_width (widget);
  *height = parent != NULL ? (int) bounds.size.height : gtk_widget_get_height (widget);
  return TRUE;
}

/* Before any kind of widget exists: they all take it from their parent. */
__attribute__ ((constructor)) static void
replace_bounds (void)
{
  GtkAccessibleInterface *interface = g_type_interface_peek (g_type_class_ref (GTK_TYPE_WIDGET),
                                                             GTK_TYPE_ACCESSIBLE);

  interface->get_bounds = get_true_bounds;
}
