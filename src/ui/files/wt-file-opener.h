/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-message-context.h"

G_BEGIN_DECLS

gboolean wt_file_opener_can_open (WtMessageContext *context, const WtMedia *media);
void wt_file_opener_open (GtkWidget *widget, WtMessageContext *context, const WtMedia *media);
void wt_file_opener_copy (GtkWidget *widget, WtMessageContext *context, const WtMedia *media);
gboolean wt_file_opener_can_show (WtMessageContext *context, const WtMedia *media);
void wt_file_opener_show (GtkWidget *widget, WtMessageContext *context, const WtMedia *media);

G_END_DECLS
