/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-server-options.h"

G_BEGIN_DECLS

int wt_server_program_run (const WtServerOptions *options);

G_END_DECLS
