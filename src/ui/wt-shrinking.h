/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wt_shrinking_allow (GtkWidget *root);

G_END_DECLS
