/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-cli-loop.h"

G_BEGIN_DECLS

gboolean wt_cli_generate_run (WtCliLoop *loop, GStrv *arguments, GError **error);

G_END_DECLS
