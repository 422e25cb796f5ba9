/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole frames, as they come from a peer. */

#include "wt-fuzz.h"

#include "wt-protocol-fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t length)
{
  wt_protocol_fuzz_envelope (data, length);
  return 0;
}
