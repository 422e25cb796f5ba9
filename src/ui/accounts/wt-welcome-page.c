/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-welcome-page.h"

#include "wt-found-servers.h"

#include <adwaita.h>

struct _WtWelcomePage
{
  GtkWidget parent_instance;

  /* Template children. */
  GtkWidget *content;
  GtkWidget *add;
  WtFoundServers *found;
};

G_DEFINE_FINAL_TYPE (WtWelcomePage, wt_welcome_page, GTK_TYPE_WIDGET)

static void
on_found_chosen (WtWelcomePage *self, const char *url)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.add-found-account", "s", url);
}

static void
wt_welcome_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WT_TYPE_WELCOME_PAGE);

  G_OBJECT_CLASS (wt_welcome_page_parent_class)->dispose (object);
}

static void
wt_welcome_page_class_init (WtWelcomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_welcome_page_dispose;

  g_type_ensure (ADW_TYPE_STATUS_PAGE);
  g_type_ensure (WT_TYPE_FOUND_SERVERS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/accounts/wt-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WtWelcomePage, content);
  gtk_widget_class_bind_template_child (widget_class, WtWelcomePage, add);
  gtk_widget_class_bind_template_child (widget_class, WtWelcomePage, found);
  gtk_widget_class_bind_template_callback (widget_class, on_found_chosen);
}

static void
wt_welcome_page_init (WtWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wt_found_servers_follow (self->found, GTK_WIDGET (self));
}

/**
 * wt_welcome_page_focus:
 * @self: a page
 *
 * Puts the focus on what one is here for. No grab_focus(): GTK asks for that whenever Tab comes along, which would never
 * reach the bar above.
 */
void
wt_welcome_page_focus (WtWelcomePage *self)
{
  g_return_if_fail (WT_IS_WELCOME_PAGE (self));

  gtk_widget_grab_focus (self->add);
}
