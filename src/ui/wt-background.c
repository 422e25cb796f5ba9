/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-background.h"

#include "wt-background-autostart.h"
#include "wt-background-portal.h"
#include "wt-sandbox.h"
#include "wt-window-handle.h"

#include <glib/gi18n-lib.h>

#define ON "run-in-background"
#define AUTOSTART "autostart"

/* A flood of messages changes the count once in this time. */
#define TELL_MILLISECONDS 500

/* Docks show what this tells. */
#define LAUNCHER "com.canonical.Unity.LauncherEntry"
#define LAUNCHER_PATH "/io/github/wheatear_im/Wheatear/LauncherEntry"

struct _WtBackground
{
  GObject parent_instance;

  /* Owned. */
  GSettings *settings;
  GDBusConnection *bus; /* NULL where there is none */
  GtkWindow *asking;    /* (nullable): whose question it is */
  GCancellable *cancellable;
  guint tell_source;
  guint refuse_source;

  /* Weak: it owns this. */
  GApplication *application;

  gboolean unique; /* starting the program again reaches this one */
  gboolean portal;
  guint unread;
  guint told;
};

G_DEFINE_FINAL_TYPE (WtBackground, wt_background, G_TYPE_OBJECT)

enum
{
  PROP_ACTIVE = 1,
  N_PROPS,
};

enum
{
  SIGNAL_REFUSED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
refuse (WtBackground *self, const char *why)
{
  g_settings_set_boolean (self->settings, AUTOSTART, FALSE);
  g_settings_set_boolean (self->settings, ON, FALSE);
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, why);
}

/* Not within the change itself: the switch that made it would not hear of another. */
static gboolean
refuse_own_profile (gpointer data)
{
  WtBackground *self = data;

  self->refuse_source = 0;
  /* Nothing could bring its window back. */
  refuse (self, _ ("With --profile or --demo, closing the window always quits"));
  return G_SOURCE_REMOVE;
}

/* Asking */

static void
leave_window (WtBackground *self)
{
  wt_window_handle_unexport (self->asking);
  g_clear_object (&self->asking);
}

static void
on_requested (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtBackground) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;
  gboolean no_autostart = FALSE;

  leave_window (self);
  if (wt_background_portal_request_finish (result, &no_autostart, &error))
    {
      if (no_autostart && g_settings_get_boolean (self->settings, AUTOSTART))
        g_settings_set_boolean (self->settings, AUTOSTART, FALSE);
      return;
    }
  /* Ended meanwhile, or switched off. */
  if (g_cancellable_is_cancelled (self->cancellable)
      || !g_settings_get_boolean (self->settings, ON))
    return;
  /* TRANSLATORS: why */
  why = g_strdup_printf (_ ("Wheatear cannot run in the background: %s"), error->message);
  refuse (self, why);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtBackground) self = data;
  g_autofree char *parent = wt_window_handle_export_finish (result);

  if (!g_cancellable_is_cancelled (self->cancellable))
    wt_background_portal_request_async (self->bus, parent,
                                        g_settings_get_boolean (self->settings, AUTOSTART),
                                        self->cancellable, on_requested, g_object_ref (self));
}

/* What the desktop asks the user belongs to the window with the switch. */
static void
request (WtBackground *self)
{
  GtkWindow *window = GTK_IS_APPLICATION (self->application)
                          ? gtk_application_get_active_window (GTK_APPLICATION (self->application))
                          : NULL;

  leave_window (self);
  g_set_object (&self->asking, window);
  wt_window_handle_export_async (window, on_exported, g_object_ref (self));
}

static void
on_autostart_set (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtBackground) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;

  if (wt_background_autostart_set_finish (result, &error)
      || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (g_settings_get_boolean (self->settings, AUTOSTART))
    g_settings_set_boolean (self->settings, AUTOSTART, FALSE);
  /* TRANSLATORS: why */
  why = g_strdup_printf (_ ("What starts at login cannot be changed: %s"), error->message);
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, why);
}

static void
on_autostart_changed (WtBackground *self)
{
  gboolean autostart = g_settings_get_boolean (self->settings, AUTOSTART);

  /* Without a window from the start, and none afterwards: that is running in the background. */
  if (autostart && !wt_background_get_active (self))
    g_settings_set_boolean (self->settings, AUTOSTART, FALSE);
  else if (!self->unique)
    return;
  else if (self->portal)
    request (self);
  else
    wt_background_autostart_set_async (autostart, NULL, on_autostart_set, g_object_ref (self));
}

static void
on_changed (WtBackground *self)
{
  gboolean on = g_settings_get_boolean (self->settings, ON);

  if (on && !self->unique)
    {
      if (self->refuse_source == 0)
        self->refuse_source = g_idle_add (refuse_own_profile, self);
      return;
    }
  if (on && self->portal)
    request (self);
  else if (!on && g_settings_get_boolean (self->settings, AUTOSTART))
    g_settings_set_boolean (self->settings, AUTOSTART, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/* Telling */

static void
tell_launcher (WtBackground *self)
{
  GVariantDict update;

  g_variant_dict_init (&update, NULL);
  g_variant_dict_insert (&update, "count", "x", (gint64) self->unread);
  g_variant_dict_insert (&update, "count-visible", "b", self->unread > 0);
  g_dbus_connection_emit_signal (self->bus, NULL, LAUNCHER_PATH, LAUNCHER, "Update",
                                 g_variant_new ("(s@a{sv})", "application://" WT_APP_ID ".desktop",
                                                g_variant_dict_end (&update)),
                                 NULL);
}

static void
tell_portal (WtBackground *self)
{
  g_autofree char *status = NULL;

  if (self->unread > 0)
    status = g_strdup_printf (ngettext ("%u unread message", "%u unread messages", self->unread),
                              self->unread);
  wt_background_portal_set_status (self->bus, status != NULL ? status : _ ("No unread messages"));
}

static gboolean
tell (gpointer data)
{
  WtBackground *self = data;

  self->tell_source = 0;
  if (self->unread == self->told)
    return G_SOURCE_REMOVE;
  self->told = self->unread;
  tell_launcher (self);
  if (self->portal && wt_background_get_active (self))
    tell_portal (self);
  return G_SOURCE_REMOVE;
}

/* Life */

static void
wt_background_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, wt_background_get_active (WT_BACKGROUND (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_background_dispose (GObject *object)
{
  WtBackground *self = WT_BACKGROUND (object);

  g_cancellable_cancel (self->cancellable);
  leave_window (self);
  g_clear_weak_pointer (&self->application);
  g_clear_handle_id (&self->tell_source, g_source_remove);
  g_clear_handle_id (&self->refuse_source, g_source_remove);
  /* Nothing is unread in a program that does not run. */
  if (self->bus != NULL && self->told > 0)
    {
      self->told = self->unread = 0;
      tell_launcher (self);
    }
  g_clear_object (&self->bus);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (wt_background_parent_class)->dispose (object);
}

static void
wt_background_finalize (GObject *object)
{
  g_clear_object (&WT_BACKGROUND (object)->cancellable);

  G_OBJECT_CLASS (wt_background_parent_class)->finalize (object);
}

static void
wt_background_class_init (WtBackgroundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wt_background_get_property;
  object_class->dispose = wt_background_dispose;
  object_class->finalize = wt_background_finalize;

  /**
   * WtBackground:active:
   *
   * Whether the program goes on when its window is closed.
   */
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                      | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * WtBackground::refused:
   * @self: the background
   * @why: what to tell the user
   */
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", WT_TYPE_BACKGROUND, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wt_background_init (WtBackground *self)
{
  self->cancellable = g_cancellable_new ();
  self->portal = wt_sandbox_has_portals ();
}

/**
 * wt_background_new:
 * @application: a registered application
 * @settings: the program's settings
 *
 * Returns: (transfer full): the background
 */
WtBackground *
wt_background_new (GApplication *application, GSettings *settings)
{
  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  WtBackground *self = g_object_new (WT_TYPE_BACKGROUND, NULL);
  GDBusConnection *bus = g_application_get_dbus_connection (application);

  self->unique = bus != NULL
                 && (g_application_get_flags (application) & G_APPLICATION_NON_UNIQUE) == 0;
  self->settings = g_object_ref (settings);
  g_set_object (&self->bus, bus);
  g_set_weak_pointer (&self->application, application);
  g_signal_connect_object (settings, "changed::" ON, G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" AUTOSTART, G_CALLBACK (on_autostart_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * wt_background_get_active:
 * @self: the background
 *
 * Returns: whether the program goes on when its window is closed
 */
gboolean
wt_background_get_active (WtBackground *self)
{
  g_return_val_if_fail (WT_IS_BACKGROUND (self), FALSE);

  return self->unique && g_settings_get_boolean (self->settings, ON);
}

/**
 * wt_background_set_unread:
 * @self: the background
 * @unread: how many messages are unread that the user wants to hear of
 */
void
wt_background_set_unread (WtBackground *self, guint unread)
{
  g_return_if_fail (WT_IS_BACKGROUND (self));

  self->unread = unread;
  /* The dock's icon is that of the user's own profile. */
  if (self->unique && unread != self->told && self->tell_source == 0)
    self->tell_source = g_timeout_add (TELL_MILLISECONDS, tell, self);
}
