/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void wt_thread_give_way (void);
void wt_thread_begin (void);

G_END_DECLS
