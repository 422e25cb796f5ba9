/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-application.h"
#include "wt-background.h"
#include "wt-demo-guide.h"
#include "wt-resume-watch.h"
#include "wt-window.h"

G_BEGIN_DECLS

/* What to show as soon as it is possible. */
typedef enum
{
  WT_WISH_NONE,
  WT_WISH_NEW_CHAT,
  WT_WISH_PREFERENCES,
  WT_WISH_LINK,
} WtWish;

struct _WtApplication
{
  AdwApplication parent_instance;

  /* Owned. */
  char *folder; /* --profile, or the demo's; NULL: the user's own */
  GSettings *settings;
  WtProfile *profile;
  WtNotifier *notifier;
  WtBackground *background;
  WtDemo *demo;
  WtDemoGuide *guide;
  WtResumeWatch *resume_watch;
  WtLink *link; /* with WT_WISH_LINK */

  /* Borrowed, weak. */
  WtWindow *window;

  int lock; /* of the profile's folder, or -1 */
  gboolean is_demo;
  gboolean is_open;   /* the profile is */
  gboolean is_active; /* it was activated */
  gboolean hidden;    /* started without a window, which holds the application */
  gint64 to_open;     /* the conversation to show as soon as the profile is open, or 0 */
  guint patience;     /* the source that ends the waiting for the profile, or 0 */
  WtWish wish;        /* what is to be shown, or WT_WISH_NONE */
  int failure;        /* the exit status, 0 if all is well */
};

void wt_application_add_actions (WtApplication *self);
void wt_application_set_may_retry (WtApplication *self, gboolean may_retry);
void wt_application_begin (WtApplication *self);
void wt_application_open_conversation (WtApplication *self, gint64 id);
void wt_application_ask_for (WtApplication *self, WtWish wish);
void wt_application_open_link (WtApplication *self, const char *text);
void wt_application_fulfil (WtApplication *self);
gboolean wt_application_has_wishes (GVariantDict *options);
gboolean wt_application_take_wishes (WtApplication *self, GVariantDict *options, GError **error);
void wt_application_begin_demo (WtApplication *self);
void wt_application_tell_failure (WtApplication *self, const GError *error, const char *folder);
void wt_application_show_profile (WtApplication *self);

G_END_DECLS
