/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-opening-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _WtOpeningPage
{
  GtkWidget parent_instance;

  /* Template children. */
  GtkWidget *header;
  AdwStatusPage *page;
  GtkWidget *spinner;
  GtkWidget *buttons;
  GtkWidget *try_again;
};

G_DEFINE_FINAL_TYPE (WtOpeningPage, wt_opening_page, GTK_TYPE_WIDGET)

static void
show (WtOpeningPage *self, gboolean failed, const char *title, const char *advice)
{
  g_autofree char *escaped = advice != NULL ? g_markup_escape_text (advice, -1) : NULL;

  adw_status_page_set_icon_name (self->page, failed ? "dialog-error-symbolic" : NULL);
  adw_status_page_set_title (self->page, title);
  adw_status_page_set_description (self->page, escaped);
  gtk_widget_set_visible (self->spinner, !failed);
  gtk_widget_set_visible (self->buttons, failed);
}

static void
wt_opening_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WT_TYPE_OPENING_PAGE);

  G_OBJECT_CLASS (wt_opening_page_parent_class)->dispose (object);
}

static void
wt_opening_page_class_init (WtOpeningPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wt_opening_page_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/wt-opening-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WtOpeningPage, header);
  gtk_widget_class_bind_template_child (widget_class, WtOpeningPage, page);
  gtk_widget_class_bind_template_child (widget_class, WtOpeningPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, WtOpeningPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, WtOpeningPage, try_again);
}

static void
wt_opening_page_init (WtOpeningPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  wt_opening_page_show_opening (self);
}

/**
 * wt_opening_page_new:
 *
 * Returns: (transfer floating): a page that says that the profile is being opened
 */
GtkWidget *
wt_opening_page_new (void)
{
  return g_object_new (WT_TYPE_OPENING_PAGE, NULL);
}

/**
 * wt_opening_page_show_opening:
 * @self: a page
 *
 * Says that the profile is being opened.
 */
void
wt_opening_page_show_opening (WtOpeningPage *self)
{
  g_return_if_fail (WT_IS_OPENING_PAGE (self));

  show (self, FALSE, _ ("Opening Your Messages…"), NULL);
}

/**
 * wt_opening_page_show_failure:
 * @self: a page in a window
 * @title: what happened
 * @advice: what it means and what to do; not markup
 *
 * Says this, with what can be done about it, which gets the focus.
 */
void
wt_opening_page_show_failure (WtOpeningPage *self, const char *title, const char *advice)
{
  g_return_if_fail (WT_IS_OPENING_PAGE (self));

  show (self, TRUE, title, advice);
  gtk_widget_grab_focus (self->try_again);
}
