/** Stands in for `@vivjs/viewers` in the bundle: Viv's own viewers, which are never shown here, bring a second React binding. */

const isAbsent = (): never => {
  throw new Error("Viv's viewers are not part of this bundle; see vite.config.ts");
};

export const VivViewer: () => never = isAbsent;
export const PictureInPictureViewer: () => never = isAbsent;
export const SideBySideViewer: () => never = isAbsent;
export const VolumeViewer: () => never = isAbsent;
