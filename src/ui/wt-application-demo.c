/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-application-private.h"

#include <glib/gi18n-lib.h>

/* The demo, step by step: server, profile, account, connection. */

static void
on_ended (WtApplication *self, const GError *error)
{
  /* There is nothing to reconnect to: the chats stay readable, and the reason stays visible. */
  if (self->window != NULL)
    wt_window_toast_until_closed (self->window, error->message);
}

static void
on_account_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtApplication) self = data;
  g_autoptr (GError) error = NULL;
  WtSession *session = wt_profile_save_account_finish (WT_PROFILE (source), result, &error);

  if (session == NULL)
    {
      wt_application_tell_failure (self, error, NULL);
      return;
    }
  if (self->window == NULL)
    return;
  self->guide = wt_demo_guide_new (self->demo, self->profile, self->window,
                                   g_getenv ("WHEATEAR_DEMO_READY_FILE"));
  wt_session_start (session);
  wt_application_fulfil (self);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtApplication) self = data;
  g_autoptr (GError) error = NULL;

  if (!wt_profile_open_finish (WT_PROFILE (source), result, &error))
    {
      wt_application_tell_failure (self, error, wt_profile_get_folder (WT_PROFILE (source)));
      return;
    }
  if (self->window == NULL)
    return;

  g_autoptr (WtAccountRecord) record = wt_demo_make_account (self->demo);

  wt_application_show_profile (self);
  wt_profile_save_account_async (self->profile, record, wt_demo_get_key (self->demo),
                                 wt_demo_get_target_key (self->demo), NULL, on_account_saved,
                                 g_object_ref (self));
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtApplication) self = data;
  g_autoptr (GError) error = NULL;

  if (!wt_demo_start_finish (WT_DEMO (source), result, &error))
    {
      wt_application_tell_failure (self, error, NULL);
      return;
    }
  if (self->window == NULL)
    return;
  self->profile = wt_profile_new (self->folder);
  wt_profile_open_async (self->profile, NULL, on_opened, g_object_ref (self));
}

/**
 * wt_application_begin_demo:
 * @self: the application, with a demo that was not started
 */
void
wt_application_begin_demo (WtApplication *self)
{
  g_signal_connect_object (self->demo, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
  wt_demo_start_async (self->demo, NULL, on_started, g_object_ref (self));
}
