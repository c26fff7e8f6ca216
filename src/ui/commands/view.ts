/** Commands that change what is looked at. */
import { changeTime, countAlong, play, playableAxis, stopPlaying } from "../../state/playback.ts";
import { showAll, switchHidden } from "../../state/roi-shown.ts";
import { toggleSidePanes } from "../../state/view.ts";
import { type Commands, type Desk, needsSelection } from "./command.ts";

export const viewCommands = {
  "fit-image": {
    title: "Zoom to the whole image",
    keys: ["0", "Home"],
    run: ({ stage }) => stage.eye.fitImage(),
  },
  "side-panes": {
    title: "Show the stack from its sides, or hide that",
    keys: ["X"],
    blocked: ({ image }) =>
      image.levels[0].grid.shape[0] > 1 ? undefined : "The image has one plane",
    run: ({ session }) => toggleSidePanes(session),
  },
  "plane-up": {
    title: "Next plane, also while drawing",
    keys: ["PageUp"],
    run: ({ stage }) => stage.eye.changePlane(1),
  },
  "plane-down": {
    title: "Plane before",
    keys: ["PageDown"],
    run: ({ stage }) => stage.eye.changePlane(-1),
  },
  "time-up": {
    title: "Next time point",
    keys: ["."],
    run: ({ session, image }) => changeTime(session.view, image, 1),
    blocked: needsTime,
  },
  "time-down": {
    title: "Time point before",
    keys: [","],
    run: ({ session, image }) => changeTime(session.view, image, -1),
    blocked: needsTime,
  },
  play: {
    title: "Play through time or the planes, or stop",
    keys: ["K"],
    run: ({ session: { view }, image }) => {
      const axis = playableAxis(image, view.getState());
      if (view.getState().playing) stopPlaying(view);
      else if (axis) play(view, image, axis);
    },
    blocked: ({ session, image }) =>
      playableAxis(image, session.view.getState())
        ? undefined
        : "There is only one picture to show",
  },
  "box-view": {
    title: "ROIs as boxes in 3D, and back to the flat image",
    keys: ["O"],
    run: ({ session }) => session.view.setState(({ boxView }) => ({ boxView: !boxView })),
  },
  "hide-overlays": {
    title: "Hide what lies over the image, while held",
    keys: ["H"],
    run: ({ session }) => session.view.setState({ overlays: false }),
    release: ({ session }) => session.view.setState({ overlays: true }),
    byKeyOnly: true,
  },
  "keep-zoom": {
    title: "Keep the zoom while going from ROI to ROI",
    run: ({ session }) => session.view.setState(({ keepZoom }) => ({ keepZoom: !keepZoom })),
  },
  "hide-rois": {
    title: "Hide the selected ROIs, or show them again",
    short: "Hide or show",
    keys: ["Shift+H"],
    when: "selection",
    run: ({ session }) => switchHidden(session, session.rois.getState().document.selection),
    blocked: needsSelection,
  },
  "show-rois": {
    title: "Show all hidden ROIs",
    keys: ["Ctrl+Shift+H"],
    run: ({ session }) => showAll(session),
    blocked: ({ session }) =>
      session.rois.getState().hidden.size === 0 ? "No ROI is hidden" : undefined,
  },
} satisfies Commands;

function needsTime({ image }: Desk): string | undefined {
  return countAlong(image, "t") > 1 ? undefined : "The image has one time point";
}
