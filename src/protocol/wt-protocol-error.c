/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-protocol-error.h"

G_DEFINE_QUARK (wt - protocol - error - quark, wt_protocol_error)
