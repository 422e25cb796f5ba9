-- Schema version 2: stickers of one's own, by profile. Its blobs are used as those of messages are.

CREATE TABLE sticker (
  blob TEXT PRIMARY KEY CHECK (blob <> ''),
  mime_type TEXT,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  added INTEGER NOT NULL,
  used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was sent had no attachments so far, though its blobs are used as well.
INSERT OR IGNORE INTO attachment (message_id, position, kind, blob, mime_type, name, size, width,
                                  height, state)
SELECT m.id,
       row_number() OVER (PARTITION BY m.id ORDER BY t.id) - 1,
       json_extract (m.segments, substr (t.path, 1, length (t.path) - 6) || '.type'),
       t.atom,
       json_extract (m.segments, t.path || '.mime_type'),
       json_extract (m.segments, t.path || '.name'),
       coalesce (CAST (json_extract (m.segments, t.path || '.size') AS INTEGER), -1),
       0,
       0,
       0
FROM message AS m,
     json_tree (CASE WHEN json_valid (m.segments) THEN m.segments ELSE '{}' END) AS t
WHERE m.direction = 1 AND m.deleted = 0 AND t.key = 'blob' AND t.type = 'text'
      AND t.path LIKE '%.media';
