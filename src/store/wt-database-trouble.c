/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-database-private.h"

#include "wt-schema.h"

/* Telling that the file cannot be used at the moment, and finding out whether it can again. */

static guint trouble_signal;

static gboolean
is_for_all (const GError *error)
{
  if (error->domain != WT_DATABASE_ERROR)
    return FALSE;

  switch ((WtDatabaseError) error->code)
    {
    case WT_DATABASE_ERROR_CORRUPT:
    case WT_DATABASE_ERROR_FULL:
    case WT_DATABASE_ERROR_READ_ONLY:
    case WT_DATABASE_ERROR_BUSY:
    case WT_DATABASE_ERROR_FAILED:
      return TRUE;
    case WT_DATABASE_ERROR_NEWER:
    case WT_DATABASE_ERROR_CONSTRAINT:
    case WT_DATABASE_ERROR_NOT_FOUND:
    case WT_DATABASE_ERROR_CLOSED:
    default:
      return FALSE;
    }
}

static void
free_weak (gpointer data)
{
  GWeakRef *weak = data;

  g_weak_ref_clear (weak);
  g_free (weak);
}

static gboolean
on_tell (gpointer data)
{
  g_autoptr (WtDatabase) self = g_weak_ref_get (data);
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return G_SOURCE_REMOVE;

  g_mutex_lock (&self->mutex);
  error = g_steal_pointer (&self->trouble);
  g_mutex_unlock (&self->mutex);
  if (error != NULL)
    g_signal_emit (self, trouble_signal, 0, error);

  return G_SOURCE_REMOVE;
}

/**
 * wt_database_report:
 * @self: a database
 * @error: why a task failed
 *
 * Has #WtDatabase::trouble emitted where @error is not the task's own fault. While that has not
 * happened yet, a later one takes the place of an earlier one: a thousand that fail are told once.
 */
void
wt_database_report (WtDatabase *self, const GError *error)
{
  g_autoptr (GSource) source = NULL;
  gboolean told = FALSE;
  GWeakRef *weak = NULL;

  if (!is_for_all (error))
    return;

  g_mutex_lock (&self->mutex);
  told = self->trouble != NULL;
  g_clear_error (&self->trouble);
  self->trouble = g_error_copy (error);
  g_mutex_unlock (&self->mutex);
  if (told)
    return;

  /* Not a reference: the database thread must not drop the last one, nor a context that ends keep it. */
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[wheatear] database trouble");
  g_source_set_callback (source, on_tell, weak, free_weak);
  g_source_attach (source, self->context);
}

/**
 * wt_database_install_trouble:
 * @klass: the class
 *
 * Adds the signal.
 */
void
wt_database_install_trouble (WtDatabaseClass *klass)
{
  /**
   * WtDatabase::trouble:
   * @self: a database
   * @error: a #WtDatabaseError
   *
   * A task failed for a reason that will meet others as well. Not emitted for opening.
   */
  trouble_signal = g_signal_new ("trouble", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

/* Writes a page with what is in it already, which has to go to the disk as any other. */
static gpointer
probe (WtDatabase *db, gpointer data, GError **error)
{
  return GINT_TO_POINTER (
      wt_database_exec (db, "PRAGMA user_version = " G_STRINGIFY (WT_SCHEMA_VERSION), error));
}

/**
 * wt_database_probe_async:
 * @self: an open database
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is known
 * @data: for @callback
 *
 * Finds out whether something can be written now, by writing a page as it is.
 */
void
wt_database_probe_async (WtDatabase *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  wt_database_run_with_flags_async (self, WT_DATABASE_WRITE, probe, NULL, NULL, NULL, cancellable,
                                    wt_database_probe_async, callback, data);
}

/**
 * wt_database_probe_finish:
 * @self: a database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether a page was written and is on the disk
 */
gboolean
wt_database_probe_finish (WtDatabase *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_database_probe_async), FALSE);

  return GPOINTER_TO_INT (wt_database_run_finish (self, result, error));
}
