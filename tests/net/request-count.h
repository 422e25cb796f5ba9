/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

void request_count_watch (guint *count, SoupServer *server);
void request_count_wait (guint *count);
