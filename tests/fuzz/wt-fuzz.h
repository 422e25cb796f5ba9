/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Each fuzz-NAME.c defines this one: it reads any bytes and aborts when something does not hold. With
 * libFuzzer it is called with mutations, by replay.c with the corpus. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t length);

G_END_DECLS
