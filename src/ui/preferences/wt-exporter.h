/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-profile-upkeep.h"

G_BEGIN_DECLS

/**
 * WtExporter:
 *
 * Asks what to export and where to, shows how it goes on, and says what came of it. Lives until that is said.
 *
 * Signals: `said` (string): what came of it, in a sentence.
 */
#define WT_TYPE_EXPORTER (wt_exporter_get_type ())
G_DECLARE_FINAL_TYPE (WtExporter, wt_exporter, WT, EXPORTER, GObject)

WtExporter *wt_exporter_new (WtProfile *profile, GtkWindow *parent);
void wt_exporter_ask (WtExporter *self);
void wt_exporter_write (WtExporter *self,
                        WtConversation *conversation,
                        WtExportFormat format,
                        GFile *folder);

G_END_DECLS
