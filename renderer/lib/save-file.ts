const TYPES = { json: 'application/json', text: 'text/plain;charset=utf-8' } as const;

/** Offers `text` as a file to keep: the browser's own download, which the desktop answers with a dialog. */
export function saveFile(name: string, text: string, type: keyof typeof TYPES = 'json'): void {
  saveBlob(name, new Blob([text], { type: TYPES[type] }));
}

/** Offers what is in `blob`, in the same way. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the download reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
