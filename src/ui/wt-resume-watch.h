/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtResumeWatch:
 *
 * Tells when the computer wakes up, as logind has it. Where there is no system bus, or a sandbox hides it, it never
 * does: the connections notice a sleep by themselves then, a little later.
 *
 * Signals: `resumed`.
 */
#define WT_TYPE_RESUME_WATCH (wt_resume_watch_get_type ())
G_DECLARE_FINAL_TYPE (WtResumeWatch, wt_resume_watch, WT, RESUME_WATCH, GObject)

WtResumeWatch *wt_resume_watch_new (void);

G_END_DECLS
