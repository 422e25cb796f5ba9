/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-cli-loop.h"
#include "wt-cli-parts.h"
#include "wt-cli-profile.h"
#include "wt-cli-tally.h"

G_BEGIN_DECLS

/**
 * WtCliDeliveryOptions:
 * @count: how many times to send
 * @rate: how many in a second; 0: as fast as they are acknowledged
 * @timeout: seconds to wait without an ACK
 */
typedef struct
{
  int count;
  double rate;
  double timeout;
} WtCliDeliveryOptions;

gboolean wt_cli_delivery_run (WtCliLoop *loop,
                              WtCliProfile *profile,
                              WtConversation *conversation,
                              const WtCliParts *parts,
                              const WtCliDeliveryOptions *options,
                              GError **error);

G_END_DECLS
