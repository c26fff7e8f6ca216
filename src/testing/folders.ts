/** Folders on a disk that is only their paths: handles that know which is which, and which lies in which. */

/** Two handles of one path are the same entry, as two picks of one folder are. */
export function folderAt(path: string): FileSystemDirectoryHandle {
  const folder = {
    kind: "directory",
    name: path.split("/").at(-1) ?? "",
    path,
    isSameEntry: async (other: unknown) => pathOf(other) === path,
    resolve: async (other: unknown) => {
      const inner = pathOf(other);
      if (inner === path) return [];
      return inner.startsWith(`${path}/`) ? inner.slice(path.length + 1).split("/") : null;
    },
  };
  return folder as unknown as FileSystemDirectoryHandle;
}

function pathOf(handle: unknown): string {
  return (handle as { readonly path: string }).path;
}
