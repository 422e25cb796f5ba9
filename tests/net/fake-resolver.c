/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-resolver.h"

#include <string.h>

struct _FakeResolver
{
  GResolver parent_instance;

  GMutex mutex;
  GHashTable *answers; /* name → GStrv, one for each look-up, the last one for ever */
  GHashTable *asked;   /* name → count */
};

G_DEFINE_FINAL_TYPE (FakeResolver, fake_resolver, G_TYPE_RESOLVER)

static gboolean
has_family (GInetAddress *address, GResolverNameLookupFlags flags)
{
  GSocketFamily family = g_inet_address_get_family (address);

  if (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY)
    return family == G_SOCKET_FAMILY_IPV4;
  if (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY)
    return family == G_SOCKET_FAMILY_IPV6;
  return TRUE;
}

static GList *
look_up (FakeResolver *self, const char *name, GResolverNameLookupFlags flags, GError **error)
{
  GList *found = NULL;
  g_autofree char *canonical = g_ascii_strdown (
      name, g_str_has_suffix (name, ".") ? (gssize) strlen (name) - 1 : -1);
  char **answers;
  guint asked;

  g_mutex_lock (&self->mutex);
  name = canonical;
  answers = g_hash_table_lookup (self->answers, name);
  asked = GPOINTER_TO_UINT (g_hash_table_lookup (self->asked, name));
  /* The two families are asked for one after the other. */
  if (!(flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY))
    g_hash_table_insert (self->asked, g_strdup (name), GUINT_TO_POINTER (asked + 1));
  if (answers != NULL)
    {
      g_auto (GStrv) addresses = g_strsplit (answers[MIN (asked, g_strv_length (answers) - 1)], ",",
                                             -1);

      for (guint i = 0; addresses[i] != NULL; i++)
        {
          g_autoptr (GInetAddress) address = g_inet_address_new_from_string (addresses[i]);

          if (has_family (address, flags))
            found = g_list_append (found, g_steal_pointer (&address));
        }
    }
  g_mutex_unlock (&self->mutex);
  if (found == NULL)
    g_set_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "No %s here", name);
  return found;
}

static void
free_list (gpointer data)
{
  g_list_free_full (data, g_object_unref);
}

static GList *
fake_resolver_look_up_flags (GResolver *resolver,
                             const char *name,
                             GResolverNameLookupFlags flags,
                             GCancellable *cancellable,
                             GError **error)
{
  return look_up (FAKE_RESOLVER (resolver), name, flags, error);
}

static void
fake_resolver_look_up_flags_async (GResolver *resolver,
                                   const char *name,
                                   GResolverNameLookupFlags flags,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);
  GError *error = NULL;
  GList *found = look_up (FAKE_RESOLVER (resolver), name, flags, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, free_list);
  else
    g_task_return_error (task, error);
}

static void
fake_resolver_look_up_async (GResolver *resolver,
                             const char *name,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  fake_resolver_look_up_flags_async (resolver, name, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT,
                                     cancellable, callback, data);
}

static GList *
fake_resolver_look_up (GResolver *resolver,
                       const char *name,
                       GCancellable *cancellable,
                       GError **error)
{
  return look_up (FAKE_RESOLVER (resolver), name, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, error);
}

static GList *
fake_resolver_look_up_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_resolver_finalize (GObject *object)
{
  FakeResolver *self = FAKE_RESOLVER (object);

  g_clear_pointer (&self->answers, g_hash_table_unref);
  g_clear_pointer (&self->asked, g_hash_table_unref);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (fake_resolver_parent_class)->finalize (object);
}

static void
fake_resolver_class_init (FakeResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fake_resolver_finalize;
  resolver_class->lookup_by_name = fake_resolver_look_up;
  resolver_class->lookup_by_name_async = fake_resolver_look_up_async;
  resolver_class->lookup_by_name_finish = fake_resolver_look_up_finish;
  resolver_class->lookup_by_name_with_flags = fake_resolver_look_up_flags;
  resolver_class->lookup_by_name_with_flags_async = fake_resolver_look_up_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = fake_resolver_look_up_finish;
}

static void
fake_resolver_init (FakeResolver *self)
{
  g_mutex_init (&self->mutex);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_strfreev);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

FakeResolver *
fake_resolver_new (void)
{
  return g_object_new (FAKE_TYPE_RESOLVER, NULL);
}

/* Commas between addresses, blanks between the answers to one look-up and the next. */
void
fake_resolver_add (FakeResolver *self, const char *name, const char *answers)
{
  g_hash_table_insert (self->answers, g_strdup (name), g_strsplit (answers, " ", -1));
}

guint
fake_resolver_get_asked (FakeResolver *self, const char *name)
{
  guint asked;

  g_mutex_lock (&self->mutex);
  asked = GPOINTER_TO_UINT (g_hash_table_lookup (self->asked, name));
  g_mutex_unlock (&self->mutex);
  return asked;
}
