/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-account-mark.h"

#include <glib/gi18n-lib.h>

#include "wt-tooltip.h"

struct _WtAccountMark
{
  GtkWidget parent_instance;

  /* Owned. */
  WtAccount *account;
  GSignalGroup *signals;

  gboolean only_several;
  guint colour; /* of the style class */

  /* Child. */
  GtkWidget *initial;
};

G_DEFINE_FINAL_TYPE (WtAccountMark, wt_account_mark, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_ACCOUNT = 1,
  PROP_ONLY_SEVERAL,
} WtAccountMarkProperty;

static GParamSpec *properties[PROP_ONLY_SEVERAL + 1];

static char *
make_initial (const char *name)
{
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      g_autoptr (GString) text = NULL;

      if (!g_unichar_isalnum (c))
        continue;
      text = g_string_new (NULL);
      g_string_append_unichar (text, g_unichar_toupper (c));
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
  return g_strdup ("?");
}

static void
set_colour (WtAccountMark *self, guint colour)
{
  g_autofree char *old = g_strdup_printf ("colour-%u", self->colour);
  g_autofree char *new = g_strdup_printf ("colour-%u", colour);

  if (self->colour == colour)
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self), old);
  gtk_widget_add_css_class (GTK_WIDGET (self), new);
  self->colour = colour;
}

static void
update (WtAccountMark *self)
{
  gboolean visible = self->account != NULL
                     && (!self->only_several || wt_account_get_several (self->account));

  gtk_widget_set_visible (GTK_WIDGET (self), visible);
  if (!visible)
    return;

  g_autofree char *name = wt_account_dup_display_name (self->account);

  wt_account_mark_show (self, name, wt_account_get_colour (self->account));
}

static void
wt_account_mark_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtAccountMark *self = WT_ACCOUNT_MARK (object);

  switch ((WtAccountMarkProperty) id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_ONLY_SEVERAL:
      g_value_set_boolean (value, self->only_several);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_account_mark_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WtAccountMark *self = WT_ACCOUNT_MARK (object);

  switch ((WtAccountMarkProperty) id)
    {
    case PROP_ACCOUNT:
      wt_account_mark_set_account (self, g_value_get_object (value));
      break;
    case PROP_ONLY_SEVERAL:
      self->only_several = g_value_get_boolean (value);
      update (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_account_mark_dispose (GObject *object)
{
  WtAccountMark *self = WT_ACCOUNT_MARK (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->account);
  g_clear_pointer (&self->initial, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_account_mark_parent_class)->dispose (object);
}

static void
wt_account_mark_class_init (WtAccountMarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wt_account_mark_get_property;
  object_class->set_property = wt_account_mark_set_property;
  object_class->dispose = wt_account_mark_dispose;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, WT_TYPE_ACCOUNT,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                      | G_PARAM_STATIC_STRINGS);
  properties[PROP_ONLY_SEVERAL] = g_param_spec_boolean ("only-several", NULL, NULL, FALSE,
                                                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                            | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "accountmark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wt_account_mark_init (WtAccountMark *self)
{
  self->initial = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                NULL);
  gtk_widget_set_halign (self->initial, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->initial, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->initial, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);

  self->signals = g_signal_group_new (WT_TYPE_ACCOUNT);
  g_signal_group_connect_object (self->signals, "notify", G_CALLBACK (update), self,
                                 G_CONNECT_SWAPPED);
}

/**
 * wt_account_mark_new:
 * @account: (nullable): an account
 *
 * Returns: (transfer floating): a mark that follows it
 */
GtkWidget *
wt_account_mark_new (WtAccount *account)
{
  return g_object_new (WT_TYPE_ACCOUNT_MARK, "account", account, NULL);
}

/**
 * wt_account_mark_set_account:
 * @self: a mark
 * @account: (nullable): whose it is; %NULL hides it
 */
void
wt_account_mark_set_account (WtAccountMark *self, WtAccount *account)
{
  g_return_if_fail (WT_IS_ACCOUNT_MARK (self));

  if (!g_set_object (&self->account, account))
    return;
  g_signal_group_set_target (self->signals, account);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

/**
 * wt_account_mark_show:
 * @self: a mark
 * @name: an account's name
 * @colour: from 1 to %WT_ACCOUNT_N_COLOURS
 *
 * Shows what an account that is not stored yet will look like.
 */
void
wt_account_mark_show (WtAccountMark *self, const char *name, guint colour)
{
  g_return_if_fail (WT_IS_ACCOUNT_MARK (self));

  g_autofree char *initial = make_initial (name);
  /* TRANSLATORS: what a screen reader says for the mark of an account; %s is its name */
  g_autofree char *label = g_strdup_printf (_ ("Account %s"), name);

  gtk_label_set_label (GTK_LABEL (self->initial), initial);
  set_colour (self, colour);
  if (self->account == NULL)
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  else if (self->only_several)
    wt_tooltip_set_text (GTK_WIDGET (self), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
