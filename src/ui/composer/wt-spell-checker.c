/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-spell-checker.h"

#include "wt-spell-dictionaries.h"

/* More than these nobody chooses from. */
#define MOST_SUGGESTIONS 5

struct _WtSpellChecker
{
  GObject parent_instance;

  /* owned */
  GStrv languages;
  GThreadPool *pool; /* of one thread, which alone touches: */
  GStrv loaded;
  WtSpellDictionaries *dictionaries;

  gboolean enabled;
};

G_DEFINE_FINAL_TYPE (WtSpellChecker, wt_spell_checker, G_TYPE_OBJECT)

typedef enum
{
  PROP_ENABLED = 1,
  PROP_LANGUAGES,
} WtSpellCheckerProperty;

static GParamSpec *properties[PROP_LANGUAGES + 1];

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef enum
{
  JOB_CHECK,
  JOB_SUGGEST,
  JOB_ADD,
  JOB_IGNORE,
} JobKind;

typedef struct
{
  JobKind kind;
  GStrv languages;
  GStrv words;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_strfreev (job->languages);
  g_strfreev (job->words);
  g_free (job);
}

static void
load (WtSpellChecker *self, const Job *job)
{
  if (self->dictionaries != NULL
      && g_strv_equal ((const char *const *) self->loaded, (const char *const *) job->languages))
    return;

  g_clear_pointer (&self->dictionaries, wt_spell_dictionaries_free);
  g_strfreev (self->loaded);
  self->loaded = g_strdupv (job->languages);
  self->dictionaries = wt_spell_dictionaries_new ((const char *const *) job->languages);
}

static GByteArray *
check (WtSpellChecker *self, const Job *job)
{
  GByteArray *right = g_byte_array_new ();

  for (guint i = 0; job->words[i] != NULL; i++)
    {
      guint8 is_right = (guint8) wt_spell_dictionaries_check (self->dictionaries, job->words[i]);

      g_byte_array_append (right, &is_right, 1);
    }
  return right;
}

/* On the pool's thread. */
static void
work (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  WtSpellChecker *self = g_task_get_source_object (task);
  const Job *job = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;

  load (self, job);
  switch (job->kind)
    {
    case JOB_CHECK:
      g_task_return_pointer (task, check (self, job), (GDestroyNotify) g_byte_array_unref);
      break;
    case JOB_SUGGEST:
      g_task_return_pointer (
          task, wt_spell_dictionaries_suggest (self->dictionaries, job->words[0], MOST_SUGGESTIONS),
          (GDestroyNotify) g_strfreev);
      break;
    case JOB_ADD:
      wt_spell_dictionaries_add (self->dictionaries, job->words[0]);
      g_task_return_boolean (task, TRUE);
      break;
    case JOB_IGNORE:
    default:
      wt_spell_dictionaries_ignore (self->dictionaries, job->words[0]);
      g_task_return_boolean (task, TRUE);
      break;
    }
}

static void
push (WtSpellChecker *self, JobKind kind, const char *const *words, GTask *task)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->languages = g_strdupv (self->languages);
  job->words = g_strdupv ((char **) words);
  g_task_set_task_data (task, job, job_free);
  g_thread_pool_push (self->pool, task, NULL);
}

static void
wt_spell_checker_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtSpellChecker *self = WT_SPELL_CHECKER (object);

  switch ((WtSpellCheckerProperty) id)
    {
    case PROP_ENABLED:
      g_value_set_boolean (value, self->enabled);
      break;
    case PROP_LANGUAGES:
      g_value_set_boxed (value, self->languages);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_languages (WtSpellChecker *self, const char *const *languages)
{
  const char *const none[] = { NULL };

  if (languages == NULL)
    languages = none;
  if (g_strv_equal ((const char *const *) self->languages, languages))
    return;

  g_strfreev (self->languages);
  self->languages = g_strdupv ((char **) languages);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LANGUAGES]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
set_enabled (WtSpellChecker *self, gboolean enabled)
{
  if (self->enabled == enabled)
    return;

  self->enabled = enabled;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
wt_spell_checker_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WtSpellChecker *self = WT_SPELL_CHECKER (object);

  switch ((WtSpellCheckerProperty) id)
    {
    case PROP_ENABLED:
      set_enabled (self, g_value_get_boolean (value));
      break;
    case PROP_LANGUAGES:
      set_languages (self, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* A task holds it, so that nothing is under way; the last one may be let go by the thread itself. */
static void
wt_spell_checker_finalize (GObject *object)
{
  WtSpellChecker *self = WT_SPELL_CHECKER (object);

  g_thread_pool_free (self->pool, FALSE, FALSE);
  g_clear_pointer (&self->dictionaries, wt_spell_dictionaries_free);
  g_clear_pointer (&self->loaded, g_strfreev);
  g_clear_pointer (&self->languages, g_strfreev);

  G_OBJECT_CLASS (wt_spell_checker_parent_class)->finalize (object);
}

static void
wt_spell_checker_class_init (WtSpellCheckerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_spell_checker_get_property;
  object_class->set_property = wt_spell_checker_set_property;
  object_class->finalize = wt_spell_checker_finalize;

  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE, flags);
  properties[PROP_LANGUAGES] = g_param_spec_boxed ("languages", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WT_TYPE_SPELL_CHECKER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wt_spell_checker_init (WtSpellChecker *self)
{
  self->enabled = TRUE;
  self->languages = g_new0 (char *, 1);
  self->pool = g_thread_pool_new (work, NULL, 1, FALSE, NULL);
}

/**
 * wt_spell_checker_is_available:
 *
 * Returns: whether the program can check the spelling at all, as it is built
 */
gboolean
wt_spell_checker_is_available (void)
{
  return wt_spell_dictionaries_are_available ();
}

/**
 * wt_spell_checker_new:
 *
 * The dictionaries are loaded when they are first needed.
 *
 * Returns: (transfer full): a checker of the desktop's languages
 */
WtSpellChecker *
wt_spell_checker_new (void)
{
  return g_object_new (WT_TYPE_SPELL_CHECKER, NULL);
}

gboolean
wt_spell_checker_get_enabled (WtSpellChecker *self)
{
  g_return_val_if_fail (WT_IS_SPELL_CHECKER (self), FALSE);

  return self->enabled;
}

/**
 * wt_spell_checker_check_async:
 * @self: a checker
 * @words: words
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable): called when they are looked up
 * @data: for @callback
 *
 * Looks words up.
 */
void
wt_spell_checker_check_async (WtSpellChecker *self,
                              const char *const *words,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_return_if_fail (WT_IS_SPELL_CHECKER (self));
  g_return_if_fail (words != NULL);

  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, wt_spell_checker_check_async);
  push (self, JOB_CHECK, words, task);
}

/**
 * wt_spell_checker_check_finish:
 * @self: a checker
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer full): for each word 1 if it is right, else 0; %NULL with %G_IO_ERROR_CANCELLED
 */
GByteArray *
wt_spell_checker_check_finish (WtSpellChecker *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_spell_checker_check_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wt_spell_checker_suggest_async:
 * @self: a checker
 * @word: a misspelt word
 * @cancellable: (nullable): a #GCancellable
 * @callback: (nullable): called with what was found
 * @data: for @callback
 *
 * Looks for words that may be meant.
 */
void
wt_spell_checker_suggest_async (WtSpellChecker *self,
                                const char *word,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_return_if_fail (WT_IS_SPELL_CHECKER (self));
  g_return_if_fail (word != NULL && *word != '\0');

  GTask *task = g_task_new (self, cancellable, callback, data);
  const char *const words[] = { word, NULL };

  g_task_set_source_tag (task, wt_spell_checker_suggest_async);
  push (self, JOB_SUGGEST, words, task);
}

/**
 * wt_spell_checker_suggest_finish:
 * @self: a checker
 * @result: a #GAsyncResult
 * @error: return location for a #GError
 *
 * Returns: (transfer full): five words at most, the likeliest first; %NULL with %G_IO_ERROR_CANCELLED
 */
GStrv
wt_spell_checker_suggest_finish (WtSpellChecker *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_spell_checker_suggest_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_learnt (GObject *source, GAsyncResult *result, gpointer data)
{
  g_signal_emit (source, signals[SIGNAL_CHANGED], 0);
}

static void
learn (WtSpellChecker *self, JobKind kind, const char *word)
{
  GTask *task = g_task_new (self, NULL, on_learnt, NULL);
  const char *const words[] = { word, NULL };

  g_task_set_source_tag (task, learn);
  push (self, kind, words, task);
}

/**
 * wt_spell_checker_add:
 * @self: a checker
 * @word: a word that is right
 *
 * Adds it to the user's own words, which other programs know, too.
 */
void
wt_spell_checker_add (WtSpellChecker *self, const char *word)
{
  g_return_if_fail (WT_IS_SPELL_CHECKER (self));
  g_return_if_fail (word != NULL && *word != '\0');

  learn (self, JOB_ADD, word);
}

/**
 * wt_spell_checker_ignore:
 * @self: a checker
 * @word: a word that is right
 *
 * Takes it for right until the program ends.
 */
void
wt_spell_checker_ignore (WtSpellChecker *self, const char *word)
{
  g_return_if_fail (WT_IS_SPELL_CHECKER (self));
  g_return_if_fail (word != NULL && *word != '\0');

  learn (self, JOB_IGNORE, word);
}
