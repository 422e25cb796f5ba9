-- Schema version 6: what is known already is not kept again. A text, or a list of one text, says no more than the text
-- beside it; half of a SHA-256 tells two payloads under one msg_id apart; what was written here has a msg_id of its own,
-- and needs no digest.

UPDATE OR IGNORE message SET
  digest = CASE direction WHEN 1 THEN '' ELSE substr (digest, 1, 32) END,
  segments = CASE segments
    WHEN '{"v":1,"segment":{"type":"text","text":' || json_quote (text) || '}}' THEN NULL
    WHEN '{"v":1,"segment":{"type":"seglist","children":[{"type":"text","text":' || json_quote (text) || '}]}}' THEN '[]'
    ELSE segments
  END;
