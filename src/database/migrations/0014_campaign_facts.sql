-- Alerts say what they are about in the Congress's own terms (format 2). No alert of before said any of it.
update alert set content = content || '{"format": 2, "topics": []}' || jsonb_build_object('measure',
  case jsonb_typeof(content -> 'measure')
    when 'object' then content -> 'measure' || '{"congress": null, "stance": null}' else 'null' end)
where content -> 'format' = '1';
update alert_version set content = content || '{"format": 2, "topics": []}' || jsonb_build_object('measure',
  case jsonb_typeof(content -> 'measure')
    when 'object' then content -> 'measure' || '{"congress": null, "stance": null}' else 'null' end)
where content -> 'format' = '1';
