/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-protocol-error.h"

G_DEFINE_QUARK (wt_protocol_error_quark, wt_protocol_error)
