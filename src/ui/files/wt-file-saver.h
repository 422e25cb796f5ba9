/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-message-context.h"

G_BEGIN_DECLS

gboolean wt_file_saver_can_save (WtMessageContext *context, const WtMedia *media);
void wt_file_saver_save (GtkWidget *widget, WtMessageContext *context, const WtMedia *media);
void wt_file_saver_save_to (GtkWidget *widget,
                            WtMessageContext *context,
                            const WtMedia *media,
                            GFile *target);

G_END_DECLS
