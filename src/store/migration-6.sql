-- Schema version 6: what is known already is not kept again. The segments of a plain text are its text; half of a
-- SHA-256 tells two payloads under one msg_id apart; what was written here has a msg_id of its own, and needs no digest.

UPDATE OR IGNORE message SET
  digest = CASE direction WHEN 1 THEN '' ELSE substr (digest, 1, 32) END,
  segments = CASE
    WHEN segments = '{"v":1,"segment":{"type":"text","text":' || json_quote (text) || '}}' THEN NULL
    ELSE segments
  END;
