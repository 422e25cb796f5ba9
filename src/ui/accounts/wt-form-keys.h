/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wt_form_keys_attach (GtkWidget *form);

G_END_DECLS
