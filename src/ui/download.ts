/** Hands a text to the user as a file. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
  readonly type: "text/csv" | "application/json";
}

export function download({ name, text, type }: TextFile): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
