/** The path of a legislature's page. */
export function setPath(setId: string): string {
  return `/who/${encodeURIComponent(setId)}`;
}

/** The path of a division's page; the parts of its id stay parts of the path. */
export function divisionPath(setId: string, divisionId: string): string {
  return `${setPath(setId)}/${divisionId.split('/').map(encodeURIComponent).join('/')}`;
}

/** The anchor of a member on a division's page. */
export function anchorOf(officeholderId: string): string {
  return `member-${officeholderId.replace(/[^\p{L}\p{N}_-]/gu, '-')}`;
}
