/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-heap.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

/**
 * wt_heap_trim:
 *
 * Gives the pages back that hold nothing any more, those of other threads too: for after something that uses much memory
 * once. Takes a millisecond or two. Does nothing where the C library is not glibc.
 */
void
wt_heap_trim (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}
