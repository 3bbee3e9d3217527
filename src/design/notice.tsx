import type { ComponentChildren } from 'preact';

interface NoticeProps {
  /** `warning` says that something may be wrong; `plain` only informs. */
  readonly tone?: 'plain' | 'warning';
  readonly title?: string | undefined;
  readonly children: ComponentChildren;
}

/** A remark that stands apart from the text. */
export function Notice({ tone = 'plain', title, children }: NoticeProps) {
  return (
    <div class={`notice notice-${tone}`} role="note">
      {title !== undefined && <p class="notice-title">{title}</p>}
      {children}
    </div>
  );
}
