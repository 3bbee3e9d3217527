interface ProseProps {
  /** Sanitised HTML. */
  readonly html: string;
  readonly lang?: string | undefined;
}

/** A published text: Markdown that its room has turned into HTML and sanitised. */
export function Prose({ html, lang }: ProseProps) {
  // rehype-sanitize has been over it; no other place takes HTML.
  return <div class="prose" lang={lang} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />;
}
