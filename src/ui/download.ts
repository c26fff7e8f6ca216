/** Hands a file to the user. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
  readonly type: "text/csv" | "application/json";
}

export function download({ name, text, type }: TextFile): void {
  downloadBlob(name, new Blob([text], { type }));
}

export function downloadBlob(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
